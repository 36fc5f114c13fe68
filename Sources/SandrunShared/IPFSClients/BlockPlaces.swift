internal import Hashing
internal import IPFS

/// Where blocks lie in a file, in 16 bytes each: a map from whole digests would take three times that.
struct BlockPlaces {
  /// Where a block lies.
  struct Place: Equatable {
    /// No block is longer than 2 MiB: 22 bits hold its length, and leave 42 for where it begins, 4 TiB.
    private static let lengthBits: UInt64 = 22

    fileprivate let word: UInt64

    var offset: Int { Int(word >> Self.lengthBits) }
    var length: Int { Int(word & ((1 << Self.lengthBits) - 1)) }

    /// Gives nil where the offset or the length is too large to be one.
    init?(offset: Int, length: Int) {
      guard let offset = UInt64(exactly: offset), offset < 1 << (64 - Self.lengthBits),
        (0...Block.maximumLength).contains(length)
      else { return nil }
      word = offset << Self.lengthBits | UInt64(length)
    }

    fileprivate init(word: UInt64) { self.word = word }
  }

  /// By the first eight bytes of their digests: whoever asks proves what he gets.
  private var first: [UInt64: UInt64] = [:]
  /// Those whose first eight bytes were there already: what an archive holds twice, or somebody took pains over.
  private var others: [Digest32: UInt64] = [:]

  subscript(key: Digest32) -> Place? {
    (others[key] ?? first[key.prefix]).map(Place.init(word:))
  }

  mutating func insert(_ place: Place, for key: Digest32) {
    guard let before = first.updateValue(place.word, forKey: key.prefix) else { return }
    first[key.prefix] = before
    others[key] = place.word
  }
}
