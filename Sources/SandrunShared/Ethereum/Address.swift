internal import Hashing

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
    high = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    middle = bytes.dropFirst(4).prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes.dropFirst(12).reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The address in the last 20 bytes of a hash: of a public key, or of a contract's creation.
  init(lastBytesOf digest: Digest32) {
    let bytes = digest.bytes
    high = bytes[12..<16].reduce(0) { $0 << 8 | UInt32($1) }
    middle = bytes[16..<24].reduce(0) { $0 << 8 | UInt64($1) }
    low = bytes[24...].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// The 20 bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.length)
    for shift in stride(from: 24, through: 0, by: -8) {
      bytes.append(UInt8(truncatingIfNeeded: high >> shift))
    }
    for word in [middle, low] {
      for shift in stride(from: 56, through: 0, by: -8) {
        bytes.append(UInt8(truncatingIfNeeded: word >> shift))
      }
    }
    return bytes
  }

  /// The bytes as the ABI pads them: twelve zeros in front.
  public var word: [UInt8] { [UInt8](repeating: 0, count: 12) + bytes }
}

extension Address: CustomStringConvertible, LosslessStringConvertible {
  /// `0x` and 40 digits whose case is the checksum of EIP-55.
  public var description: String {
    let digits = Array(Hex.digits(bytes).utf8)
    let hash = Keccak256.hash(digits).bytes
    let cased = digits.enumerated().map { index, digit in
      let nibble = hash[index / 2] >> (index.isMultiple(of: 2) ? 4 : 0) & 0xf
      return nibble >= 8 && digit >= UInt8(ascii: "a") ? digit - 0x20 : digit
    }
    return "0x" + String(decoding: cased, as: UTF8.self)
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
