internal import Glibc

/// Text in Unicode's form NFKD (UAX #15), which BIP-39 wants of words and passphrases.
///
/// Foundation's own brings 40 MB of tables, and copies secrets. What these tables do not tell is refused, not guessed.
enum CompatibilityForm {
  /// Why a text has no such form here.
  enum Failure: Error {
    case notUTF8
    /// A scalar that is newer than the tables, or rare.
    case untold
  }

  private static let table: [UInt32: [UInt32]] = {
    var table: [UInt32: [UInt32]] = [:]
    for entry in decompositions.split(whereSeparator: \.isWhitespace) {
      let sides = entry.split(separator: "=")
      table[number(sides[0])] = sides[1].split(separator: "+").map(number)
    }
    return table
  }()

  private static let refused: [ClosedRange<UInt32>] =
    untold.split(whereSeparator: \.isWhitespace).map { range in
      let ends = range.split(separator: "-").map(number)
      return ends[0]...ends[1]
    }

  private static func number(_ digits: Substring) -> UInt32 { UInt32(digits, radix: 16) ?? 0 }

  /// The text's form, as UTF-8; the text itself is what has no other letters than ASCII's.
  static func apply(_ text: borrowing SecretBytes) throws(Failure) -> SecretBytes {
    let isASCII = text.withSpan { span in span.indices.allSatisfy { span[$0] < 0x80 } }
    guard !isASCII else { return text.prefix(text.count) }
    // A scalar of two bytes or more falls apart into four at most: the array never moves, and leaves no copy behind.
    var scalars: [UInt32] = []
    scalars.reserveCapacity(4 * text.count)
    defer {
      unsafe scalars.withUnsafeMutableBytes { bytes in
        if let base = bytes.baseAddress { unsafe explicit_bzero(base, bytes.count) }
      }
    }
    try decompose(text, into: &scalars)
    order(&scalars)
    return encode(scalars)
  }

  private static func decompose(
    _ text: borrowing SecretBytes, into scalars: inout [UInt32]
  ) throws(Failure) {
    let count = text.count
    try unsafe text.withUnsafePointer { base throws(Failure) in
      var bytes = unsafe UnsafeBufferPointer(start: base, count: count).makeIterator()
      var decoder = UTF8()
      while true {
        switch unsafe decoder.decode(&bytes) {
        case .scalarValue(let scalar): try add(scalar, to: &scalars)
        case .emptyInput: return
        case .error: throw .notUTF8
        }
      }
    }
  }

  private static func add(
    _ scalar: Unicode.Scalar, to scalars: inout [UInt32]
  ) throws(Failure) {
    let value = scalar.value
    guard value >= 0x80 else { return scalars.append(value) }
    if (0xac00...0xd7a3).contains(value) {
      // Hangul is computed (The Unicode Standard, section 3.12).
      let index = value - 0xac00
      scalars.append(0x1100 + index / 588)
      scalars.append(0x1161 + index % 588 / 28)
      if index % 28 != 0 { scalars.append(0x11a7 + index % 28) }
    } else if let parts = table[value] {
      scalars += parts
    } else {
      guard let age = scalar.properties.age, (age.major, age.minor) <= version,
        !refused.contains(where: { $0.contains(value) })
      else { throw .untold }
      scalars.append(value)
    }
  }

  /// Puts marks behind the same letter in the order of their classes.
  private static func order(_ scalars: inout [UInt32]) {
    for index in scalars.indices {
      let mark = scalars[index]
      let weight = combiningClass(mark)
      guard weight > 0 else { continue }
      var place = index
      while place > 0, combiningClass(scalars[place - 1]) > weight {
        scalars[place] = scalars[place - 1]
        place -= 1
      }
      scalars[place] = mark
    }
  }

  private static func combiningClass(_ value: UInt32) -> UInt8 {
    Unicode.Scalar(value)?.properties.canonicalCombiningClass.rawValue ?? 0
  }

  private static func encode(_ scalars: [UInt32]) -> SecretBytes {
    let units = scalars.map { Unicode.Scalar($0).map { UTF8.width($0) } ?? 0 }
    return unsafe SecretBytes(count: units.reduce(0, +)) { base in
      var place = 0
      for scalar in scalars.lazy.compactMap({ Unicode.Scalar($0) }) {
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
          unsafe base[place] = byte
          place += 1
        }
      }
    }
  }
}
