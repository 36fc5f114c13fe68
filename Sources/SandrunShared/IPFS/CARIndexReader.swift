internal import Hashing

/// Reads the index of a CAR, version 2, as its bytes come, and holds it against the blocks that were read before.
///
/// Both formats are known: IndexSorted (0x0400), buckets of digests of one length, and MultihashIndexSorted (0x0401), such buckets for
/// each hash function. A digest must stand behind another that is no greater, and lead to a block that it names.
struct CARIndexReader: Sendable {
  /// Where a block lies, as bits 16 and up, below it its hash function; and what its digest hashes to in this process.
  private struct Section {
    var place: UInt64
    var key: Int
  }

  private enum Field {
    case codec
    case functionCount
    case function
    case widthCount
    case width
    case entries
    case end
  }

  private let isWhole: Bool
  private var sections: [Section] = []
  /// Which sections an entry led to; made when the first entry comes.
  private var found: [Bool] = []
  private var field = Field.codec
  private var pending: [UInt8] = []
  private var hasFunctions = false
  private var function: UInt64?
  private var functionsLeft: UInt32 = 0
  private var widthsLeft: UInt32 = 0
  private var lastFunction: UInt64?
  private var lastWidth: UInt32?
  private var width = 0
  private var bytesLeft: UInt64 = 0
  private var last: [UInt8] = []

  /// Makes a reader; one of an index that has every block demands each.
  init(isWhole: Bool) {
    self.isWhole = isWhole
  }

  /// Whether the index was read to its end.
  var isComplete: Bool { field == .end }

  /// Takes note of a block and of the offset of its section in the archive of version 1.
  mutating func note(_ cid: CID, at offset: Int) {
    sections.append(
      Section(
        place: UInt64(offset) << 16 | Self.mark(cid.hashFunction.rawValue),
        key: Self.key(cid.digest[...])))
  }

  /// Takes the next bytes; `start` is where they lie in the archive.
  mutating func feed(_ bytes: RawSpan, at start: Int) throws(CARError) {
    for offset in 0..<bytes.byteCount {
      guard field != .end else { throw .bytesAfterTheEnd(offset: start + offset) }
      pending.append(unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self))
      if pending.count == wanted(pending) {
        try take(at: start + offset + 1 - pending.count)
        pending.removeAll(keepingCapacity: true)
      }
    }
  }

  /// How many bytes the field at hand has.
  private func wanted(_ bytes: [UInt8]) -> Int {
    switch field {
    case .codec: bytes.last.map { $0 & 0x80 == 0 || bytes.count == 9 } == true ? bytes.count : 0
    case .functionCount, .widthCount: 4
    case .function: 8
    case .width: 12
    case .entries: width
    case .end: 0
    }
  }

  private mutating func take(at offset: Int) throws(CARError) {
    switch field {
    case .codec:
      var end = 0
      switch try? Varint.read(pending, at: &end) {
      case 0x0400: field = .widthCount
      case 0x0401:
        hasFunctions = true
        field = .functionCount
      case let codec: throw .unknownIndex(codec ?? 0, offset: offset)
      }
    case .functionCount:
      functionsLeft = LittleEndian.uint32(pending, at: 0)
      field = .function
      try endWidths()
    case .function:
      let number = LittleEndian.uint64(pending, at: 0)
      if let lastFunction, number <= lastFunction { throw .badIndex(offset: offset) }
      (function, lastFunction, lastWidth) = (number, number, nil)
      field = .widthCount
    case .widthCount:
      widthsLeft = LittleEndian.uint32(pending, at: 0)
      if hasFunctions { functionsLeft -= 1 }
      try endEntries()
    case .width: try takeWidth(at: offset)
    case .entries: try takeEntry(at: offset)
    case .end: break
    }
  }

  private mutating func takeWidth(at offset: Int) throws(CARError) {
    let number = LittleEndian.uint32(pending, at: 0)
    bytesLeft = LittleEndian.uint64(pending, at: 4)
    guard number >= 8, number <= UInt32(8 + CID.maximumDigestLength),
      bytesLeft.isMultiple(of: UInt64(number)), number > lastWidth ?? 0,
      bytesLeft / UInt64(number) <= UInt64(sections.count)
    else { throw .badIndex(offset: offset) }
    width = Int(number)
    lastWidth = number
    widthsLeft -= 1
    last = []
    field = .entries
    if bytesLeft == 0 { try endEntries() }
  }

  private mutating func takeEntry(at offset: Int) throws(CARError) {
    let digest = pending[..<(width - 8)]
    let place = LittleEndian.uint64(pending, at: width - 8)
    guard !digest.lexicographicallyPrecedes(last) else { throw .badIndex(offset: offset) }
    if found.isEmpty { found = [Bool](repeating: false, count: sections.count) }
    guard let position = section(at: place), sections[position].key == Self.key(digest),
      function == nil || sections[position].place & 0xffff == Self.mark(function ?? 0)
    else { throw .wrongIndex(offset: offset) }
    found[position] = true
    last = Array(digest)
    bytesLeft -= UInt64(width)
    if bytesLeft == 0 { try endEntries() }
  }

  private mutating func endEntries() throws(CARError) {
    field = .width
    if widthsLeft == 0 { try endWidths() }
  }

  private mutating func endWidths() throws(CARError) {
    field = .function
    guard functionsLeft == 0 else { return }
    field = .end
    // An archive may hold one block twice, and its index lead to one of the two.
    guard isWhole else { return }
    var named: Set<Int> = []
    for (section, isFound) in zip(sections, found) where isFound { named.insert(section.key) }
    let missing = sections.contains { section in
      // Writers mostly leave out what lies in its CID: function 0.
      section.place & 0xffff != 0 && !named.contains(section.key)
    }
    if missing { throw .incompleteIndex }
  }

  /// Which section begins at an offset.
  private func section(at offset: UInt64) -> Int? {
    var (low, high) = (0, sections.count)
    while low < high {
      let middle = (low + high) / 2
      if sections[middle].place >> 16 < offset { low = middle + 1 } else { high = middle }
    }
    return low < sections.count && sections[low].place >> 16 == offset ? low : nil
  }

  private static func mark(_ function: UInt64) -> UInt64 { min(function, 0xffff) }

  /// Of one process only: who makes an archive cannot know it.
  private static func key(_ digest: ArraySlice<UInt8>) -> Int {
    var hasher = Hasher()
    unsafe digest.withUnsafeBytes { unsafe hasher.combine(bytes: $0) }
    return hasher.finalize()
  }
}
