extension UInt256 {
  /// The 32 bytes, the most significant first: the word of the Ethereum ABI.
  public var bytes: [UInt8] {
    let words = words
    return [UInt8](capacity: 32) { bytes in
      for word in [words.0, words.1, words.2, words.3] {
        for shift in stride(from: 56, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: word &>> UInt64(shift)))
        }
      }
    }
  }

  /// The bytes without the zeros in front: none for zero, as RLP has it.
  public var minimalBytes: [UInt8] { Array(bytes.drop { $0 == 0 }) }

  /// A value from exactly 32 bytes, the most significant first.
  public init(bytes: some Collection<UInt8>) throws(WideIntegerError) {
    guard bytes.count == 32 else { throw .badLength(bytes.count) }
    self.init(word: bytes)
  }

  /// A value from at most 32 bytes, the most significant first; zeros in front are taken.
  public init(minimalBytes bytes: some Collection<UInt8>) throws(WideIntegerError) {
    guard bytes.count <= 32 else { throw .badLength(bytes.count) }
    self.init(word: bytes)
  }

  private init(word bytes: some Collection<UInt8>) {
    // Two halves, each in one register or two: a generic collection is walked once, and nothing wide is shifted.
    var (high, low): (UInt128, UInt128) = (0, 0)
    for byte in bytes {
      high = high &<< 8 | low &>> 120
      low = low &<< 8 | UInt128(byte)
    }
    self.init(high: high, low: low)
  }

  /// A value from exactly 32 bytes, the most significant first.
  public init(bytes: ArraySlice<UInt8>) throws(WideIntegerError) {
    try self.init(bytes: bytes.span)
  }

  /// A value from exactly 32 bytes, the most significant first.
  public init(bytes: Span<UInt8>) throws(WideIntegerError) {
    guard bytes.count == 32 else { throw .badLength(bytes.count) }
    func word(_ offset: Int) -> UInt64 {
      var word: UInt64 = 0
      for index in offset..<offset + 8 { word = word &<< 8 | UInt64(bytes[index]) }
      return word
    }
    self.init(words: (word(0), word(8), word(16), word(24)))
  }
}
