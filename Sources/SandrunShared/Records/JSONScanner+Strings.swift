extension JSONScanner {
  private static let low: UInt64 = 0x0101_0101_0101_0101
  private static let high: UInt64 = 0x8080_8080_8080_8080

  /// Consumes a string from its opening quote to its closing one; true where it has escapes.
  ///
  /// Lone surrogate escapes are let through: a stage passes them on as they came.
  @inline(__always)
  mutating func string(_ source: Span<UInt8>) throws(JSONError) -> Bool {
    at += 1
    skipPlain(source)
    guard at < source.count else { throw JSONError(.unexpectedEnd, at: at, in: source) }
    if source[at] == UInt8(ascii: "\"") {
      at += 1
      return false
    }
    return try stringWithRarities(source)
  }

  /// Skips bytes that are none of a quote, a backslash, a control or beyond ASCII, eight at a time.
  @inline(__always)
  private mutating func skipPlain(_ source: Span<UInt8>) {
    let raw = unsafe source.bytes
    let count = source.count
    var position = at
    while position + 8 <= count {
      let word = UInt64(
        littleEndian: unsafe raw.unsafeLoadUnaligned(fromByteOffset: position, as: UInt64.self))
      let quotes = word ^ (Self.low &* 0x22)
      let slashes = word ^ (Self.low &* 0x5c)
      let found =
        ((quotes &- Self.low) & ~quotes) | ((slashes &- Self.low) & ~slashes)
        | (word &- (Self.low &* 0x20)) | word
      if found & Self.high != 0 {
        // A borrow can only mark bytes above the first true one.
        at = position + ((found & Self.high).trailingZeroBitCount >> 3)
        return
      }
      position += 8
    }
    while position < count, Self.isPlain(source[position]) { position += 1 }
    at = position
  }

  @inline(__always)
  private static func isPlain(_ byte: UInt8) -> Bool {
    byte &- 0x20 < 0x60 && byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\")
  }

  private mutating func stringWithRarities(_ source: Span<UInt8>) throws(JSONError) -> Bool {
    var isEscaped = false
    while at < source.count {
      let byte = source[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return isEscaped
      case UInt8(ascii: "\\"):
        isEscaped = true
        try escape(source)
      case 0..<0x20:
        throw JSONError(.controlCharacter(byte), at: at, in: source)
      case 0x20..<0x80:
        skipPlain(source)
      default:
        at += try Self.multibyte(source, at: at)
      }
    }
    throw JSONError(.unexpectedEnd, at: at, in: source)
  }

  private mutating func escape(_ source: Span<UInt8>) throws(JSONError) {
    at += 1
    guard at < source.count else { throw JSONError(.unexpectedEnd, at: at, in: source) }
    switch source[at] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"),
      UInt8(ascii: "f"), UInt8(ascii: "n"), UInt8(ascii: "r"), UInt8(ascii: "t"):
      at += 1
    case UInt8(ascii: "u"):
      at += 1
      for _ in 0..<4 {
        guard at < source.count else { throw JSONError(.unexpectedEnd, at: at, in: source) }
        guard Self.hexDigit(source[at]) != nil else {
          throw JSONError(.badEscape, at: at, in: source)
        }
        at += 1
      }
    default:
      throw JSONError(.badEscape, at: at, in: source)
    }
  }

  /// The length of the well-formed UTF-8 sequence of two to four bytes that starts here (Unicode 15, table 3-7).
  private static func multibyte(_ source: Span<UInt8>, at start: Int) throws(JSONError) -> Int {
    let lead = source[start]
    let length: Int
    var lowest: UInt8 = 0x80
    var highest: UInt8 = 0xbf
    switch lead {
    case 0xc2...0xdf: length = 2
    case 0xe0: (length, lowest) = (3, 0xa0)
    case 0xed: (length, highest) = (3, 0x9f)
    case 0xe1...0xef: length = 3
    case 0xf0: (length, lowest) = (4, 0x90)
    case 0xf4: (length, highest) = (4, 0x8f)
    case 0xf1...0xf3: length = 4
    default: throw JSONError(.badUTF8, at: start, in: source)
    }
    for index in start + 1..<start + length {
      guard index < source.count, source[index] >= lowest, source[index] <= highest else {
        throw JSONError(.badUTF8, at: min(index, source.count), in: source)
      }
      (lowest, highest) = (0x80, 0xbf)
    }
    return length
  }

  static func hexDigit(_ byte: UInt8) -> UInt16? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
    case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
    default: nil
    }
  }

  /// The bytes that the inside of a checked string stands for, escapes resolved.
  ///
  /// Half a surrogate pair becomes three bytes that are not UTF-8 (as in WTF-8), so that two such names still compare.
  static func unescaped(_ source: Span<UInt8>, _ range: Range<Int>) -> (
    bytes: [UInt8], loneSurrogate: Int?
  ) {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(range.count)
    var lone: Int?
    var index = range.lowerBound
    while index < range.upperBound {
      guard source[index] == UInt8(ascii: "\\") else {
        bytes.append(source[index])
        index += 1
        continue
      }
      let letter = source[index + 1]
      guard letter == UInt8(ascii: "u") else {
        bytes.append(single(letter))
        index += 2
        continue
      }
      let unit = codeUnit(source, at: index + 2)
      var scalar = UInt32(unit)
      if UTF16.isLeadSurrogate(unit), index + 12 <= range.upperBound,
        source[index + 6] == UInt8(ascii: "\\"), source[index + 7] == UInt8(ascii: "u"),
        case let trail = codeUnit(source, at: index + 8), UTF16.isTrailSurrogate(trail)
      {
        scalar = 0x10000 + (UInt32(unit - 0xd800) << 10) + UInt32(trail - 0xdc00)
        index += 6
      } else if UTF16.isSurrogate(unit), lone == nil {
        lone = index
      }
      append(scalar, to: &bytes)
      index += 6
    }
    return (bytes, lone)
  }

  private static func codeUnit(_ source: Span<UInt8>, at start: Int) -> UInt16 {
    var unit: UInt16 = 0
    for index in start..<start + 4 { unit = unit << 4 | (hexDigit(source[index]) ?? 0) }
    return unit
  }

  private static func single(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 0x08
    case UInt8(ascii: "f"): 0x0c
    case UInt8(ascii: "n"): 0x0a
    case UInt8(ascii: "r"): 0x0d
    case UInt8(ascii: "t"): 0x09
    default: letter
    }
  }

  private static func append(_ scalar: UInt32, to bytes: inout [UInt8]) {
    switch scalar {
    case 0..<0x80: bytes.append(UInt8(scalar))
    case 0x80..<0x800: bytes += [0xc0 | UInt8(scalar >> 6), 0x80 | UInt8(scalar & 0x3f)]
    case 0x800..<0x10000:
      bytes += [
        0xe0 | UInt8(scalar >> 12), 0x80 | UInt8(scalar >> 6 & 0x3f), 0x80 | UInt8(scalar & 0x3f),
      ]
    default:
      bytes += [
        0xf0 | UInt8(scalar >> 18), 0x80 | UInt8(scalar >> 12 & 0x3f),
        0x80 | UInt8(scalar >> 6 & 0x3f), 0x80 | UInt8(scalar & 0x3f),
      ]
    }
  }
}

extension UTF16 {
  fileprivate static func isSurrogate(_ unit: UInt16) -> Bool { unit & 0xf800 == 0xd800 }
}
