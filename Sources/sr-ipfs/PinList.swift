import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// `sr-ipfs pin list`: what is kept, and why.
struct PinList: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "Tell what is kept, and why.",
    discussion: """
      Without operands all pins, in the order in which they were added. With operands, how each of them is kept; \
      the single operand - reads them from stdin.

      $ sr-ipfs pin list | jq -r .cid
      """)
  static let verb = "pin list"
  static let operandMember: String? = "cid"

  /// What may be asked for.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case recursive, direct, indirect, all
  }

  @Option(help: "Only pins of <type> recursive, direct or indirect; all three with all.")
  var type: Kind?

  @Option(help: "Only pins that have <name> in their names.")
  var name: String?

  @OptionGroup var filter: RemoteFilterOptions
  @OptionGroup var holders: PinHolderOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a path below one: <cid>/a/b.")
  var operands: [String] = []

  func validate() throws { try filter.check(with: holders.remotes, type) }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    switch try holders.holder(in: world) {
    case .repository(let repository):
      guard !operands.isEmpty else { return try list(repository, in: world) }
      return try await each(in: world) { input, emitter throws(Failure) in
        try look(up: input, in: repository, until: world.interruption, emitter)
      }
    case .node(let pins):
      guard !operands.isEmpty else { return try await pins.list(type, name: name) }
      return try await each(in: world) { input, emitter throws(Failure) in
        try await pins.look(up: input, type: type, emitter)
      }
    case .services(var services):
      services.filter = try filter.filter(name: name)
      guard !operands.isEmpty else { return try await services.listAll() }
      let asked = services
      return try await each(in: world) { input, emitter throws(Failure) in
        try await asked.look(up: input, emitter)
      }
    }
  }

  /// Looks up each operand; the single operand - reads them from stdin.
  private func each(
    in world: World, _ look: @escaping Pipeline.Process
  ) async throws(Failure) -> Failure.Status {
    try await pipeline(in: world, operands: operands == ["-"] ? [] : operands).run(look)
  }

  private func list(_ repository: Repository, in world: World) throws(Failure) -> Failure.Status {
    let (pins, damage): ([Pin], PinError?)
    do { (pins, damage) = try repository.pins.all() } catch { throw Failure(error) }
    var lines = Lines(in: world)
    for pin in pins where matches(pin) {
      try lines.write(Record(["cid": .string("\(pin.cid)"), "pin": PinVerbs.member(pin)]))
    }
    try lines.flush()
    var status = Failure.Status.done
    if let damage {
      let failure = Failure(damage)
      world.report(failure)
      status = failure.status
    }
    guard type == .indirect || type == .all, name == nil else { return status }
    let failed = try listIndirect(repository, in: world)
    return status == .done ? failed : status
  }

  private func matches(_ pin: Pin) -> Bool {
    if let name, pin.name?.contains(name) != true { return false }
    return type.map { $0 == .all || $0.rawValue == pin.mode.rawValue } ?? true
  }

  /// Tells every block below the recursive pins, as it is met; a DAG that cannot be followed hides no other.
  private func listIndirect(
    _ repository: Repository, in world: World
  ) throws(Failure) -> Failure.Status {
    var status = Failure.Status.done
    var lines = Lines(in: world)
    var walk: IndirectPins
    do { walk = try repository.pins.indirect() } catch { throw Failure(error) }
    while !world.interruption.isRequested {
      let found: (cid: CID, root: CID)?
      do { found = try walk.next() } catch {
        let failure = Failure(error)
        world.report(failure)
        if status == .done { status = failure.status }
        continue
      }
      guard let found else {
        try lines.flush()
        return status
      }
      try lines.write(
        Record(["cid": .string("\(found.cid)"), "pin": Self.indirect(found.root)]))
    }
    try lines.flush()
    throw .interrupted
  }

  /// Says how one block is kept: by a pin of its own, through another, or not at all, which is status 1.
  private func look(
    up input: Record, in repository: Repository, until interruption: Interruption,
    _ emitter: Emitter
  ) throws(Failure) {
    let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
    let pin: Pin?
    var root: CID?
    do {
      pin = try repository.pins.find(cid)
      if name == nil, type == .indirect || pin == nil && (type ?? .all) == .all {
        root = try repository.pins.root(above: cid, isCancelled: { interruption.isRequested })
      }
    } catch { throw Failure(error) }
    if let pin, matches(pin) {
      try emitter.emit(input.setting("pin", to: PinVerbs.member(pin)))
    } else if let root {
      try emitter.emit(input.setting("pin", to: Self.indirect(root)))
    } else {
      try emitter.emit(input.setting("pin", to: .null), status: .answerNo)
    }
  }

  private static func indirect(_ root: CID) -> JSON {
    .object(["type": "indirect", "through": .string("\(root)")])
  }
}
