internal import Hashing
internal import Journals

/// What is kept in memory of a journal: of each transaction where its line stands, its nonce, and what happened to it.
struct TransactionIndex {
  typealias Extent = JournalFile.Extent

  /// One signed transaction.
  struct Slot {
    let hash: Digest32
    let nonce: UInt64
    let uses: UInt64
    let line: Extent
    /// The entry's first transaction: its own number where it is that.
    var first: Int32
    /// The one signed next for the same entry.
    var next: Int32?
    /// The line that says how its only offer ended.
    var void: Extent?
    var isOffered = false
    /// Of an entry's first: whether its record was told, and the line that says how it ended.
    var isTold = false
    var settlement: Extent?
    /// Of an entry's first: the line that gave it an ID which it was signed without.
    var name: Extent?
  }

  private(set) var slots: [Slot] = []
  private var numbers: [Digest32: Int32] = [:]
  /// The entry of each nonce that has one, by its first transaction.
  private var entries: [UInt64: Int32] = [:]
  private var ids: [[UInt8]: Int32] = [:]
  /// The nonces that entries or their permissions have.
  private var used = RangeSet<UInt64>()
  /// How many transactions use a nonce up by a permission.
  private var covered: [UInt64: Int] = [:]
  /// The transactions that have such permissions.
  private var covering: [Int32] = []
  /// Where the last line ends that a node may have to do with.
  private(set) var signedEnd = 0

  /// Takes a line in; throws where it speaks of what no line before it told.
  mutating func apply(
    _ line: TransactionLine, at extent: Extent
  ) throws(TransactionLine.Unreadable) {
    switch line {
    case .sign(let signed):
      guard slots.count < Int32.max else { throw .init(reason: "it is one too many") }
      add(signed, extent)
      signedEnd = extent.offset + extent.count
    case .mark(let mark, let place): set(mark, of: try index(of: place), extent)
    case .name(let once, let place):
      let number = try index(of: place)
      slots[Int(slots[number].first)].name = extent
      ids[once] = Int32(number)
    }
  }

  private func index(
    of place: TransactionLine.Place
  ) throws(TransactionLine.Unreadable) -> Int {
    let index = place.number &- 1
    guard slots.indices.contains(index), slots[index].hash == place.hash else {
      throw .init(reason: "no line before it is signature \(place.number) and has \(place.hash)")
    }
    return index
  }

  private mutating func add(_ signed: TransactionLine.Signed, _ extent: Extent) {
    let number = Int32(slots.count)
    let first = entries[signed.nonce] ?? number
    slots.append(
      Slot(
        hash: signed.hash, nonce: signed.nonce, uses: signed.uses, line: extent, first: first))
    if first == number {
      entries[signed.nonce] = number
    } else {
      var last = Int(first)
      while let next = slots[last].next { last = Int(next) }
      slots[last].next = number
    }
    numbers[signed.hash] = number
    if let once = signed.once { ids[once] = number }
    if signed.uses > 0 { covering.append(number) }
    used.insert(contentsOf: signed.nonce..<signed.nonce + signed.uses + 1)
    for nonce in signed.nonce..<signed.nonce + signed.uses { covered[nonce + 1, default: 0] += 1 }
  }

  private mutating func set(_ mark: TransactionLine.Mark, of number: Int, _ extent: Extent) {
    let first = Int(slots[number].first)
    switch mark {
    case .offer: slots[number].isOffered = true
    case .told: slots[first].isTold = true
    case .mined, .replaced: slots[first].settlement = extent
    case .void:
      guard slots[number].void == nil else { return }
      slots[number].void = extent
      free(slots[number])
    }
  }

  /// Gives the nonces of a transaction back that was refused for good, as far as no other has them.
  private mutating func free(_ slot: Slot) {
    for nonce in slot.nonce..<slot.nonce + slot.uses {
      let count = (covered[nonce + 1] ?? 1) - 1
      covered[nonce + 1] = count > 0 ? count : nil
    }
    if isVoid(entry: Int(slot.first)), entries[slot.nonce] == slot.first {
      entries[slot.nonce] = nil
    }
    for nonce in slot.nonce..<slot.nonce + slot.uses + 1
    where entries[nonce] == nil && covered[nonce] == nil {
      used.remove(contentsOf: nonce..<nonce + 1)
    }
  }

