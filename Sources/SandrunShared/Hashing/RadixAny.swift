/// A base whose digits are those of one big number, with a leading zero digit for each leading zero byte.
struct RadixAny: Sendable {
  static let base36 = RadixAny("0123456789abcdefghijklmnopqrstuvwxyz")
  static let base36Upper = RadixAny("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ")
  static let base58 = RadixAny("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz")

  /// The longest text that is decoded, in digits: time grows with the square of the length.
  static let limit = 4096

  private let digits: [UInt8]
  private let values: [UInt8]

  private init(_ alphabet: StaticString) {
    digits = Array("\(alphabet)".utf8)
    values = digitValues(of: digits)
  }

  func encode(_ bytes: [UInt8]) -> String {
    let zeros = bytes.prefix { $0 == 0 }.count
    var number = convert(bytes[zeros...], from: 256, to: digits.count)
    number = [UInt8](repeating: 0, count: zeros) + number
    return String(decoding: number.map { digits[Int($0)] }, as: UTF8.self)
  }

  func decode(_ text: ArraySlice<UInt8>) throws(BaseError) -> [UInt8] {
    guard text.count <= Self.limit else { throw .tooLong(limit: Self.limit) }
    var number: [UInt8] = []
    number.reserveCapacity(text.count)
    for (offset, character) in zip(text.indices, text) {
      let value = values[Int(character)]
      guard value != noDigit else { throw .badDigit(offset: offset) }
      number.append(value)
    }
    let zeros = number.prefix { $0 == 0 }.count
    return [UInt8](repeating: 0, count: zeros)
      + convert(number[zeros...], from: digits.count, to: 256)
  }

  /// The digits of a number in another base, both most significant first.
  private func convert(_ number: ArraySlice<UInt8>, from old: Int, to new: Int) -> [UInt8] {
    var result: [UInt8] = []  // least significant first
    for digit in number {
      var carry = Int(digit)
      for index in result.indices {
        carry += Int(result[index]) * old
        result[index] = UInt8(carry % new)
        carry /= new
      }
      while carry > 0 {
        result.append(UInt8(carry % new))
        carry /= new
      }
    }
    return result.reversed()
  }
}
