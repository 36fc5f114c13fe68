import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain claim`: takes a slot of each record's job, as soon as the draw admits us and a run is free.
struct Claim: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Take a slot of each record's job for our node, and bind its bond.",
    discussion: """
      $ sr-chain events JobSubmitted --follow | sr-node match | sr-chain claim --unordered | …
      $ sr-chain claim --max-open 2 --confirmations 12 <matched.jsonl
      Holds a record until its post is deep enough, the draw admits the node, and fewer than \
      --max-open of its claims lack a commitment. With --unordered any number of records are held, and \
      none waits for another. --confirmations is 3 for posts, 1 for receipts.
      """)

  @Option(help: "Let at most <n> claims of ours lack a commitment at a time (1).")
  var maxOpen: Int = 1

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    guard maxOpen > 0 else { throw ValidationError("--max-open takes 1 and more") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    var verb = self
    verb.stream.holdAny()
    return try await verb.claim(in: world)
  }

  private func claim(in world: World) async throws(Failure) -> Failure.Status {
    let parts = try await market.parts(sending, in: world)
    let depth = sending.waiting.confirmations ?? Claiming.Limits.usualConfirmations
    let claiming = try Claiming(
      parts, Claiming.Limits(maxOpen: maxOpen, confirmations: depth), in: world)
    let pipeline = pipeline(in: world)
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let outcome = try await world.interruptible { () throws(Failure) in
          let escrow = try input.escrow(in: try await parts.finder.market())
          let content = try JobContent(input)
          return try await parts.persisting(with: escrow.jobId, in: world) {
            (left) throws(Failure) in
            (escrow, try await claiming.claim(escrow, of: content, within: left))
          }
        }
        var (escrow, done) = outcome
        switch done {
        case .claimed(let claim):
          escrow.add(claim)
          try emitter.emit(input.setting(escrow))
        case .dry(let record): try emitter.emit(input.telling(record))
        }
        // Whoever runs the job waits for it.
        try emitter.flush()
      }
    }
  }
}

extension Record {
  /// The record with the transaction that would be sent; as it was, where nothing would be.
  func telling(_ dry: Record?) throws(Failure) -> Record {
    guard let tx = try dry?.objectText("tx") else { return self }
    return setting("tx", toText: tx.bytes)
  }
}
