import Commands
import IPFS
import IPFSClients
import Marketplace
import Networking
import Records

/// What `pin add`, `pin rm` and `pin list` do where `--api` names a Kubo node: the pins are the node's.
struct KuboPins: Sendable {
  let node: KuboRPC
  let repository: Repository
  let timeout: Duration?

  /// The pins of the node that options name.
  init(
    _ kubo: KuboOptions, _ network: NetworkOptions, _ repository: Repository, in world: World
  ) throws(Failure) {
    node = try kubo.required(in: world, network)
    self.repository = repository
    timeout = try network.recordTimeout()
  }

  /// What a record says of a pin of a node.
  private func member(_ type: String, name: String?) -> JSON {
    var members: JSONObject = ["type": .string(type)]
    if let name { members["name"] = .string(name) }
    members["peer"] = .string(node.name)
    return .object(members)
  }

  /// Pins, and looks that it is pinned; the node fetches what it lacks.
  func add(_ input: Record, isRecursive: Bool, name: String?) async throws(Failure) -> Record {
    let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
    let wanted = isRecursive ? "recursive" : "direct"
    let type = try await node.world.interruptible(within: timeout) { () throws(Failure) in
      try await node.pin(cid, isRecursive: isRecursive, name: name)
      return try await node.pinType(of: cid)
    }
    guard type == wanted else {
      throw Failure(
        .protocolViolation,
        "\(node.name) says that it pinned \(cid), and lists it as \(type ?? "not pinned")",
        code: "node-lies")
    }
    return input.setting("pin", to: member(wanted, name: name.flatMap { $0.isEmpty ? nil : $0 }))
  }

  /// Takes a pin away.
  func remove(_ input: Record) async throws(Failure) -> Record {
    let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
    try await node.world.interruptible(within: timeout) { () throws(Failure) in
      try await node.unpin(cid)
    }
    return input.removing("pin")
  }

  /// Says how one block is kept by the node; not at all is status 1.
  func look(up input: Record, type: PinList.Kind?, _ emitter: Emitter) async throws(Failure) {
    let cid = try PinVerbs.cid(try input.operand("cid"), in: repository)
    let found = try await node.world.interruptible(within: timeout) { () throws(Failure) in
      try await node.pinType(of: cid)
    }
    if let found, (type ?? .all) == .all || found == type?.rawValue {
      try emitter.emit(input.setting("pin", to: member(found, name: nil)))
    } else {
      try emitter.emit(input.setting("pin", to: .null), status: .answerNo)
    }
  }

  /// Tells the node's pins as it tells them, in no order.
  func list(_ type: PinList.Kind?, name: String?) async throws(Failure) -> Failure.Status {
    // Without a type, what a user pinned; not what lies below.
    let types = type.map { [$0.rawValue] } ?? ["recursive", "direct"]
    try await node.world.interruptible(within: timeout) { () throws(Failure) in
      var lines = Lines(in: node.world)
      for type in types {
        try await node.pins(ofType: type) { (pin) throws(Failure) in
          if let name, pin.name?.contains(name) != true { return }
          try lines.write(
            Record(["cid": .string("\(pin.cid)"), "pin": member(pin.type, name: pin.name)]))
        }
      }
      try lines.flush()
    }
    return .done
  }
}
