import ArgumentParser
import Commands
import Files
import IPFS
import IPFSClients
import Marketplace
import Records
import SystemPackage

/// `sr-ipfs export`: a DAG, or a part of one, as a CAR.
struct Export: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write content as a CAR: all its blocks in one file.",
    discussion: """
      The archive goes to stdout, or to --output, and then a record with the member "path" follows.

      $ sr-ipfs export bafybei… >site.car
      $ sr-ipfs export --dag-scope entity --entity-bytes 0:1023 -o head.car bafybei…/film.mp4
      """)
  static let operandMember: String? = "cid"

  @Option(
    name: [.short, .long],
    help: "Write to <path>, or, where it is a directory, into it as <cid>.car.",
    completion: .file())
  var output: String?

  @OptionGroup var wanted: PartOptions
  @OptionGroup var source: SourceOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    if let output, output.isEmpty || output.utf8.contains(0) {
      throw ValidationError("--output takes a path")
    }
    if output == "-" {
      throw ValidationError("without --output the archive goes to stdout; a file named - is ./-")
    }
    if output == nil, operands.count > 1 {
      throw ValidationError(StandardOutputArchive.refusal)
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world, writesBytes: output == nil)
    defer { progress.finish() }
    let world = progress.world
    let sources = try source.sources(of: Content.repository(in: world), in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = output != nil
    let standardOutput = StandardOutputArchive()
    return try await pipeline.run { input, emitter throws(Failure) in
      let operand = try input.operand("cid")
      let part = try wanted.part(operand)
      let written = try await progress.following(input) {
        (count) async throws(Failure) -> Written? in
        try await Content.read(operand, from: sources, wanted.appetite) {
          (content) throws(Failure) -> Written? in
          // Without a scope a path is followed first, and the archive is that of what it leads to.
          let part = part ?? DAGPart(ContentPath(content.cid))
          let archive = Archive(CARExport(part, from: content.source), of: part, content, count)
          if let output { return try write(archive, to: FilePath(output), in: world) }
          try standardOutput.begin()
          try write(archive, to: emitter, in: world)
          return nil
        }
      }
      guard let written else { return }
      try emitter.emit(
        input.setting("path", to: .string(written.path.string))
          .setting("blocks", to: .integer(written.blocks))
          .setting("size", to: .integer(written.size)))
    }
  }

  /// An archive in a file.
  private struct Written {
    var path: FilePath
    var blocks: Int
    var size: Int
  }

  /// An archive that is being written.
  private struct Archive {
    private(set) var pieces: CARExport
    let part: DAGPart
    private let content: Content
    private let count: ProgressCount

    init(_ pieces: CARExport, of part: DAGPart, _ content: Content, _ count: ProgressCount) {
      self.pieces = pieces
      self.part = part
      self.content = content
      self.count = count
    }

    mutating func next(in world: World) throws(Failure) -> [UInt8]? {
      if world.interruption.isRequested { throw .interrupted }
      let before = pieces.blockCount
      let piece = try content.reading { (_) throws(ReadError) in try pieces.piece() }
      count.count(bytes: piece?.count ?? 0, items: pieces.blockCount - before)
      return piece
    }
  }

  private func write(
    _ archive: Archive, to emitter: Emitter, in world: World
  ) throws(Failure) {
    var archive = archive
    while let piece = try archive.next(in: world) { try emitter.write(piece) }
  }

  private func write(
    _ archive: Archive, to path: FilePath, in world: World
  ) throws(Failure) -> Written {
    var archive = archive
    var target = path
    if let found = try? path.stat(), found.type == .directory {
      target = path.appending("\(archive.part.path.root).car")
    }
    let size = try NewFile.write(target) { () throws(Failure) in try archive.next(in: world) }
    return Written(path: target, blocks: archive.pieces.blockCount, size: size)
  }
}
