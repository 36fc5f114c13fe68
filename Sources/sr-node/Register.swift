import ArgumentParser
import Commands
import Ethereum
import Records
import WideInteger

struct Register: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign each record's 'node', and register it: with stake on the chain, or in a pool.",
    discussion: """
      $ sr-node describe --price cpu=0.1ETH/h --region us-east-1 \
      --endpoint https://node.example:8443 | sr-node register --stake 1ETH
      $ sr-node describe --price cpu=0.1ETH/h --region lan | sr-node register --pool http://pool:8443
      """)

  @Option(
    help: "Stake <amount>, such as 1ETH; the registry's minimum by itself.",
    transform: { text in
      do { return try Amount.parse(text) } catch { throw ValidationError("\(error)") }
    })
  var stake: UInt256?

  @Option(
    help: "Have the pay and the stake go to <address>; to the node's own account by itself.",
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var owner: Address?

  @OptionGroup var registration: RegistrationOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    if registration.pool != nil, stake != nil || owner != nil {
      throw ValidationError("--stake and --owner are of the chain, not of a pool")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let signing = try registration.descriptorSigning(in: world)
    let pipeline = pipeline(in: world)
    if let pool = try registration.poolClient(in: world) {
      return try await pipeline.run { input, emitter throws(Failure) in
        try emitter.emit(
          try await world.interruptible { () throws(Failure) in
            try await signing.join(pool, input)
          })
      }
    }
    let (stake, owner) = (stake, owner)
    return try await registration.onChain(signedBy: signing, in: world) {
      chain throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let done = try await world.interruptible { () throws(Failure) in
          try await chain.register(input, stake: stake, owner: owner)
        }
        try emitter.emit(done)
        try emitter.flush()
      }
    }
  }
}
