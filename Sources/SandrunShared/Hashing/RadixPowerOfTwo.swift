/// A base whose digits hold a whole number of bits: the encodings of RFC 4648.
struct RadixPowerOfTwo: Sendable {
  static let base16 = RadixPowerOfTwo("0123456789abcdef")
  static let base16Upper = RadixPowerOfTwo("0123456789ABCDEF")
  static let base32 = RadixPowerOfTwo("abcdefghijklmnopqrstuvwxyz234567")
  static let base32Upper = RadixPowerOfTwo("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
  static let base32Hex = RadixPowerOfTwo("0123456789abcdefghijklmnopqrstuv")
  static let base32HexUpper = RadixPowerOfTwo("0123456789ABCDEFGHIJKLMNOPQRSTUV")
  static let base64 = RadixPowerOfTwo(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
  static let base64URL = RadixPowerOfTwo(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")

  private let bits: Int
  private let digits: [UInt8]
  private let values: [UInt8]

  private init(_ alphabet: StaticString) {
    digits = Array("\(alphabet)".utf8)
    bits = digits.count.trailingZeroBitCount
    values = digitValues(of: digits)
  }

  /// The digits of the bytes, without padding; the last digit is filled with zero bits.
  func encode(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count * 8 + bits - 1) / bits)
    var pending: UInt32 = 0
    var count = 0
    for byte in bytes {
      pending = pending << 8 | UInt32(byte)
      count += 8
      while count >= bits {
        count -= bits
        text.append(digits[Int(pending >> UInt32(count)) & (digits.count - 1)])
      }
    }
    if count > 0 {
      text.append(digits[Int(pending << UInt32(bits - count)) & (digits.count - 1)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What fills the digits of so many bytes up to a whole group.
  func padding(_ byteCount: Int) -> String {
    let digits = (byteCount * 8 + bits - 1) / bits
    let group = bits == 5 ? 8 : 4
    return String(repeating: "=", count: (group - digits % group) % group)
  }

  /// The bytes of unpadded digits; no digit may be superfluous, and no stray bit set.
  func decode(_ text: ArraySlice<UInt8>) throws(BaseError) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * bits / 8)
    var pending: UInt32 = 0
    var count = 0
    for (offset, character) in zip(text.indices, text) {
      let value = values[Int(character)]
      guard value != noDigit else { throw .badDigit(offset: offset) }
      pending = pending << UInt32(bits) | UInt32(value)
      count += bits
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: pending >> UInt32(count)))
      }
    }
    guard count < bits else { throw .badLength(text.count) }
    guard pending & (1 << UInt32(count) - 1) == 0 else { throw .strayBits }
    return bytes
  }
}

/// Marks a character that is no digit in a table of `digitValues`.
let noDigit: UInt8 = 0xff

/// The value of each of the 256 possible characters.
func digitValues(of digits: [UInt8]) -> [UInt8] {
  var values = [UInt8](repeating: noDigit, count: 256)
  for (value, digit) in digits.enumerated() { values[Int(digit)] = UInt8(value) }
  return values
}
