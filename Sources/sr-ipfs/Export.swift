public import ArgumentParser
import Commands
import Files
public import IPFS
import Marketplace
import Records
import Synchronization
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

  @Option(
    help: """
      Write a part, behind the blocks on the way to it: all below, entity (a file, or what lists a directory) or block.
      """)
  var dagScope: DAGPart.Scope?

  @Option(help: "Of a file take the bytes <from:to> only, the last one included; * is the end.")
  var entityBytes: String?

  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws {
    if let output, output.isEmpty || output.utf8.contains(0) {
      throw ValidationError("--output takes a path")
    }
    if let entityBytes {
      guard DAGPart.Bytes(parsing: entityBytes) != nil else {
        throw ValidationError("--entity-bytes takes from:to, as 0:1023 or -1024:*")
      }
      guard dagScope == .entity else {
        throw ValidationError("--entity-bytes goes with --dag-scope entity")
      }
    }
    if output == nil, operands.count > 1 {
      throw ValidationError("standard output takes one archive: use --output with a directory")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let repository = try Content.repository(in: world)
    var pipeline = pipeline(in: world)
    pipeline.passesFailuresOn = output != nil
    let isBegun = Mutex(false)
    return try await pipeline.run { input, emitter throws(Failure) in
      let part = try part(try input.operand("cid"), in: repository)
      var archive = CARExport(part, from: repository)
      if let output {
        let file = try write(&archive, of: part, to: FilePath(output), in: world)
        return try emitter.emit(
          input.setting("path", to: .string(file.path.string))
            .setting("blocks", to: .integer(archive.blockCount))
            .setting("size", to: .integer(file.size)))
      }
      let isSecond = isBegun.withLock { isBegun in
        defer { isBegun = true }
        return isBegun
      }
      guard !isSecond else {
        throw Failure(
          .usage, "standard output takes one archive", hint: "use --output with a directory")
      }
      while let piece = try next(&archive, in: world) { try emitter.write(piece) }
    }
  }

  /// Without a scope a path is followed first, and the archive is that of what it leads to.
  private func part(_ operand: String, in repository: Repository) throws(Failure) -> DAGPart {
    guard let dagScope else {
      return DAGPart(ContentPath(try Content(operand, in: repository).cid))
    }
    do throws(CIDError) {
      return DAGPart(
        try ContentPath(parsing: operand), scope: dagScope,
        bytes: entityBytes.flatMap(DAGPart.Bytes.init(parsing:)))
    } catch {
      throw Failure(.data, "\(JSON.string(operand).text) is no CID: \(error)")
    }
  }

  private func next(_ archive: inout CARExport, in world: World) throws(Failure) -> [UInt8]? {
    if world.interruption.isRequested { throw .interrupted }
    do { return try archive.piece() } catch { throw Failure(error) }
  }

  private func write(
    _ archive: inout CARExport, of part: DAGPart, to path: FilePath, in world: World
  ) throws(Failure) -> (path: FilePath, size: Int) {
    var target = path
    if let found = try? path.stat(), found.type == .directory {
      target = path.appending("\(part.path.root).car")
    }
    let file: NewFile
    do { file = try NewFile(target) } catch { throw Failure(.cannotCreate, "\(error)") }
    while let piece = try next(&archive, in: world) {
      do { try file.write(piece) } catch { throw Failure(.io, "\(error)") }
    }
    do {
      try file.finish()
    } catch {
      throw Failure(error.action == "create" ? .cannotCreate : .io, "\(error)")
    }
    return (target, file.size)
  }
}

extension DAGPart.Scope: ExpressibleByArgument {}
