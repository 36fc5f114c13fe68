import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Networking
import Records
import Sending
import Signing

/// The options of the verbs that send transactions, and what they make.
struct SendingOptions: ParsableArguments {
  @Flag(help: "Do not look whether the node holds the transaction after it has taken it.")
  var async = false

  @Flag(help: "Wait until the transaction is in a block, and add 'receipt'.")
  var wait = false

  @Flag(help: "Sign and send nothing; tell what would be sent, and what it may cost.")
  var dryRun = false

  @Option(
    help: ArgumentHelp(
      "Send for the ID <id> once: where the account's journal has it, its transaction is told.",
      valueName: "id"))
  var once: String?

  @Flag(help: "Keep no journal: a crash may lose or repeat a transaction.")
  var noJournal = false

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var building: BuildingOptions
  @OptionGroup var signing: SignerOptions
  @OptionGroup var chain: ChainOptions

  func validate() throws {
    if dryRun, wait || async {
      throw ValidationError("--dry-run sends nothing: neither --wait nor --async goes with it")
    }
    if once != nil, noJournal {
      throw ValidationError("--once is looked up in the journal: --no-journal does not go with it")
    }
    if wait, async { throw ValidationError("--async and --wait exclude each other") }
  }

  /// Refuses the options of those who wait where nobody does.
  func checkWaiting() throws {
    guard wait || !waiting.isGiven else {
      throw ValidationError("--confirmations and --patience go with --wait")
    }
  }

  /// The record of the one call that the command line names.
  func record(_ members: JSONObject, in world: World) throws(Failure) -> Record {
    try building.record(members, from: signing.from, in: world)
  }

  /// What a run of the verb works with.
  struct Parts {
    var client: EthereumClient
    var calls: BuildingCalls
    var watcher: ReceiptWatcher
    var reader: ReceiptReader
    var broadcaster: Broadcaster
    var journals: SendingJournals?
    var sender: TransactionSender

    /// Does the verb's work: polls for receipts meanwhile, and marks what is told in the journals.
    func whileWorking<Value: Sendable>(
      _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
      try await watcher.whilePolling { () throws(Failure) in
        guard let journals else { return try await body() }
        return try await journals.whileTelling(body)
      }
    }
  }

  func parts(in world: World) async throws(Failure) -> Parts {
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let journals = noJournal ? nil : try SendingJournals(in: world)
    let watcher = waiting.watcher(client, chain, journals, in: world)
    let reader = try waiting.reader(watcher, calls, chain, in: world)
    let broadcaster = Broadcaster(client, retries: chain.network.retries ?? 4) { world.detail($0) }
    var steps = TransactionSender.Steps()
    steps.isAsync = async
    steps.isDryRun = dryRun
    steps.waits = wait
    steps.once = once
    let sender = TransactionSender(
      try TransactionBuilder(client, building, asksAccount: journals != nil && !dryRun, in: world),
      calls,
      broadcaster, reader, journals, key: try key(in: world), steps: steps, in: world)
    return Parts(
      client: client, calls: calls, watcher: watcher, reader: reader, broadcaster: broadcaster,
      journals: journals, sender: sender)
  }

  private func key(in world: World) throws(Failure) -> TransactionSender.Key {
    let signatory = try signing.signatory(in: world)
    return TransactionSender.Key(
      address: { () throws(Failure) in try signatory.account() },
      prepare: { signatory.prepare() },
      sign: { (transaction, account, record) throws(Failure) in
        try signatory.sign(transaction, from: account, of: record)
      })
  }
}

extension Record {
  /// The record as an operand of its own verb.
  var line: String { String(decoding: bytes, as: UTF8.self) }
}
