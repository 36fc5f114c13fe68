public import Commands
public import Ethereum
public import EthereumRPC
internal import Files
internal import Hashing
public import Records
internal import Synchronization
internal import SystemPackage

/// The journals of the accounts that one run sends for.
public final class SendingJournals: Sendable {
  private struct Key: Hashable {
    var sender: Address
    var chain: ChainIdentity
  }

  private let folder: FilePath
  private let detail: @Sendable (String) -> Void
  private let accounts = Mutex<[Key: SendingAccount]>([:])
  private let tellings = AsyncStream.makeStream(of: (SendingAccount, Int).self)

  /// The user's own journals; nothing is read yet.
  public init(in world: World) throws(Failure) {
    folder = try world.folders.state.appending("transactions")
    detail = { world.detail($0) }
  }

  /// Whether there can be any: the folder of them all is there.
  var areThere: Bool { (try? Files.resolve(folder)) != nil }

  /// What this run knows of an account.
  func account(_ sender: Address, on chain: ChainIdentity) -> SendingAccount {
    accounts.withLock { accounts in
      let key = Key(sender: sender, chain: chain)
      if let known = accounts[key] { return known }
      let account = SendingAccount(
        TransactionJournal(of: sender, on: chain, in: folder, detail: detail), tellings.continuation
      )
      accounts[key] = account
      return account
    }
  }

  /// Whether a transaction of an account's journal has a nonce, as far as the journal is certain; nobody is waited for.
  ///
  /// Throws 74 where the journal is damaged.
  public func holds(
    _ nonce: UInt64, of sender: Address, on chain: ChainIdentity
  ) throws(Failure) -> Bool {
    try account(sender, on: chain).journal.holds(nonce)
  }

  /// Whether an account's journal has a transaction of an ID, as far as it is certain; nobody is waited for.
  ///
  /// Throws 74 where the journal is damaged.
  public func has(
    once: String, of sender: Address, on chain: ChainIdentity
  ) throws(Failure) -> Bool {
    try account(sender, on: chain).journal.entry(once: once) != nil
  }

  /// The record that an account's journal has a transaction of an ID for, as far as it is certain; nobody is waited for.
  ///
  /// Throws 74 where the journal is damaged.
  public func record(
    once: String, of sender: Address, on chain: ChainIdentity
  ) throws(Failure) -> Record? {
    try account(sender, on: chain).journal.entry(once: once)?.transactions.first?.record
  }

  /// The accounts that have a journal on a chain.
  func accounts(on chain: ChainIdentity) throws(Failure) -> [SendingAccount] {
    try TransactionJournal.senders(on: chain, in: folder).map { account($0, on: chain) }
  }

  /// Does work, and marks entries as told meanwhile, as their records are written.
  public func whileTelling<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    async let telling: Void = tell()
    let result: Result<Value, Failure>
    do throws(Failure) { result = .success(try await body()) } catch { result = .failure(error) }
    tellings.continuation.finish()
    await telling
    return try result.get()
  }

  private func tell() async {
    for await (account, number) in tellings.stream { await account.journal.tell(number) }
  }
}

/// What one run knows of an account that it sends for.
final class SendingAccount: Sendable {
  private struct State {
    /// Nonces that somebody else's transactions have, though the node did not count them yet: they are not given again.
    var taken: Set<UInt64> = []
    /// What this run has signed or brought: others offer none of it.
    var own: Set<Digest32> = []
    /// The highest count of transactions in blocks, and of all, that a node has told.
    var mined: UInt64?
    var pending: UInt64?
    var isHealed = false
    var isNonceGiven = false
    /// The open nonce that was told last.
    var told: UInt64?
  }

  let journal: TransactionJournal
  private let tellings: AsyncStream<(SendingAccount, Int)>.Continuation
  private let state = Mutex(State())

  init(
    _ journal: TransactionJournal,
    _ tellings: AsyncStream<(SendingAccount, Int)>.Continuation
  ) {
    self.journal = journal
    self.tellings = tellings
  }

  /// Has an entry marked, by the number of one of its transactions: its record was written.
  func tell(_ number: Int) { tellings.yield((self, number)) }

  // MARK: What a node has told

  /// Takes in the counts that came with a draft.
  func note(mined: UInt64?, pending: UInt64? = nil) {
    state.withLock { state in
      if let mined { state.mined = max(state.mined ?? 0, mined) }
      if let pending { state.pending = max(state.pending ?? 0, pending) }
    }
  }

  /// The sender's count of transactions in blocks, as far as a node has told.
  var mined: UInt64? { state.withLock { $0.mined } }

  // MARK: Nonces

  /// The nonces that are not to be given, whatever the journal says.
  var taken: Set<UInt64> { state.withLock { $0.taken } }

  /// Never gives a nonce again.
  func take(_ nonce: UInt64) { state.withLock { _ = $0.taken.insert(nonce) } }

  /// Whether the nonce that an option asks for is still to be given: yes, once.
  func givesAskedNonce() -> Bool {
    state.withLock { state in
      defer { state.isNonceGiven = true }
      return !state.isNonceGiven
    }
  }

  /// The sender's count of transactions, those that wait included, as far as a node has told.
  var pending: UInt64? { state.withLock { $0.pending } }

  /// Whether a nonce that is open before one which a record brought is still to be told: yes, once.
  func tells(open nonce: UInt64) -> Bool {
    state.withLock { state in
      defer { state.told = nonce }
      return state.told != nonce
    }
  }

  // MARK: Healing

  /// Notes what this run offers by itself.
  func own(_ hash: Digest32) { state.withLock { _ = $0.own.insert(hash) } }

  /// Whether this run offers a transaction by itself.
  func owns(_ hash: Digest32) -> Bool { state.withLock { $0.own.contains(hash) } }

  /// Whether what other runs have left is still to be looked for: yes, once.
  func beginsHealing() -> Bool {
    state.withLock { state in
      defer { state.isHealed = true }
      return !state.isHealed
    }
  }
}
