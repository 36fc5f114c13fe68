public import ArgumentParser
public import Commands
public import Ethereum
public import EthereumRPC
internal import Networking
public import Records
public import Signing

/// The options of every verb that sends transactions, and what they make.
public struct SendingOptions: ParsableArguments, Sendable {
  /// Whether nothing is signed or sent.
  @Flag(help: "Sign and send nothing; tell what would be sent, and what it may cost.")
  public var dryRun = false

  /// The ID of what is to happen once.
  @Option(
    help: ArgumentHelp(
      "Send for the ID <id> once: where the account's journal has it, its transaction is told.",
      valueName: "id"))
  public var once: String?

  /// Whether nothing is written down.
  @Flag(help: "Keep no journal: a crash may lose or repeat a transaction.")
  public var noJournal = false

  /// How receipts are waited for.
  @OptionGroup public var waiting: WaitingOptions
  /// What is offered for gas, and the nonce.
  @OptionGroup public var building: BuildingOptions
  /// Who signs.
  @OptionGroup public var signing: SignerOptions
  /// Which chain, and by which nodes.
  @OptionGroup public var chain: ChainOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what does not go together.
  public func validate() throws {
    if once != nil, noJournal {
      throw ValidationError("--once is looked up in the journal: --no-journal does not go with it")
    }
  }

  /// What a run of a verb works with.
  public struct Parts: Sendable {
    /// The chain's nodes.
    public let client: EthereumClient
    /// What makes addresses of names.
    public let calls: BuildingCalls
    /// What polls for receipts.
    public let watcher: ReceiptWatcher
    /// What waits for them.
    public let reader: ReceiptReader
    /// What offers transactions to nodes.
    public let broadcaster: Broadcaster
    /// What was signed, by account; nil where nothing is written down.
    public let journals: SendingJournals?
    /// What does all of it for a record.
    public let sender: TransactionSender
    /// Whose transactions they are; known without unlocking.
    public let account: @Sendable () throws(Failure) -> Address

    /// Does the verb's work: polls for receipts meanwhile, and marks what is told in the journals.
    public func whileWorking<Value: Sendable>(
      _ body: @escaping @Sendable () async throws(Failure) -> Value
    ) async throws(Failure) -> Value {
      try await watcher.whilePolling { () throws(Failure) in
        guard let journals else { return try await body() }
        return try await journals.whileTelling(body)
      }
    }
  }

  /// How far each record is taken.
  public struct Extent: Sendable {
    /// Whether the node's word at the broadcast is enough.
    public var isAsync: Bool
    /// Whether the receipt is waited for.
    public var waits: Bool

    /// As far as a flag each says.
    public init(isAsync: Bool = false, waits: Bool) {
      (self.isAsync, self.waits) = (isAsync, waits)
    }
  }

  /// The parts that these options make: with `signatory`, for one who signs other things by the same key; with
  /// `content`, for transactions whose records do not say all.
  public func parts(
    _ extent: Extent, _ content: ContentOptions? = nil, signatory: Signatory? = nil,
    in world: World
  ) async throws(Failure) -> Parts {
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let journals = noJournal ? nil : try SendingJournals(in: world)
    let watcher = waiting.watcher(client, chain, journals, in: world)
    let reader = try waiting.reader(watcher, calls, chain, in: world)
    let broadcaster = Broadcaster(client, retries: chain.network.retries ?? 4) { world.detail($0) }
    var steps = TransactionSender.Steps()
    steps.isAsync = extent.isAsync
    steps.isDryRun = dryRun
    steps.waits = extent.waits
    steps.once = once
    let signatory = if let signatory { signatory } else { try signing.signatory(in: world) }
    let key = Self.key(signatory)
    let sender = TransactionSender(
      try TransactionBuilder(
        client, building, content, asksAccount: journals != nil && !dryRun, in: world),
      calls, broadcaster, reader, journals, key: key, steps: steps, in: world)
    return Parts(
      client: client, calls: calls, watcher: watcher, reader: reader, broadcaster: broadcaster,
      journals: journals, sender: sender, account: key.address)
  }

  private static func key(_ signatory: Signatory) -> TransactionSender.Key {
    TransactionSender.Key(
      address: { () throws(Failure) in try signatory.account() },
      prepare: { signatory.prepare() },
      sign: { (transaction, account, record) throws(Failure) in
        try signatory.sign(transaction, from: account, of: record)
      })
  }
}
