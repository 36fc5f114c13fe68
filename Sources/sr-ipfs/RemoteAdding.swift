import Commands
import IPFS
import IPFSClients
import Networking
import Records
import SystemPackage

/// Has services keep content, each of them; what one refuses keeps no other from it.
struct RemoteAdding: Sendable {
  let clients: RemoteClients
  let remotes: [String]
  let world: World
  var name: String?
  var origins: [String] = []
  var meta = JSONObject()
  var replaced: String?

  /// The services that options name; throws before anything is done where one of them is none.
  init(
    _ remotes: RemoteOptions, _ told: RemoteRequestOptions, _ network: NetworkOptions,
    in world: World
  ) throws(Failure) {
    clients = try RemoteClients(network, in: world)
    self.remotes = remotes.remote
    self.world = world
    origins = try told.origins()
    meta = try told.pairs()
    try clients.check(self.remotes)
  }

  /// Tells services, too, where nodes that hold the content say that they are reached, unless the user said where.
  ///
  /// A node that does not say so is no hindrance: a service may find it by itself.
  func served(by nodes: [KuboRPC]?) async throws(Failure) -> RemoteAdding {
    guard origins.isEmpty, let nodes else { return self }
    var copy = self
    for node in nodes {
      do throws(Failure) {
        copy.origins += try await world.interruptible { () async throws(Failure) in
          try await node.addresses()
        }
      } catch {
        if error.code == "interrupted" { throw error }
        world.detail("\(error); services are not told where \(node.name) is")
      }
    }
    copy.origins = Array(copy.origins.prefix(20))
    return copy
  }

  /// Asks for all that `add` gives CIDs to in a record, under the last name of its path.
  func add(_ record: Record, _ emitter: Emitter) async throws(Failure) -> Record {
    let cids = try SendingAdded.roots(of: record)
    var named = self
    if let path = try record["path"]?.string, let last = FilePath(path).lastComponent?.string,
      last.utf8.count <= Pin.maximumNameLength
    {
      named.name = last
    }
    return try await named.add(cids, record, emitter)
  }

  /// Asks for CIDs, and gives the record with what the services say.
  ///
  /// Where one fails, the record that the failure rides on tells of the others: taken up again, they are not asked twice. What a record
  /// tells of a request is believed only once the service says the same.
  func add(_ cids: [CID], _ record: Record, _ emitter: Emitter) async throws(Failure) -> Record {
    var pins = try RemotePins(of: record)
    var failures = RemoteFailures()
    let deadline = clients.deadline
    for remote in remotes {
      for cid in cids {
        await failures.attempt { () throws(Failure) in
          try world.checkNotInterrupted()
          if replaced == nil, try await confirm(&pins, cid, at: remote) { return }
          let request = PinRequest(cid, name: name, origins: origins, meta: meta)
          let (clients, replaced) = (clients, replaced)
          let pin = try await world.interruptible { () async throws(Failure) -> RemotePin in
            try await clients[remote].add(request, replacing: replaced, until: deadline)
          }
          pins.removeFailed(cid, at: remote)
          pins.set(pin, of: remote)
          if let replaced { pins.remove(replaced, of: remote) }
          try pin.checkNotFailed(at: remote)
        }
      }
    }
    let told = pins.put(into: record)
    emitter.keep(told)
    try failures.check()
    return told
  }

  /// Whether a service still has a request that the record tells of, and has not given it up; what is no such request is taken out.
  private func confirm(
    _ pins: inout RemotePins, _ cid: CID, at remote: String
  ) async throws(Failure) -> Bool {
    let (clients, deadline) = (clients, clients.deadline)
    for claimed in pins.requests(for: cid, at: remote) {
      let pin: RemotePin?
      do throws(Failure) {
        pin = try await world.interruptible { () async throws(Failure) in
          try await clients[remote].find(claimed, until: deadline)
        }
      } catch  where error.code == "no-such-request" { pin = nil }
      if let pin, pin.cid.v1 == cid.v1, pin.state != .failed {
        pins.set(pin, of: remote)
        return true
      }
      pins.remove(claimed, of: remote)
    }
    return false
  }
}

extension RemotePins {
  /// Takes out what a service gave up, where it was asked again.
  fileprivate mutating func removeFailed(_ cid: CID, at remote: String) {
    for element in elements
    where element.remote == remote && element.cid?.v1 == cid.v1 && element.state == .failed {
      remove(element.requestID, of: remote)
    }
  }

  /// The requests for a CID that a service has by this account, and has not given up.
  fileprivate func requests(for cid: CID, at remote: String) -> [String] {
    elements.filter { $0.remote == remote && $0.cid?.v1 == cid.v1 && $0.state != .failed }
      .map(\.requestID)
  }
}
