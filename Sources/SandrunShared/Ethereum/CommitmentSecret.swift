public import Hashing
public import WideInteger

/// The 32 random bytes of a node that hide what it commits itself to: move-only, wiped, without a description.
///
/// They are made once. Whoever loses them cannot open the commitments made with them, and loses their bonds.
public struct CommitmentSecret: ~Copyable, Sendable {
  /// The length in bytes.
  static let length = 32

  private let bytes: SecretBytes

  /// Whether it was made just now, so that no backup has it.
  public internal(set) var isNew = false

  private init(_ bytes: consuming SecretBytes) { self.bytes = bytes }

  /// A new secret from the system's random numbers.
  static func random() -> CommitmentSecret { CommitmentSecret(.random(count: length)) }

  /// The salt of the node's commitment to a job: HMAC-SHA-256 over the chain's id, the contract and the job's id, a word each.
  public borrowing func salt(
    chainId: UInt256, marketplace: Address, jobId: Digest32
  ) -> Digest32 {
    let message = chainId.bytes + marketplace.word + jobId.bytes
    return bytes.withSpan { HMACSHA256.code(key: $0, of: message.span) }
  }
}

// MARK: As a file has it

extension CommitmentSecret {
  /// The length of its line: 64 digits, a space, 8 digits, a newline.
  static let lineLength = 2 * length + 2 + 2 * checkLength
  private static let checkLength = 4
  private static let digits = Array("0123456789abcdef".utf8)

  /// The secret in hexadecimal digits, and a check over it and the account that it belongs to.
  borrowing func line(of node: Address) -> SecretBytes {
    let check = bytes.withSpan { Self.check($0, node) }
    return bytes.withSpan { secret in
      unsafe SecretBytes(count: Self.lineLength) { base in
        for index in 0..<Self.length {
          unsafe base[2 * index] = Self.digits[Int(secret[index] >> 4)]
          unsafe base[2 * index + 1] = Self.digits[Int(secret[index] & 0xf)]
        }
        unsafe base[2 * Self.length] = UInt8(ascii: " ")
        for (index, byte) in check.enumerated() {
          let place = 2 * (Self.length + index) + 1
          unsafe base[place] = Self.digits[Int(byte >> 4)]
          unsafe base[place + 1] = Self.digits[Int(byte & 0xf)]
        }
        unsafe base[Self.lineLength - 1] = UInt8(ascii: "\n")
      }
    }
  }

  /// Reads what `line(of:)` writes; nil for anything else, and for the line of another account.
  init?(line: borrowing SecretBytes, of node: Address) {
    let found: SecretBytes? = line.withSpan { line in
      guard line.count == Self.lineLength, line[2 * Self.length] == UInt8(ascii: " "),
        line[Self.lineLength - 1] == UInt8(ascii: "\n")
      else { return nil }
      var isFit = true
      let bytes = unsafe SecretBytes(count: Self.length) { base in
        for index in 0..<Self.length {
          guard let byte = Self.byte(line, at: 2 * index) else {
            isFit = false
            return
          }
          unsafe base[index] = byte
        }
      }
      let stated = (0..<Self.checkLength).map { Self.byte(line, at: 2 * (Self.length + $0) + 1) }
      guard isFit, bytes.withSpan({ Self.check($0, node) }) == stated else { return nil }
      return bytes
    }
    guard let found else { return nil }
    self.init(found)
  }

  private static func check(_ secret: Span<UInt8>, _ node: Address) -> [UInt8] {
    var hasher = SHA256()
    hasher.update(node.bytes)
    hasher.update(secret)
    return Array(hasher.finish().bytes.prefix(checkLength))
  }

  private static func byte(_ line: Span<UInt8>, at place: Int) -> UInt8? {
    guard let high = nibble(line[place]), let low = nibble(line[place + 1]) else { return nil }
    return high << 4 | low
  }

  private static func nibble(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
