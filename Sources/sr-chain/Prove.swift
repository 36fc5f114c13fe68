import ArgumentParser
import Commands
import Ethereum
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain prove`: commits to what each record's run gave, unseen.
struct Prove: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Commit our node to the result of each record's run, which nobody learns by that.",
    discussion: """
      $ … | sr-ipfs add | sr-chain prove --could-not-run | sr-chain vote --unordered --could-not-run
      The commitment is computed here, of the record's own proof and a secret that is made beside \
      the key. A run without a result hash commits to "could not run"; --could-not-run does so for \
      records that failed in an earlier stage, too.
      """)

  @Flag(help: "Commit to \"could not run\" for records that failed in an earlier stage.")
  var couldNotRun = false

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let parts = try await market.parts(sending, in: world)
    let committing = try Committing(parts, in: world)
    var pipeline = pipeline(in: world)
    pipeline.takesFailures = couldNotRun
    return try await parts.whileWorking { [pipeline] () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let failed = try input.failedStatus()
        do throws(Failure) {
          try emitter.emit(try await prove(input, failed != nil, committing, parts, in: world))
        } catch {
          // It failed before there was a claim: nobody waits for it.
          guard let failed, error.code == Failure.noClaimCode || !input.has("escrow") else {
            throw error
          }
          try emitter.emit(input, status: failed)
        }
        try emitter.flush()
      }
    }
  }

  private func prove(
    _ input: Record, _ hasFailed: Bool, _ committing: Committing, _ parts: MarketParts,
    in world: World
  ) async throws(Failure) -> Record {
    let result: JobResult =
      hasFailed ? .couldNotRun() : try JobResult(of: input, by: committing.node)
    let (found, outcome) = try await world.interruptible { () throws(Failure) in
      let content = result.resultHash == nil ? nil : try JobContent(input)
      return try await parts.persisting(
        with: try input.escrow()?.jobId, until: try input.claimDeadline(of: committing.node),
        in: world
      ) { (left) throws(Failure) in
        let escrow = try input.escrow(in: try await parts.finder.market())
        return (
          escrow, try await committing.commit(escrow, of: content, to: result, within: left)
        )
      }
    }
    switch outcome {
    case .dry(let record): return try input.telling(record)
    case .committed(let commitment, let result):
      var escrow = found
      escrow.add(commitment)
      // From here on it is a job like any other, whose answer is that.
      let record = hasFailed ? input.removing("error") : input
      return try record.setting(escrow).telling(result, of: committing.node)
    }
  }
}

extension Record {
  /// Until when the node of the record's claim may commit, as the record tells it.
  func claimDeadline(of node: Address) throws(Failure) -> UInt64? {
    try escrow()?.claims.last { $0.node == node }?.deadline
  }

  /// The status of the stage in which the record failed; nil where it did not.
  func failedStatus() throws(Failure) -> Failure.Status? {
    guard let error = try self["error"], error != .null else { return nil }
    return Failure.Status(rawValue: Int32(clamping: error["status"]?.integer ?? 1))
  }
}
