import ArgumentParser
import Commands
import Records

struct Update: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Sign each record's 'node' anew, and tell chain or pool its endpoint and descriptor.",
    discussion: """
      $ sr-node describe --price cpu=0.2ETH/h --region us-east-1 \
      --endpoint https://node.example:8443 | sr-node update
      """)

  @OptionGroup var registration: RegistrationOptions
  @OptionGroup var stream: StreamOptions

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
    return try await registration.onChain(signedBy: signing, in: world) {
      chain throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let done = try await world.interruptible { () throws(Failure) in
          try await chain.update(input)
        }
        try emitter.emit(done)
        try emitter.flush()
      }
    }
  }
}
