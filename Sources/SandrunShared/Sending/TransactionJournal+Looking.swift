public import Hashing
internal import Journals
public import Records
internal import Synchronization

/// Looking without a turn, as far as the journal is certain: nobody is waited for, and nothing is written.
extension TransactionJournal {
  /// The entry that a transaction belongs to.
  public func entry(of hash: Digest32) throws(Failure) -> TransactionEntry? {
    try looking { (state) throws(JournalError) in
      guard let number = state.index.number(of: hash) else { return nil }
      return try state.entry(Int(state.index.slots[number].first))
    }
  }

  /// The entry of an ID, unless all that it ever had was refused for good.
  public func entry(once: String) throws(Failure) -> TransactionEntry? {
    try looking { (state) throws(JournalError) in
      guard let first = state.index.entry(once: once) else { return nil }
      return try state.entry(first)
    }
  }

  /// The entries with a nonce from one on that were not refused for good, by nonce.
  public func entries(from nonce: UInt64) throws(Failure) -> [TransactionEntry] {
    try looking { (state) throws(JournalError) in
      var found: [TransactionEntry] = []
      for first in state.index.entries(from: nonce) { found.append(try state.entry(first)) }
      return found
    }
  }

  /// The entries that are not told, refused ones among them, in the order in which they were signed.
  func untold() throws(Failure) -> [TransactionEntry] {
    try looking { (state) throws(JournalError) in
      var found: [TransactionEntry] = []
      for first in state.index.untold { found.append(try state.entry(first)) }
      return found
    }
  }

  /// Whether a transaction has a nonce.
  public func holds(_ nonce: UInt64) throws(Failure) -> Bool {
    try looking { (state) in state.index.lowestNonce(from: nonce, besides: []) != nonce }
  }

  private func looking<Value: Sendable>(
    _ look: (borrowing State) throws(JournalError) -> Value
  ) throws(Failure) -> Value {
    do throws(JournalError) {
      return try state.withLock { state throws(JournalError) in
        if let failure = state.failure { throw failure }
        if !state.file.isLocked { try state.read() }
        return try look(state)
      }
    } catch {
      throw Failure(error)
    }
  }
}
