extension CID.Codec: CustomStringConvertible {
  /// The names of the multicodec table that one meets in CIDs.
  private static let names: [(number: UInt64, name: String)] = [
    (0x51, "cbor"),
    (0x55, "raw"),
    (0x70, "dag-pb"),
    (0x71, "dag-cbor"),
    (0x72, "libp2p-key"),
    (0x78, "git-raw"),
    (0x7b, "torrent-info"),
    (0x7c, "torrent-file"),
    (0x85, "dag-jose"),
    (0x86, "dag-cose"),
    (0x90, "eth-block"),
    (0x91, "eth-block-list"),
    (0x92, "eth-tx-trie"),
    (0x93, "eth-tx"),
    (0x96, "eth-state-trie"),
    (0xb0, "bitcoin-block"),
    (0xb1, "bitcoin-tx"),
    (0x129, "dag-json"),
    (0x200, "json"),
    (0x202, "car"),
    (0xf101, "fil-commitment-unsealed"),
    (0xf102, "fil-commitment-sealed"),
  ]

  /// Its name in the multicodec table, or its number where that is not one that one meets.
  public var description: String {
    Self.names.first { $0.number == rawValue }?.name ?? number
  }

  /// Its number, in hexadecimal digits.
  public var number: String { "0x" + String(rawValue, radix: 16) }

  /// The codec of this name, or of this number with `0x` before it.
  public init?(named name: String) {
    if let known = Self.names.first(where: { $0.name == name }) {
      self.init(rawValue: known.number)
    } else if name.hasPrefix("0x"), let number = UInt64(name.dropFirst(2), radix: 16),
      number < 1 << 63
    {
      self.init(rawValue: number)
    } else {
      return nil
    }
  }
}
