import ArgumentParser
import Commands
import EthereumRPC
import Networking
import Records
import Sending
import Signing

/// The options of the verbs that replace a waiting transaction, and what they do.
struct ReplacingOptions: ParsableArguments {
  @Flag(help: "Offer more again and again until one is in a block, and wait as 'wait' does.")
  var untilMined = false

  @Option(
    help: ArgumentHelp(
      "With --until-mined, offer more every <duration> (30s).", valueName: "duration"),
    transform: { text in
      do { return try Seconds.parse(text) } catch { throw ValidationError("\(error)") }
    })
  var every: Duration = .seconds(30)

  @OptionGroup var found: PendingOptions
  @OptionGroup var fees: FeeOptions
  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var signing: SignerOptions
  @OptionGroup var chain: ChainOptions

  func validate() throws {
    guard every >= .milliseconds(100) else {
      throw ValidationError("--every takes a tenth of a second and more")
    }
    guard untilMined || waiting.depth == 1 else {
      throw ValidationError("--confirmations goes with --until-mined")
    }
    guard untilMined || every == .seconds(30) else {
      throw ValidationError("--every goes with --until-mined")
    }
  }

  /// Replaces the transaction of each operand, of each record of a stream, or of each that waits.
  func run(
    _ purpose: TransactionReplacer.Purpose, _ operands: [String], in world: World,
    by pipeline: ([String]) -> Pipeline
  ) async throws(Failure) -> Failure.Status {
    try found.expect(operands, in: world)
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let journals = try SendingJournals(in: world)
    let watcher = waiting.watcher(client, chain, journals, in: world)
    let signatory = try signing.signatory(in: world)
    let key = TransactionReplacer.Key(
      check: { (account) throws(Failure) in _ = try signatory.account(wanted: account) },
      prepare: { signatory.prepare() },
      sign: { (transaction, account, record) throws(Failure) in
        try signatory.sign(transaction, from: account, of: record)
      })
    let replacer = TransactionReplacer(
      client, fees.planner(),
      Broadcaster(client, retries: chain.network.retries ?? 4) { world.detail($0) },
      watcher, try waiting.reader(watcher, calls, chain, in: world), journals, key: key,
      terms: .init(
        purpose, every: untilMined ? every : nil, confirmations: waiting.depth,
        timeout: try chain.network.recordTimeout()),
      in: world)
    return try await found.run(operands, of: signing.from, client, journals, in: world) {
      (operands) throws(Failure) in
      try await run(replacer, watcher, journals, pipeline(operands), in: world)
    }
  }

  private func run(
    _ replacer: TransactionReplacer, _ watcher: ReceiptWatcher, _ journals: SendingJournals,
    _ pipeline: Pipeline, in world: World
  ) async throws(Failure) -> Failure.Status {
    try await watcher.whilePolling { () throws(Failure) in
      try await journals.whileTelling { () throws(Failure) in
        try await pipeline.run { input, emitter throws(Failure) in
          let record = try input.withTransactionHash(emitter)
          let done = try await world.interruptible { () throws(Failure) in
            try await replacer.replace(record, emitter)
          }
          try emitter.emit(done.record, status: done.status)
          // Its hash is money: out with it before the next one goes to a node.
          try emitter.flush()
        }
      }
    }
  }
}
