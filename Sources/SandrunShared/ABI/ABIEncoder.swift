internal import Ethereum
internal import Records
internal import WideInteger

extension ABILayout {
  /// Refuses a value that is not of the type, so that writing it cannot fail.
  func check(_ value: ABIValue) throws(ABIError) {
    switch (type, value) {
    case (.uint, .uint), (.int, .int):
      guard type.holds(value) else {
        throw ABIError(.outOfRange(value.json.string ?? "", type: "\(type)"))
      }
    case (.address, .address), (.bool, .bool), (.string, .string): break
    case (.bytes, .bytes), (.fixedBytes, .bytes), (.function, .bytes):
      guard case .bytes(let bytes) = value, type.takes(count: bytes.count) else {
        throw .mismatch(value.json, type)
      }
    case (.array, .array(let values)):
      try check(values)
    case (.fixedArray(_, let count), .array(let values)):
      guard values.count == count else {
        throw ABIError(.badCount(values.count, expected: count, of: "elements"))
      }
      try check(values)
    case (.tuple, .tuple(let values)):
      guard values.count == parts.count else {
        throw ABIError(.badCount(values.count, expected: parts.count, of: "components"))
      }
      for (index, (value, part)) in zip(values, parts).enumerated() {
        do { try part.check(value) } catch { throw error.inside("[\(index)]") }
      }
    default: throw .mismatch(value.json, type)
    }
  }

  private func check(_ values: [ABIValue]) throws(ABIError) {
    for (index, value) in values.enumerated() {
      do { try parts[0].check(value) } catch { throw error.inside("[\(index)]") }
    }
  }
}

/// A writer of values that were checked against their types.
struct ABIEncoder {
  private(set) var output: [UInt8] = []

  /// Appends a list: its heads, then the tails that they lead to.
  mutating func append(_ values: [ABIValue], _ layouts: some Collection<ABILayout>) {
    let base = output.count
    let size = layouts.reduce(0) { $0 + $1.headSize }
    output.append(contentsOf: repeatElement(0, count: size))
    var head = base
    for (value, layout) in zip(values, layouts) {
      if layout.isDynamic {
        put(UInt256(low: UInt128(output.count - base)), at: head)
        head += 32
        appendTail(value, layout)
      } else {
        put(value, layout, at: &head)
      }
    }
  }

  /// Writes a static value into its head.
  private mutating func put(_ value: ABIValue, _ layout: ABILayout, at head: inout Int) {
    switch value {
    case .uint(let value): put(value, at: head)
    case .int(let value): put(value.bits, at: head)
    case .bool(let value): output[head + 31] = value ? 1 : 0
    case .address(let address): put(address.bytes, at: head + 12)
    case .bytes(let bytes): put(bytes, at: head)
    case .array(let values):
      for value in values { put(value, layout.parts[0], at: &head) }
      return
    case .tuple(let values):
      for (value, part) in zip(values, layout.parts) { put(value, part, at: &head) }
      return
    case .string: preconditionFailure("a string in a head")
    }
    head += 32
  }

  private mutating func appendTail(_ value: ABIValue, _ layout: ABILayout) {
    switch value {
    case .bytes(let bytes): append(bytes)
    case .string(let text): append(Array(text.utf8))
    case .array(let values):
      if case .array = layout.kind { append(UInt256(low: UInt128(values.count))) }
      append(values, repeatElement(layout.parts[0], count: values.count))
    case .tuple(let values): append(values, layout.parts)
    default: preconditionFailure("a word in a tail")
    }
  }

  /// Appends a length, the bytes, and zeros up to the next word.
  private mutating func append(_ bytes: [UInt8]) {
    append(UInt256(low: UInt128(bytes.count)))
    output += bytes
    output.append(contentsOf: repeatElement(0, count: -bytes.count & 31))
  }

  private mutating func append(_ word: UInt256) {
    output.append(contentsOf: repeatElement(0, count: 32))
    put(word, at: output.count - 32)
  }

  private mutating func put(_ word: UInt256, at offset: Int) {
    for (half, start) in [(word.high, offset), (word.low, offset + 16)] where half != 0 {
      for index in 0..<16 {
        output[start + index] = UInt8(truncatingIfNeeded: half >> UInt128(120 - 8 * index))
      }
    }
  }

  private mutating func put(_ bytes: [UInt8], at offset: Int) {
    for (index, byte) in bytes.enumerated() { output[offset + index] = byte }
  }
}
