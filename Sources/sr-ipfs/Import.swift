import ArgumentParser
import Commands
import Files
import IPFS
import Marketplace
import Records
import SystemPackage

/// `sr-ipfs import`: the blocks of CARs, each proved, into the repository.
struct Import: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Put the blocks of CARs into the repository.",
    discussion: """
      One record a root leaves, with the members "path", "cid", "blocks", "size" (what the root leads to, each block once), \
      "complete" and "pin". Nothing is pinned of an archive that is not whole and right.

      $ sr-ipfs import site.car
      $ curl … | sr-ipfs import -
      """)
  static let verb = "import"
  static let operandMember: String? = "path"
  static let switches = ["--pin"]

  @Option(
    defaultAsFlag: true, parsing: .next,
    help: "Keep the roots with all that they lead to, the default, or not, with =false.")
  var pin: Bool?

  @Flag(help: "Take archives that lack blocks of their roots' DAGs; such roots are not pinned.")
  var partial = false

  @Flag(help: "Tell how many blocks and bytes the archive had, in the member \"stats\".")
  var stats = false

  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CAR file, of version 1 or 2; - is standard input.", completion: .file())
  var operands: [String] = []

  func validate() throws {
    if operands.count(where: { $0 == "-" }) > 1 { throw ValidationError("- can be given once") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    let repository = try Content.repository(in: world)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let path = try input.path()
      let importing = Importing(path, in: repository, until: world.interruption)
      let archive = try progress.following(input) { (count) throws(Failure) in
        path == "-" && operands.contains("-")
          ? try importing.read(world.input, count) : try importing.read(FilePath(path), count)
      }
      if archive.roots.isEmpty { world.note("\(path) names no root: nothing of it is pinned") }
      // All roots are looked at before the first is told of.
      var records: [Record] = []
      for root in archive.roots { records.append(try record(of: root, importing, input)) }
      if pin ?? true { try importing.pin(archive.roots, recordsOf: records) }
      if records.isEmpty { records = [input.setting("blocks", to: .integer(archive.blockCount))] }
      for record in records {
        try emitter.emit(stats ? record.setting("stats", to: archive.stats) : record)
      }
    }
  }

  private func record(
    of root: CID, _ importing: Importing, _ input: Record
  ) throws(Failure) -> Record {
    let content = try importing.survey(root)
    if let reason = content.missing, !partial {
      throw Failure(
        .data, "\(importing.name) does not hold all of \(root): \(reason)", code: "incomplete",
        hint: "take what there is: sr-ipfs import --partial")
    }
    let record = input.setting("cid", to: .string("\(root)"))
      .setting("blocks", to: .integer(content.blocks))
      .setting("size", to: .integer(content.bytes))
      .setting("complete", to: content.missing == nil ? true : false)
    guard pin ?? true, content.missing == nil else { return record }
    return record.setting("pin", to: PinVerbs.member(Pin(root)))
  }
}
