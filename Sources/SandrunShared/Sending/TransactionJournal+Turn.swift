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
    private var signatures = 0

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

    /// The entry that a transaction belongs to, by the transaction's number.
    public func entry(number: Int) -> TransactionEntry? {
      entries { index in
        index.slots.indices.contains(number - 1) ? [Int(index.slots[number - 1].first)] : []
      }.first
    }

    /// The number of a transaction by its hash; the last one's where it was signed anew.
    public func number(of hash: Digest32) -> Int? {
      journal.state.withLock { $0.index.number(of: hash).map { $0 + 1 } }
    }

    /// The entries that are not told, refused ones among them, in the order in which they were signed.
    public var untold: [TransactionEntry] { entries { $0.untold } }

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

    /// Appends a signed transaction: a new entry, or an alternative of the one that has its nonce; gives its number.
    @discardableResult
    public mutating func append(_ transaction: JournalledTransaction) -> Int {
      let signed = TransactionLine.Signed(
        hash: transaction.hash, nonce: transaction.nonce, uses: transaction.uses,
        once: transaction.once.map { Array($0.utf8) })
      var transaction = transaction
      transaction.process = SigningProcess.own
      add(.sign(signed), TransactionLine.sign(transaction), mustLast: true)
      signatures += 1
      return journal.state.withLock { $0.index.slots.count } + signatures
    }

    /// Appends that the bytes are about to be offered by another than who signed them, or again, unless that is known.
    ///
    /// No, and nothing is appended, where they were refused for good: then nobody may offer them any more, for their
    /// nonce and their ID are free. The turn's commit is to be awaited before: it has what was signed on disk, too.
    public mutating func offer(_ number: Int) -> Bool {
      guard let slot = slot(number), slot.void == nil else { return false }
      mustLast = true
      if !slot.isOffered { mark(.offer, number, slot) }
      return true
    }

    /// Appends that every endpoint refused the bytes at their first offer; no, and nothing is appended, where `offer` was said of them meanwhile: then their nonce stays theirs.
    public mutating func void(_ number: Int, _ failure: Failure) -> Bool {
      guard let slot = slot(number), !slot.isOffered else { return false }
      if slot.void == nil { mark(.void, number, slot, failure.journalled) }
      return true
    }

    /// Appends that the record of an entry was written; nothing where that is known, or where the journal does not have it.
    public mutating func tell(_ number: Int) {
      guard let slot = slot(number), self.slot(Int(slot.first) + 1)?.isTold == false else { return }
      mark(.told, number, slot, mustLast: false)
    }

    /// Appends the ID of an entry that was signed without one, by the number of one of its transactions.
    public mutating func name(_ number: Int, _ once: String) {
      guard let slot = slot(number) else { return }
      let place = TransactionLine.Place(number: number, hash: slot.hash)
      add(.name(Array(once.utf8), place), TransactionLine.name(once, place), mustLast: true)
    }

    /// Appends what became of the entry that a transaction belongs to; nothing where the journal does not have it.
    public mutating func settle(_ hash: Digest32, _ settlement: JournalledSettlement) {
      let subject = settlement.mined ?? hash
      guard number(of: hash) != nil, let number = number(of: subject) else { return }
      let place = TransactionLine.Place(number: number, hash: subject)
      add(
        .mark(settlement.mined == nil ? .replaced : .mined, place), settlement.line(of: place),
        mustLast: false)
    }

    private func slot(_ number: Int) -> TransactionIndex.Slot? {
      journal.state.withLock { state in
        state.index.slots.indices.contains(number - 1) ? state.index.slots[number - 1] : nil
      }
    }

    private mutating func mark(
      _ mark: TransactionLine.Mark, _ number: Int, _ slot: TransactionIndex.Slot,
      _ more: JSONObject = [:], mustLast: Bool = true
    ) {
      let place = TransactionLine.Place(number: number, hash: slot.hash)
      add(.mark(mark, place), TransactionLine.mark(mark, place, more), mustLast: mustLast)
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
    var entry = TransactionEntry(
      nonce: index.slots[first].nonce, transactions: [], isTold: index.slots[first].isTold)
    do {
      for place in index.transactions(of: first) {
        let slot = index.slots[place]
        var transaction = try JournalledTransaction(line: try file.text(at: slot.line))
        guard transaction.hash == slot.hash else {
          throw TransactionLine.Unreadable(reason: "\(slot.hash) is no longer where it was")
        }
        transaction.number = place + 1
        if let void = slot.void {
          transaction.refusal = try Failure(line: try file.text(at: void))
        }
        entry.once = transaction.once ?? entry.once
        entry.transactions.append(transaction)
      }
      if let line = index.slots[first].name {
        entry.once = try TransactionLine.once(in: try file.text(at: line))
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