  // MARK: Looking up

  /// The numbers of an entry's transactions, in the order in which they were signed.
  func transactions(of first: Int) -> [Int] {
    var numbers = [first]
    while let next = numbers.last.flatMap({ slots[$0].next }) { numbers.append(Int(next)) }
    return numbers
  }

  /// Whether all that an entry ever had was refused for good.
  func isVoid(entry first: Int) -> Bool {
    transactions(of: first).allSatisfy { slots[$0].void != nil }
  }

  /// A transaction's number by its hash; the last one where it was signed anew.
  func number(of hash: Digest32) -> Int? { numbers[hash].map(Int.init) }

  /// The first transaction of the entry that has a nonce.
  func entry(nonce: UInt64) -> Int? { entries[nonce].map(Int.init) }

  /// The first transaction of the entry that has an ID; nil where that is void.
  func entry(once: String) -> Int? {
    guard let number = ids[Array(once.utf8)] else { return nil }
    let first = Int(slots[Int(number)].first)
    return isVoid(entry: first) ? nil : first
  }

  /// The first transactions of the entries with a nonce from one on, by nonce.
  func entries(from nonce: UInt64) -> [Int] {
    used.ranges.filter { $0.upperBound > nonce }.flatMap { range in
      (max(range.lowerBound, nonce)..<range.upperBound).compactMap { entry(nonce: $0) }
    }
  }

  /// The first transactions of the entries whose record was not told, in the order in which they were signed.
  var untold: [Int] {
    slots.indices.filter { slots[$0].first == Int32($0) && !slots[$0].isTold }
  }

  /// The lowest nonce from one on that nobody has; nil where all are used up (EIP-2681).
  ///
  /// Below the chain's latest count it is decided whose permissions were used: what they did not use up is free again.
  func lowestNonce(
    from first: UInt64, besides taken: Set<UInt64>, mined: UInt64? = nil
  ) -> UInt64? {
    let lowest = lowestUnused(from: first, besides: taken)
    guard let mined, covering.contains(where: { slots[Int($0)].nonce < mined }) else {
      return lowest
    }
    var (open, decided) = (RangeSet<UInt64>(), RangeSet<UInt64>())
    for slot in covering.map({ slots[Int($0)] }) where slot.void == nil {
      let range = slot.nonce + 1..<slot.nonce + slot.uses + 1
      if slot.nonce < mined {
        decided.insert(contentsOf: range)
      } else {
        open.insert(contentsOf: range)
      }
    }
    let start = max(first, mined)
    for range in decided.subtracting(open).ranges where range.upperBound > start {
      let freed = (max(range.lowerBound, start)..<range.upperBound).first {
        entries[$0] == nil && !taken.contains($0)
      }
      if let freed { return min(freed, lowest ?? freed) }
    }
    return lowest
  }

  private func lowestUnused(from first: UInt64, besides taken: Set<UInt64>) -> UInt64? {
    var nonce = first
    while nonce < .max {
      let end = self.end(ofRunAt: nonce)
      if end == nonce, !taken.contains(nonce) { return nonce }
      nonce = end == nonce ? nonce + 1 : end
    }
    return nil
  }

  /// Where the stretch of nonces in use ends that one lies in; itself where it is free.
  private func end(ofRunAt nonce: UInt64) -> UInt64 {
    let ranges = used.ranges
    var (low, high) = (ranges.startIndex, ranges.endIndex)
    while low < high {
      let middle = ranges.index(low, offsetBy: ranges.distance(from: low, to: high) / 2)
      if ranges[middle].upperBound <= nonce {
        low = ranges.index(after: middle)
      } else {
        high = middle
      }
    }
    guard low < ranges.endIndex, ranges[low].contains(nonce) else { return nonce }
    return ranges[low].upperBound
  }
}
