import Commands
import IPFS
import IPFSClients
import Records

extension RemoteListing {
  /// Takes back the requests that a record tells of, or else all for its CID, or the one that its operand names.
  ///
  /// A record may be a stranger's: a request that it tells of goes only where the service says that it is for the CID
  /// that the record has beside it.
  func remove(_ input: Record, _ emitter: Emitter) async throws(Failure) -> Record {
    var pins = try RemotePins(of: input)
    var failures = RemoteFailures()
    for remote in remotes {
      var named: [(id: String, cid: CID?)] = []
      await failures.attempt { () throws(Failure) in
        named = try pins.elements.filter { $0.remote == remote }.map { (element) throws(Failure) in
          (element.requestID, try element.content)
        }
        if named.isEmpty { named = try await self.named(by: input, at: remote) }
      }
      for (id, cid) in named {
        await failures.attempt { () throws(Failure) in
          try world.checkNotInterrupted()
          let clients = clients
          let wasThere = try await world.interruptible { () async throws(Failure) -> Bool in
            try await clients[remote].remove(id, of: cid, until: clients.deadline)
          }
          pins.remove(id, of: remote)
          if !wasThere { world.note("\(remote) has no request \(JSON.string(id).text) any more") }
        }
      }
    }
    let told = pins.put(into: input)
    emitter.keep(told)
    try failures.check()
    return told
  }

  /// All requests for the operand's CID, or the one that a user names; a record names none in this way.
  private func named(
    by input: Record, at remote: String
  ) async throws(Failure) -> [(id: String, cid: CID?)] {
    let operand = try input.operand("cid")
    let cid: CID
    do { cid = try CID(parsing: operand) } catch {
      guard input.origin == .record else { return [(operand, nil)] }
      throw Failure(.data, "\(JSON.string(operand).text) is no CID: \(error)")
    }
    let ids = try await requests(PinFilter(cid), at: remote).map {
      (id: $0.requestID, cid: nil as CID?)
    }
    if ids.isEmpty { world.note("\(remote) has no request for \(cid)") }
    return ids
  }
}

extension RemotePins.Element {
  /// The CID that the request is said to be for.
  fileprivate var content: CID {
    get throws(Failure) {
      guard let cid else {
        throw Failure(
          .data,
          "an element of \"pins\" has no \"cid\" for the request \(JSON.string(requestID).text)")
      }
      return cid
    }
  }
}
