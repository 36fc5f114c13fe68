import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

/// `sr-ipfs cat`: the bytes of files, one after another.
struct Cat: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write the content of files to stdout.",
    discussion: """
      $ sr-ipfs cat bafybei…/hello.txt
      $ sr-ipfs cat --offset 1GiB --length 4KiB bafybei…/disk.img
      """)
  static let operandMember: String? = "cid"

  @Option(help: "Begin <size> bytes into each file.", transform: Self.size)
  var offset: Int?

  @Option(help: "Write <size> bytes of each file at most.", transform: Self.size)
  var length: Int?

  @OptionGroup var source: SourceOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  private static func size(_ text: String) throws -> Int {
    do { return try ByteSize.parse(text) } catch { throw ValidationError("\(error)") }
  }

  /// The bytes that are written of each file; nil for all.
  private var range: Range<UInt64>? {
    guard offset != nil || length != nil else { return nil }
    let start = UInt64(offset ?? 0)
    let (end, isBeyond) = start.addingReportingOverflow(UInt64(length ?? .max))
    return start..<(isBeyond || length == nil ? .max : end)
  }

  /// What is fetched before it is asked for.
  private var appetite: Appetite { range?.isEmpty == true ? .block : .file(range) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world, writesBytes: true)
    defer { progress.finish() }
    let world = progress.world
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = false
    return try await pipeline.run { input, emitter throws(Failure) in
      try await progress.following(input) { (count) async throws(Failure) in
        try await Content.read(input.operand("cid"), from: sources, appetite) {
          (content) throws(Failure) in
          try write(content, to: emitter, count, isFromAfar: !sources.providers.isEmpty)
        }
      }
    }
  }

  private func write(
    _ content: Content, to emitter: Emitter, _ count: ProgressCount, isFromAfar: Bool
  ) throws(Failure) {
    var file = try content.reading { (source) throws(ReadError) in
      try FileCursor(content.cid, in: source)
    }
    if let range { file.narrow(to: range) }
    count.expect { Int(clamping: file.rest.upperBound - file.rest.lowerBound) }
    while let piece = try content.reading({ (_) throws(ReadError) in try file.next() }) {
      try emitter.write(piece)
      count.count(bytes: piece.count)
      // The next one may take its time.
      if isFromAfar { try emitter.flush() }
    }
  }
}
