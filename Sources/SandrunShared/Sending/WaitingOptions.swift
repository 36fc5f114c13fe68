public import ArgumentParser
public import Commands
public import EthereumRPC
internal import Networking
public import Records

/// The options of the verbs that wait for receipts, and what they make.
public struct WaitingOptions: ParsableArguments, Sendable {
  /// How deep a transaction must lie; nil where nothing is said.
  @Option(
    help: "Wait until <n> blocks hold the transaction or lie on it; its own is the first (1).")
  public var confirmations: UInt64?

  /// How long what nobody knows is looked for.
  @Option(
    help: ArgumentHelp(
      "Give up after <duration> what the node does not know and nobody can offer again (1m).",
      valueName: "duration"),
    transform: { text in
      do { return try Seconds.parse(text) } catch { throw ValidationError("\(error)") }
    })
  public var patience: Duration = ReceiptWatcher.patience

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what no option may be.
  public func validate() throws {
    guard confirmations != 0 else {
      throw ValidationError("--confirmations takes 1 and more: the block itself is one")
    }
  }

  /// How many blocks must hold a transaction or lie on it: 1 where nothing is said.
  public var depth: UInt64 { confirmations ?? 1 }

  /// Whether any of them says something else than it does by itself.
  public var isGiven: Bool { depth != 1 || patience != ReceiptWatcher.patience }

  /// What polls for receipts, and offers again what the journals have.
  public func watcher(
    _ client: EthereumClient, _ chain: ChainOptions, _ journals: SendingJournals?, in world: World
  ) -> ReceiptWatcher {
    ReceiptWatcher(
      client,
      broadcaster: Broadcaster(client, retries: chain.network.retries ?? 4) { world.detail($0) },
      history: journals.map { TransactionHistory($0, of: client, in: world) } ?? .none,
      patience: patience
    ) { world.detail($0) }
  }

  /// What waits for the receipt of a record, and tells it.
  public func reader(
    _ watcher: ReceiptWatcher, _ calls: BuildingCalls, _ chain: ChainOptions, in world: World
  ) throws(Failure) -> ReceiptReader {
    ReceiptReader(
      watcher, confirmations: depth, timeout: try chain.network.recordTimeout(),
      in: world, abi: { calls.abi(at: $0) })
  }
}
