internal import Ethereum
internal import WideInteger

/// A reader that takes what `ABIEncoder` writes and nothing else.
///
/// Tails must lie one behind the other, so each byte is read once and nothing is made that the data do not hold.
struct ABIDecoder {
  let data: [UInt8]
  /// How many more values that take no bytes may be made: of `()` and of `T[0]`.
  private var emptyValuesLeft = 1 << 16

  init(data: [UInt8]) { self.data = data }

  /// The values of a list that the data hold to their last byte.
  mutating func whole(_ layouts: [ABILayout]) throws(ABIError) -> [ABIValue] {
    var at = 0
    let values = try list(layouts, size: ABILayout.headSize(of: layouts), at: &at)
    guard at == data.count else {
      throw ABIError(.trailing(count: data.count - at, offset: at))
    }
    return values
  }

  /// Reads a list whose heads start here, and moves behind its last tail.
  private mutating func list(
    _ layouts: some Collection<ABILayout>, size: Int, at: inout Int
  ) throws(ABIError) -> [ABIValue] {
    let base = at
    var head = base
    at = try end(of: size, from: base)
    var values: [ABIValue] = []
    values.reserveCapacity(layouts.count)
    for layout in layouts {
      if layout.isDynamic {
        // An offset is counted from the first head of its own list.
        guard try word(at: head) == UInt256(low: UInt128(at - base)) else {
          throw ABIError(.badOffset(offset: head))
        }
        head += 32
        values.append(try tail(layout, at: &at))
      } else {
        values.append(try fixed(layout, at: &head))
      }
    }
    return values
  }

  private mutating func tail(_ layout: ABILayout, at: inout Int) throws(ABIError) -> ABIValue {
    switch layout.kind {
    case .bytes: return .bytes(try bytes(at: &at))
    case .string:
      let start = at
      guard let text = String(validating: try bytes(at: &at), as: UTF8.self) else {
        throw ABIError(.badUTF8(offset: start))
      }
      return .string(text)
    case .array:
      let start = at
      let part = layout.parts[0]
      let count = try length(at: &at)
      let size = ABILayout.size(part.headSize, times: count)
      guard size <= data.count - at else { throw ABIError(.badLength(offset: start)) }
      try allow(count, of: part, at: start)
      return .array(try list(repeatElement(part, count: count), size: size, at: &at))
    case .fixedArray(let count):
      // Elements of a dynamic type have a head of one word each.
      let parts = repeatElement(layout.parts[0], count: count)
      return .array(try list(parts, size: ABILayout.size(32, times: count), at: &at))
    case .tuple:
      let size = ABILayout.headSize(of: layout.parts)
      return .tuple(try list(layout.parts, size: size, at: &at))
    case .word: return try fixed(layout, at: &at)
    }
  }

  /// Reads a static value, whose bytes are known to be there.
  private mutating func fixed(_ layout: ABILayout, at: inout Int) throws(ABIError) -> ABIValue {
    var values: [ABIValue] = []
    if layout.headSize == 0 {
      try allow(1, of: layout, at: at)
      emptyValuesLeft -= 1
    }
    switch layout.kind {
    case .fixedArray(let count):
      try allow(count, of: layout.parts[0], at: at)
      values.reserveCapacity(count)
      for _ in 0..<count { values.append(try fixed(layout.parts[0], at: &at)) }
      return .array(values)
    case .tuple:
      for part in layout.parts { values.append(try fixed(part, at: &at)) }
      return .tuple(values)
    case .word, .bytes, .string, .array:
      let value = try Self.value(word(at: at), of: layout.type, at: at)
      at += 32
      return value
    }
  }

  /// Refuses more values than are left to make where they take no bytes.
  private func allow(_ count: Int, of part: ABILayout, at offset: Int) throws(ABIError) {
    guard part.headSize > 0 || count <= emptyValuesLeft else {
      throw ABIError(.badLength(offset: offset))
    }
  }

  // MARK: Words

  /// The value that a word is; the offset is for messages.
  static func value(
    _ word: UInt256, of type: ABIType, at offset: Int
  ) throws(ABIError) -> ABIValue {
    switch type {
    case .uint:
      let value = ABIValue.uint(word)
      if type.holds(value) { return value }
    case .int:
      let value = ABIValue.int(Int256(bitPattern: word))
      if type.holds(value) { return value }
    case .bool:
      if word == .min { return .bool(false) }
      if word == UInt256(low: 1) { return .bool(true) }
    case .address:
      if let address = Address(word: word) { return .address(address) }
    case .fixedBytes(let count):
      if word << (8 * count) == .min { return .bytes(Array(word.bytes.prefix(count))) }
    case .function:
      if word << 192 == .min { return .bytes(Array(word.bytes.prefix(24))) }
    default: break
    }
    throw ABIError(.badWord(type: "\(type)", offset: offset))
  }

  /// A length, a number of bytes, and the zeros behind them.
  private func bytes(at: inout Int) throws(ABIError) -> [UInt8] {
    let start = at
    let count = try length(at: &at)
    guard count <= data.count - at else { throw ABIError(.badLength(offset: start)) }
    let padded = try end(of: count + (-count & 31), from: at)
    guard data[at + count..<padded].allSatisfy({ $0 == 0 }) else {
      throw ABIError(.badWord(type: "padding", offset: at + count))
    }
    defer { at = padded }
    return Array(data[at..<at + count])
  }

  private func length(at: inout Int) throws(ABIError) -> Int {
    let word = try word(at: at)
    guard let count = Int(exactly: word), count <= Int.max >> 8 else {
      throw ABIError(.badLength(offset: at))
    }
    at += 32
    return count
  }

  private func word(at offset: Int) throws(ABIError) -> UInt256 {
    let end = try end(of: 32, from: offset)
    guard let word = try? UInt256(bytes: data[offset..<end]) else {
      throw ABIError(.truncated(needed: 32, offset: offset))
    }
    return word
  }

  private func end(of size: Int, from offset: Int) throws(ABIError) -> Int {
    let missing = size - (data.count - offset)
    guard missing <= 0 else { throw ABIError(.truncated(needed: missing, offset: data.count)) }
    return offset + size
  }
}
