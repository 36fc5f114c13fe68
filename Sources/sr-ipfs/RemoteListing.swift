import Commands
import IPFS
import IPFSClients
import Networking
import Records

/// Tells of requests at services, newest first, service by service.
struct RemoteListing: Sendable {
  let clients: RemoteClients
  let remotes: [String]
  let world: World
  var filter = PinFilter()

  /// The services that options name; throws before anything is done where one of them is none.
  init(_ remotes: RemoteOptions, _ network: NetworkOptions, in world: World) throws(Failure) {
    clients = try RemoteClients(network, in: world)
    self.remotes = remotes.remote
    self.world = world
    try clients.check(self.remotes)
  }

  /// Writes a record for each request, as it is told; one service that fails hides no other.
  func listAll() async throws(Failure) -> Failure.Status {
    var status = Failure.Status.done
    let (clients, filter, world) = (clients, filter, world)
    for remote in remotes {
      do throws(Failure) {
        try await world.interruptible { () async throws(Failure) in
          try await clients[remote].list(filter, until: clients.deadline) { pin throws(Failure) in
            let record = Record([
              "cid": .string("\(pin.cid)"), "pins": [pin.member(of: remote)],
            ])
            try world.output.write(record.bytes + [UInt8(ascii: "\n")])
          }
        }
      } catch {
        if error.isFatal || error.code == "interrupted" { throw error }
        world.report(error)
        if status == .done { status = error.status }
      }
    }
    return status
  }

  /// The record with all requests for its CID; status 1 where there is none.
  func look(up input: Record, _ emitter: Emitter) async throws(Failure) {
    let operand = try input.operand("cid")
    let cid: CID
    do { cid = try CID(parsing: operand) } catch {
      throw Failure(.data, "\(JSON.string(operand).text) is no CID: \(error)")
    }
    var pins = try RemotePins(of: input)
    for element in pins.elements where remotes.contains(element.remote) {
      pins.remove(element.requestID, of: element.remote)
    }
    var isFound = false
    var asked = filter
    asked.cids = [cid]
    for remote in remotes {
      for pin in try await requests(asked, at: remote) {
        pins.set(pin, of: remote)
        isFound = true
      }
    }
    let told = isFound ? pins.put(into: input) : pins.put(into: input).settingNoPins()
    try emitter.emit(told, status: isFound ? .done : .answerNo)
  }

  /// All that a filter takes: of one CID, so that it can be held.
  func requests(_ filter: PinFilter, at remote: String) async throws(Failure) -> [RemotePin] {
    let clients = clients
    return try await world.interruptible { () async throws(Failure) -> [RemotePin] in
      var found: [RemotePin] = []
      try await clients[remote].list(filter, until: clients.deadline) { found.append($0) }
      return found
    }
  }
}

extension Record {
  /// The record with an empty `pins` where it has none.
  fileprivate func settingNoPins() -> Record { has("pins") ? self : setting("pins", to: []) }
}
