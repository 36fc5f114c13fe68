import ArgumentParser
import Commands
import IPFS
import IPFSClients
import Networking
import Records

/// `sr-ipfs pin wait`: until pinning services keep what they were asked to keep.
struct PinWait: StreamingCommand {
  static let configuration = CommandConfiguration(
    commandName: "wait", abstract: "Wait until pinning services keep content.",
    discussion: """
      A record's "pins" say which requests are waited for; an operand is a CID or a request of --remote.

      $ sr-ipfs pin add --remote pinata bafybei… | sr-ipfs pin wait --timeout 1h
      """)
  static let verb = "pin wait"
  static let operandMember: String? = "cid"

  @OptionGroup var remotes: RemoteOptions
  @OptionGroup var network: NetworkOptions
  @OptionGroup var progress: ProgressOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A CID, or a request of the service.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let world = progress.world
    let clients = try RemoteClients(network, in: world)
    try clients.check(remotes.remote)
    return try await pipeline(in: world).run { input, emitter throws(Failure) in
      let told = try await progress.following(input) { (count) async throws(Failure) in
        try await wait(input, clients, emitter, count, in: world)
      }
      try emitter.emit(told)
    }
  }

  private func wait(
    _ input: Record, _ clients: RemoteClients, _ emitter: Emitter,
    _ count: ProgressCount, in world: World
  ) async throws(Failure) -> Record {
    let deadline = clients.deadline
    var pins = try RemotePins(of: input)
    if pins.elements.isEmpty {
      guard !remotes.remote.isEmpty else {
        throw Failure(
          .data, "the record has no \"pins\"", hint: "name the service that has it: --remote")
      }
      let operand = try input.operand("cid")
      for remote in remotes.remote {
        let pin = try await world.interruptible { () async throws(Failure) -> RemotePin in
          try await Self.request(operand, at: clients[remote], until: deadline)
        }
        pins.set(pin, of: remote)
      }
    }
    var failures = RemoteFailures()
    for element in pins.elements
    where remotes.remote.isEmpty || remotes.remote.contains(element.remote) {
      await failures.attempt { () throws(Failure) in
        let pin = try await world.interruptible { () async throws(Failure) -> RemotePin in
          let client = try clients[element.remote]
          let pin = try await client.find(element.requestID, until: deadline)
          guard element.cid?.v1 ?? pin.cid.v1 == pin.cid.v1 else {
            throw Failure(
              .protocolViolation,
              "\(element.remote) tells of \(pin.cid) where it was asked for another",
              code: "other-cid")
          }
          return try await client.wait(for: pin, until: deadline)
        }
        pins.set(pin, of: element.remote)
        try Self.check(pin, element.remote)
        count.count(bytes: 0, items: 1)
      }
    }
    let told = pins.put(into: input)
    emitter.keep(told)
    try failures.check()
    return told
  }

  /// The newest request for a CID, or the request of that name.
  private static func request(
    _ operand: String, at client: PinningClient, until deadline: ContinuousClock.Instant?
  ) async throws(Failure) -> RemotePin {
    guard let cid = try? CID(parsing: operand) else {
      return try await client.find(operand, until: deadline)
    }
    var newest: RemotePin?
    try await client.list(PinFilter(cid), until: deadline) { pin in
      if newest.map({ $0.created < pin.created }) ?? true { newest = pin }
    }
    guard let newest else {
      throw Failure(
        .missingInput, "\(client.service.name) has no request for \(cid)", code: "no-such-request",
        hint: "ask it: sr-ipfs pin add --remote \(client.service.name) \(cid)")
    }
    return newest
  }

  private static func check(_ pin: RemotePin, _ remote: String) throws(Failure) {
    try pin.checkNotFailed(at: remote)
    guard pin.state != .pinned else { return }
    let details = pin.details.map { ": \($0)" } ?? ""
    throw Failure(
      .temporary,
      "\(remote) has not pinned \(pin.cid) in time: it is \(pin.state.rawValue)\(details)",
      code: "not-yet")
  }
}
