public import Hashing
internal import Journals
public import Records
internal import Synchronization

extension TransactionJournal {
  /// What is asked of a journal, and told it, while nobody else can append; others' lines are read.
  ///
  /// What a turn appends, it does not find itself. Where the journal cannot be read, nothing is found, and the turn fails
  /// as a whole once its body is done.
  public struct Turn {
    private let journal: TransactionJournal
    private(set) var texts: [[UInt8]] = []
    private(set) var lines: [TransactionLine] = []
    /// Whether something must be on disk before it is acted upon.
    private(set) var mustLast = false

    init(_ journal: TransactionJournal) { self.journal = journal }

    // MARK: Looking up

    /// The lowest nonce from one on that no transaction has which was not refused for good, and that is not among `taken`; nil where all are used up.
    ///
    /// With the chain's latest count, permissions of transactions below it that were not used up by then have no nonces.
    public func lowestNonce(
      from first: UInt64, besides taken: Set<UInt64> = [], mined: UInt64? = nil
    ) -> UInt64? {
      journal.state.withLock { $0.index.lowestNonce(from: first, besides: taken, mined: mined) }
    }

    /// The entry that has a nonce, unless all that it ever had was refused for good.
    public func entry(nonce: UInt64) -> TransactionEntry? {
      entries { $0.entry(nonce: nonce).map { [$0] } ?? [] }.first
    }

    /// The entry that a transaction belongs to, refused or not.
    public func entry(hash: Digest32) -> TransactionEntry? {
      entries { index in index.number(of: hash).map { [Int(index.slots[$0].first)] } ?? [] }.first
    }

    /// The entry of an ID, unless all that it ever had was refused for good.
    public func entry(once: String) -> TransactionEntry? {
      entries { $0.entry(once: once).map { [$0] } ?? [] }.first
    }

    /// The entries with a nonce from one on that were not refused for good, by nonce.
    public func entries(from nonce: UInt64) -> [TransactionEntry] {
      entries { $0.entries(from: nonce) }
    }

    /// The hashes of the first transactions of the entries that are not told, refused ones among them, in the order in which they were signed.
    public var untold: [Digest32] {
      journal.state.withLock { state in state.index.untold.map { state.index.slots[$0].hash } }
    }

    private func entries(_ find: (TransactionIndex) -> [Int]) -> [TransactionEntry] {
      journal.state.withLock { state in
        do throws(JournalError) {
          var found: [TransactionEntry] = []
          for first in find(state.index) { found.append(try state.entry(first)) }
          return found
        } catch {
          state.turnFailure = error
          return []
        }
      }
    }

    // MARK: Appending

    /// Appends a signed transaction: a new entry, or an alternative of the one that has its nonce.
    public mutating func append(_ transaction: JournalledTransaction) {
      let signed = TransactionLine.Signed(
        hash: transaction.hash, nonce: transaction.nonce, uses: transaction.uses,
        once: transaction.once.map { Array($0.utf8) })
      add(.sign(signed), TransactionLine.sign(transaction), mustLast: true)
    }

    /// Appends that another run than the one that signed is about to offer the bytes; nothing where the journal does not have them, or has that already.
    public mutating func offer(_ hash: Digest32) {
      guard slot(hash)?.isOffered == false else { return }
      add(.mark(.offer, hash), TransactionLine.mark(.offer, hash), mustLast: true)
    }

    /// Appends that every endpoint refused the bytes at their first offer; no, and nothing is appended, where `offer` was said of them meanwhile: then their nonce stays theirs.
    public mutating func void(_ hash: Digest32, _ failure: Failure) -> Bool {
      guard let slot = slot(hash), !slot.isOffered else { return false }
      guard slot.void == nil else { return true }
      add(
        .mark(.void, hash), TransactionLine.mark(.void, hash, failure.journalled), mustLast: true)
      return true
    }

    /// Appends that the record of an entry was written; nothing where that is known, or where the journal does not have it.
    public mutating func tell(_ hash: Digest32) {
      guard let slot = slot(hash), first(of: slot)?.isTold == false else { return }
      add(.mark(.told, hash), TransactionLine.mark(.told, hash), mustLast: false)
    }

    /// Appends what became of the entry that a transaction belongs to; nothing where the journal does not have it.
    public mutating func settle(_ hash: Digest32, _ settlement: JournalledSettlement) {
      let subject = settlement.mined ?? hash
      guard slot(hash) != nil, slot(subject) != nil else { return }
      add(
        .mark(settlement.mined == nil ? .replaced : .mined, subject),
        settlement.line(first: hash), mustLast: false)
    }

    private func slot(_ hash: Digest32) -> TransactionIndex.Slot? {
      journal.state.withLock { state in
        state.index.number(of: hash).map { state.index.slots[$0] }
      }
    }

    private func first(of slot: TransactionIndex.Slot) -> TransactionIndex.Slot? {
      journal.state.withLock { $0.index.slots[Int(slot.first)] }
    }

    private mutating func add(_ line: TransactionLine, _ text: [UInt8], mustLast: Bool) {
      lines.append(line)
      texts.append(text)
      self.mustLast = self.mustLast || mustLast
    }
  }
}

extension TransactionJournal.State {
  /// An entry in full, read from the file.
  func entry(_ first: Int) throws(JournalError) -> TransactionEntry {
    let slots = index.transactions(of: first).map { index.slots[$0] }
    var entry = TransactionEntry(
      nonce: index.slots[first].nonce, transactions: [], refused: [:],
      isTold: index.slots[first].isTold)
    do {
      for slot in slots {
        let transaction = try JournalledTransaction(line: try file.text(at: slot.line))
        guard transaction.hash == slot.hash else {
          throw TransactionLine.Unreadable(reason: "\(slot.hash) is no longer where it was")
        }
        entry.transactions.append(transaction)
        guard let void = slot.void else { continue }
        entry.refused[slot.hash] = try Failure(line: try file.text(at: void))
      }
      if let line = index.slots[first].settlement {
        entry.settlement = try JournalledSettlement(line: try file.text(at: line))
      }
    } catch let error as TransactionLine.Unreadable {
      throw .damaged(file.path, nil, .content(error.reason))
    } catch let error as JournalError {
      throw error
    } catch {
      throw .damaged(file.path, nil, .noLine)
    }
    return entry
  }
}
