import ArgumentParser
import Commands
import Files
import IPFS
import IPFSClients
import Marketplace
import Records
import SystemPackage

/// `sr-ipfs get`: files and directories written to disk, or packed into a tar.
struct Get: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write files and directories to disk.",
    discussion: """
      Nothing is overwritten. The record leaves with the member "path": where the content lies now.

      $ sr-ipfs get -o pictures bafybei…/pictures
      $ sr-ipfs get --archive -o - bafybei… | tar -t
      """)
  static let operandMember: String? = "cid"

  @Option(
    name: [.short, .long], help: "Write to <path>, or into it where it is a directory.",
    completion: .file())
  var output: String?

  @Flag(name: [.short, .long], help: "Write a tar; with -o -, to stdout.")
  var archive = false

  @Flag(help: "Write symbolic links that lead out of the output, too.")
  var outsideLinks = false

  @Option(help: "Write at most <n> files, directories and links of an operand.")
  var maxEntries = 1_000_000

  @OptionGroup var source: SourceOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    if let output, output.isEmpty || output.utf8.contains(0) {
      throw ValidationError("--output takes a path")
    }
    guard maxEntries > 0 else { throw ValidationError("--max-entries takes a number above 0") }
    if isRaw, operands.count > 1 {
      throw ValidationError(StandardOutputArchive.refusal)
    }
    if output == "-", !archive {
      throw ValidationError("--output - takes --archive; a file named - is ./-")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world, writesBytes: isRaw)
    defer { progress.finish() }
    let world = progress.world
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = !isRaw
    let standardOutput = StandardOutputArchive()
    return try await pipeline.run { input, emitter throws(Failure) in
      let path = try await progress.following(input) {
        (count) async throws(Failure) -> FilePath? in
        try await Content.read(input.operand("cid"), from: sources, .all) {
          (content) throws(Failure) in
          try write(content, to: emitter, standardOutput, count, until: world.interruption)
        }
      }
      if let path { try emitter.emit(input.setting("path", to: .string(path.string))) }
    }
  }

  private var isRaw: Bool { archive && output == "-" }

  /// Gives the path where the content lies now; nil where it went to standard output.
  private func write(
    _ content: Content, to emitter: Emitter, _ standardOutput: StandardOutputArchive,
    _ count: ProgressCount, until interruption: Interruption
  ) throws(Failure) -> FilePath? {
    let limits = MaterialiseLimits(
      entries: maxEntries, allowsOutsideLinks: outsideLinks,
      isCancelled: { interruption.isRequested })
    if isRaw {
      try standardOutput.begin()
      var tar = tar(of: content, limits)
      while let piece = try step(content, { () throws(ReadError) in try tar.next() }) {
        try emitter.write(piece)
        count.count(bytes: piece.count)
      }
      return nil
    }
    let path = try destination(of: content)
    if archive {
      try pack(tar(of: content, limits), of: content, to: path, count)
    } else {
      try unpack(content, to: path, limits, count)
    }
    return path
  }

  private func unpack(
    _ content: Content, to path: FilePath, _ limits: MaterialiseLimits, _ count: ProgressCount
  ) throws(Failure) {
    var unpacker = try content.reading { (source) throws(ReadError) in
      try ContentUnpacker(content.cid, in: source, to: path, limits: limits)
    }
    do throws(Failure) {
      var told: UInt64 = 0
      while try step(content, { () throws(ReadError) in try unpacker.step() }) {
        count.count(bytes: Int(clamping: unpacker.bytes - told))
        told = unpacker.bytes
      }
    } catch {
      unpacker.abandon()
      throw error
    }
  }

  private func step<T>(
    _ content: Content, _ body: () throws(ReadError) -> T
  ) throws(Failure) -> T {
    try content.reading(liftedBy: "--max-entries") { (_) throws(ReadError) in try body() }
  }

  private func tar(of content: Content, _ limits: MaterialiseLimits) -> ContentTar {
    let name = content.path.names.last ?? Array("\(content.cid)".utf8)
    return ContentTar(content.cid, as: .named(name), in: content.source, limits: limits)
  }

  private func pack(
    _ tar: ContentTar, of content: Content, to path: FilePath, _ count: ProgressCount
  ) throws(Failure) {
    var writer = try content.reading { (_) throws(ReadError) in
      try ContentTar.Writer(tar, to: path)
    }
    do throws(Failure) {
      var told = 0
      while try step(content, { () throws(ReadError) in try writer.step() }) {
        count.count(bytes: writer.bytes - told)
        told = writer.bytes
      }
    } catch {
      writer.abandon()
      throw error
    }
  }
}
