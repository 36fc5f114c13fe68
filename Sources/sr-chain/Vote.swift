import ArgumentParser
import Commands
import Ethereum
import Marketplace
import MarketplaceClient
import Records
import Sending

/// `sr-chain vote`: opens what `prove` committed to.
struct Vote: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Open our node's commitment to each record's result, once that is allowed.",
    discussion: """
      $ … | sr-chain prove --could-not-run | sr-chain vote --unordered --could-not-run | …
      Holds a record until all slots have commitments, or no more can follow. With --unordered any \
      number of records are held, and none waits for another. With --could-not-run what 'prove' kept \
      is opened for records that failed in an earlier stage, too.
      """)

  /// What tells that nothing is owed for a record that failed.
  private static let passing = [Failure.noClaimCode, Failure.noCommitmentCode]

  @Flag(help: "Open what was committed to for records that failed in an earlier stage, too.")
  var couldNotRun = false

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    var verb = self
    verb.stream.holdAny()
    return try await verb.open(in: world)
  }

  private func open(in world: World) async throws(Failure) -> Failure.Status {
    let parts = try await market.parts(sending, in: world)
    let opening = try Opening(parts, in: world)
    var pipeline = pipeline(in: world)
    pipeline.takesFailures = couldNotRun
    return try await parts.whileWorking { [pipeline] () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let failed = try input.failedStatus()
        do throws(Failure) {
          try emitter.emit(try await open(input, failed != nil, opening, parts, in: world))
        } catch {
          // It failed before there was a commitment: nobody waits for it.
          guard let failed, Self.passing.contains(error.code) || !input.has("escrow") else {
            throw error
          }
          try emitter.emit(input, status: failed)
        }
        try emitter.flush()
      }
    }
  }

  private func open(
    _ input: Record, _ hasFailed: Bool, _ opening: Opening, _ parts: MarketParts, in world: World
  ) async throws(Failure) -> Record {
    let result = hasFailed ? nil : try JobResult(of: input, by: opening.node)
    let (found, outcome) = try await world.interruptible { () throws(Failure) in
      try await parts.persisting(
        with: try input.escrow()?.jobId, until: try input.openDeadline(of: opening.node),
        in: world
      ) { (left) throws(Failure) in
        let escrow = try input.escrow(in: try await parts.finder.market())
        return (escrow, try await opening.open(escrow, result, within: left))
      }
    }
    switch outcome {
    case .dry(let record): return try input.telling(record)
    case .opened(let vote, let result):
      var escrow = found
      escrow.add(vote)
      let record = hasFailed ? input.removing("error") : input
      return try record.setting(escrow).telling(result, of: opening.node)
    }
  }
}

extension Record {
  /// When openings are over at the latest, as the record tells it: others may have claimed, and committed, after us.
  fileprivate func openDeadline(of node: Address) throws(Failure) -> UInt64? {
    guard let deadline = try claimDeadline(of: node), let windows = try escrow()?.terms?.windows
    else { return nil }
    return [windows.claim, windows.open].reduce(deadline) {
      let (sum, isOver) = $0.addingReportingOverflow($1)
      return isOver ? .max : sum
    }
  }
}
