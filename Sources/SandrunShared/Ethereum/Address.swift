internal import Hashing
public import WideInteger

/// The 20 bytes that name an account.
public struct Address: Hashable, Sendable {
  /// The length in bytes.
  public static let length = 20

  // Words of 64 bits: an argument aligned to 16 bytes spoils an async function's stack (Swift 6.3.1).
  private let high: UInt32
  private let middle: UInt64
  private let low: UInt64

  /// Takes exactly 20 bytes.
  public init(bytes: some Collection<UInt8>) throws(AddressError) {
    guard bytes.count == Self.length else { throw .badLength(bytes.count) }
    var words: (UInt32, UInt64, UInt64) = (0, 0, 0)
    for byte in bytes {
      words.0 = words.0 &<< 8 | UInt32(truncatingIfNeeded: words.1 &>> 56)
      words.1 = words.1 &<< 8 | words.2 &>> 56
      words.2 = words.2 &<< 8 | UInt64(byte)
    }
    (high, middle, low) = words
  }

  /// The address in a word of the ABI; nil where the twelve bytes in front are not zero.
  public init?(word: UInt256) {
    let words = word.words
    guard words.0 == 0, let top = UInt32(exactly: words.1) else { return nil }
    (high, middle, low) = (top, words.2, words.3)
  }

  /// The address in the last 20 bytes of a hash: of a public key, or of a contract's creation.
  init(lastBytesOf digest: Digest32) {
    let words = digest.words
    high = UInt32(truncatingIfNeeded: words.1.bigEndian)
    middle = words.2.bigEndian
    low = words.3.bigEndian
  }

  /// The 20 bytes.
  public var bytes: [UInt8] {
    [UInt8](capacity: Self.length) { bytes in
      for shift in stride(from: 24, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: high &>> UInt32(shift)))
      }
      for word in [middle, low] {
        for shift in stride(from: 56, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: word &>> UInt64(shift)))
        }
      }
    }
  }

  /// The bytes as the ABI pads them: twelve zeros in front.
  public var word: [UInt8] { [UInt8](repeating: 0, count: 12) + bytes }
}

extension Address: CustomStringConvertible, LosslessStringConvertible {
  /// `0x` and 40 digits whose case is the checksum of EIP-55.
  public var description: String {
    var text: [UInt8] = []
    write(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  /// Appends `description` in ASCII.
  public func write(to output: inout [UInt8]) {
    let hash = Keccak256.hash(Self.ascii(digits())).words
    let hashed: InlineArray<3, UInt64> = [hash.0.bigEndian, hash.1.bigEndian, hash.2.bigEndian]
    output.append(UInt8(ascii: "0"))
    output.append(UInt8(ascii: "x"))
    // A letter is upper case where the hash's digit in its place is 8 or more.
    output += Self.ascii(
      digits { part in
        let word = hashed[part / 2] &>> (part.isMultiple(of: 2) ? 32 : 0)
        return HexWord.values(of: UInt32(truncatingIfNeeded: word)) &>> 3
      })
  }

  /// The 40 digits, eight a word; `upper` says by the word's number which letters are upper case.
  private func digits(upper: (Int) -> UInt64 = { _ in 0 }) -> InlineArray<5, UInt64> {
    let parts: InlineArray<5, UInt32> = [
      high, UInt32(truncatingIfNeeded: middle &>> 32), UInt32(truncatingIfNeeded: middle),
      UInt32(truncatingIfNeeded: low &>> 32), UInt32(truncatingIfNeeded: low),
    ]
    return InlineArray { HexWord.characters(of: HexWord.values(of: parts[$0]), upper: upper($0)) }
  }

  private static func ascii(_ words: InlineArray<5, UInt64>) -> [UInt8] {
    [UInt8](capacity: 40) { bytes in
      for index in words.indices {
        for shift in stride(from: 56, through: 0, by: -8) {
          bytes.append(UInt8(truncatingIfNeeded: words[index] &>> UInt64(shift)))
        }
      }
    }
  }

  /// Reads `0x` and 40 digits: all of one case, or with the right checksum of EIP-55.
  public init(parsing text: String) throws(AddressError) {
    let bytes: [UInt8]
    do {
      bytes = try Hex.decode(text)
    } catch .missingPrefix {
      throw .missingPrefix
    } catch .badDigit(let offset) {
      throw .badDigit(offset: offset)
    } catch {
      throw .badLength((text.utf8.count - 2) / 2)
    }
    try self.init(bytes: bytes)
    let digits = text.utf8.dropFirst(2)
    let hasLower = digits.contains { $0 >= UInt8(ascii: "a") }
    let hasUpper = digits.contains { (UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
    guard !(hasLower && hasUpper) || text == description else {
      throw .badChecksum(expected: description)
    }
  }

  /// Reads what `init(parsing:)` reads; nil for anything else.
  public init?(_ description: String) {
    guard let address = try? Address(parsing: description) else { return nil }
    self = address
  }
}

/// Why text or bytes are no address.
public enum AddressError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text does not begin with `0x`.
  case missingPrefix
  /// The byte at this offset of the text is no hexadecimal digit.
  case badDigit(offset: Int)
  /// So many bytes where 20 were wanted.
  case badLength(Int)
  /// The case of the letters is not the checksum of EIP-55: a digit was mistyped, or the case changed.
  case badChecksum(expected: String)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .missingPrefix: "no 0x in front"
    case .badDigit(let offset): "no hexadecimal digit at byte \(offset)"
    case .badLength: "not 0x and 40 hexadecimal digits"
    case .badChecksum(let expected): "wrong EIP-55 checksum, which would be \(expected)"
    }
  }
}
