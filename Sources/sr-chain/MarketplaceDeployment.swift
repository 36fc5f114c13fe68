import Commands
import Ethereum
import EthereumRPC
import Hashing
import Marketplace
import MarketplaceClient
import Records
import Sending
import WideInteger

/// `sr-chain deploy --all`: makes the marketplace's contracts, and registers all of them or none.
struct MarketplaceDeployment: Sendable {
  let artefacts: [MarketplaceArtefacts.Artefact]
  let options: MarketplaceOptions
  private let isReplacing: Bool
  let broadcasting: BroadcastingOptions
  var sending: SendingOptions { broadcasting.sending }
  let registry: ContractRegistry
  let world: World

  init(
    _ options: MarketplaceOptions, replacing: Bool, _ broadcasting: BroadcastingOptions,
    in world: World
  ) throws(Failure) {
    artefacts = try MarketplaceArtefacts(folder: options.contracts, in: world).all
    registry = ContractRegistry(try world.folders)
    (self.options, isReplacing, self.broadcasting) = (options, replacing, broadcasting)
    self.world = world
    // What is no artefact of ours is told before anything is asked or sent.
    if let anybody = Address(word: 1) { _ = try records(anybody, 0) }
  }

  /// Gives the one order to a pipeline.
  func run(_ pipeline: Pipeline, verb: String) async throws(Failure) -> Failure.Status {
    let parts = try await broadcasting.parts(in: world)
    let plan = TransactionSeries.Plan(
      MarketplaceContract.allCases.map(\.name), once: sending.once, kind: "marketplace"
    ) { (sender, nonce) throws(Failure) in try records(sender, nonce) }
    return try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { _, emitter throws(Failure) in
        guard !sending.dryRun else { return try await tell(plan, parts, emitter) }
        let series = try await world.interruptible { () throws(Failure) in
          try await parts.sender.signed(plan) { (place) throws(Failure) in try check(place) }
        }
        // From here on there are transactions, and nothing may hide them.
        let output = MarketplaceOutput(emitter, tool: world.tool, verb: verb)
        try await output.telling(series) { (series) throws(Failure) in
          try await world.interruptible { () throws(Failure) in
            try await finish(series, parts)
          }
        }
      }
    }
  }

  // MARK: Before anything is signed

  /// Refuses a place whose contracts could not get their names in the end.
  private func check(_ place: TransactionSeries.Place) throws(Failure) {
    if place.isBegun {
      world.note("an earlier run has begun it: going on from nonce \(place.firstNonce)")
    }
    let contracts = try contracts(place)
    guard !isReplacing else { return }
    do throws(ContractRegistryError) {
      if let name = try registry.taken(by: contracts).first { throw .taken(name, place.chain) }
    } catch { throw failure(error) }
  }

  /// Tells what would be sent.
  private func tell(
    _ plan: TransactionSeries.Plan, _ parts: SendingOptions.Parts, _ emitter: Emitter
  ) async throws(Failure) {
    let (records, cost) = try await world.interruptible { () throws(Failure) in
      try await parts.sender.drafted(plan) { (place) throws(Failure) in try check(place) }
    }
    world.note("all of it may cost \(Amount.shown(cost)) at most")
    for record in records { try emitter.emit(record) }
  }

  // MARK: Once it is signed

  /// Brings the four onto the chain, judges them, and gives them their names; what they became meanwhile is told.
  private func finish(
    _ series: TransactionSeries, _ parts: SendingOptions.Parts
  ) async throws(Failure) -> MarketplaceOutput.End {
    var series = series
    let outcomes = try await parts.sender.completed(&series)
    if let failure = outcomes.failure(hasID: sending.once != nil) {
      return .init(outcomes.map(\.record), failure, isLost: outcomes.contains(where: \.isLost))
    }
    var records = outcomes.map(\.record)
    do throws(Failure) {
      let wiring = try wiring(series.place.sender, series.place.firstNonce)
      do throws(Failure) {
        try await wiring.check(
          artefacts.map(\.abi), by: parts.client.forRecord(),
          behind: outcomes.compactMap(\.receipt?.blockNumber).max() ?? 0)
      } catch { throw error.blaming(options.contracts) }
      let contracts = try contracts(series.place)
      do throws(ContractRegistryError) {
        try registry.add(contracts, replacing: isReplacing)
      } catch { throw failure(error) }
      for (index, contract) in contracts.enumerated() {
        records[index] = records[index].setting("contract", to: .object(contract.summary))
      }
    } catch {
      return .init(records, error.notRegistered)
    }
    return .init(records, nil)
  }
}
