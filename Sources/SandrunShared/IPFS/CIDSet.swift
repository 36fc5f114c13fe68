internal import Hashing

/// Which CIDs were met, in 16 to 32 bytes each: a million take 32 MiB.
///
/// It keeps 128 bits of the SHA-256 of each CID, so that two of them are one for nobody who cannot find such a pair.
public struct CIDSet: Sendable {
  /// Two words a slot; both are zero where it is free.
  private var words: [UInt64]
  /// How many there are.
  public private(set) var count = 0

  /// None.
  public init() { words = Array(repeating: 0, count: 2 << 6) }

  /// Puts one in; says whether it was not there.
  public mutating func insert(_ cid: CID) -> Bool {
    let key = Self.key(of: cid)
    var slot = self.slot(of: key)
    guard words[slot] != key.0 || words[slot + 1] != key.1 else { return false }
    // Three quarters full, looking becomes slow.
    if (count + 1) * 8 > words.count * 3 {
      grow()
      slot = self.slot(of: key)
    }
    words[slot] = key.0
    words[slot + 1] = key.1
    count += 1
    return true
  }

  /// Whether one is in it.
  public func contains(_ cid: CID) -> Bool {
    let slot = slot(of: Self.key(of: cid))
    return words[slot] != 0 || words[slot + 1] != 0
  }

  /// Where a key is, or the free slot that it would take.
  private func slot(of key: (UInt64, UInt64)) -> Int {
    let mask = words.count / 2 - 1
    var index = Int(truncatingIfNeeded: key.0) & mask
    while words[2 * index] != 0 || words[2 * index + 1] != 0 {
      if words[2 * index] == key.0, words[2 * index + 1] == key.1 { break }
      index = (index + 1) & mask
    }
    return 2 * index
  }

  private mutating func grow() {
    let old = words
    words = Array(repeating: 0, count: 2 * old.count)
    for index in stride(from: 0, to: old.count, by: 2) where old[index] != 0 || old[index + 1] != 0
    {
      let slot = self.slot(of: (old[index], old[index + 1]))
      words[slot] = old[index]
      words[slot + 1] = old[index + 1]
    }
  }

  private static func key(of cid: CID) -> (UInt64, UInt64) {
    let digest = SHA256.hash(cid.bytes).bytes
    func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reduce(0) { $0 << 8 | UInt64($1) } }
    let key = (word(digest[0..<8]), word(digest[8..<16]))
    return key == (0, 0) ? (0, 1) : key
  }
}
