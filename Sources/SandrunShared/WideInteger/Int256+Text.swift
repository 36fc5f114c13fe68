extension Int256: CustomStringConvertible {
  /// The decimal digits, a minus in front where the value is below zero.
  public var description: String { (isNegative ? "-" : "") + magnitude.description }

  /// Reads decimal digits with or without a minus: no plus, no space, no zero in front, no `-0`.
  public init(decimal text: some StringProtocol) throws(WideIntegerError) {
    guard text.utf8.first == UInt8(ascii: "-") else {
      guard let value = Int256(exactly: try UInt256(decimal: text)) else { throw .outOfRange }
      self = value
      return
    }
    let magnitude: UInt256
    do {
      magnitude = try UInt256(decimal: text.dropFirst())
    } catch .badDigit(let offset) {
      throw .badDigit(offset: offset + 1)
    }
    guard magnitude != .min else { throw .notCanonical }
    guard let value = Int256(magnitude: magnitude, isNegative: true) else { throw .outOfRange }
    self = value
  }

  /// The 32 bytes of the two's complement, the most significant first.
  public var bytes: [UInt8] { bits.bytes }

  /// A value from the 32 bytes of its two's complement, the most significant first.
  public init(bytes: some Collection<UInt8>) throws(WideIntegerError) {
    self.init(bitPattern: try UInt256(bytes: bytes))
  }
}
