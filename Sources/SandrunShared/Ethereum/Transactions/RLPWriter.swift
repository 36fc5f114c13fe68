internal import WideInteger

/// The content of an RLP list as it is written, field by field.
struct RLPWriter {
  private(set) var content: [UInt8] = []

  init(reserving capacity: Int = 0) { content.reserveCapacity(capacity) }

  /// Adds a string of bytes.
  mutating func add(_ bytes: some Collection<UInt8>) {
    if bytes.count != 1 || bytes.first ?? 0 >= 0x80 { addHeader(0x80, bytes.count) }
    content += bytes
  }

  /// Adds a number without zeros in front; zero is the empty string.
  mutating func add(_ number: UInt64) {
    guard number >= 0x80 else {
      content.append(number == 0 ? 0x80 : UInt8(number))
      return
    }
    let size = (64 - number.leadingZeroBitCount + 7) / 8
    content.append(0x80 + UInt8(size))
    for index in 0..<size {
      content.append(UInt8(truncatingIfNeeded: number >> UInt64(8 * (size - 1 - index))))
    }
  }

  /// Adds a number without zeros in front.
  mutating func add(_ number: UInt256) {
    if number.high == 0, number.low <= UInt128(UInt64.max) {
      add(UInt64(truncatingIfNeeded: number.low))
    } else {
      add(number.minimalBytes)
    }
  }

  /// Adds an address, or the empty string where there is none.
  mutating func add(_ address: Address?) {
    if let address { add(address.bytes) } else { content.append(0x80) }
  }

  /// Adds a list that was written apart.
  mutating func add(list: RLPWriter) {
    addHeader(0xc0, list.content.count)
    content += list.content
  }

  private mutating func addHeader(_ base: UInt8, _ length: Int) {
    if length <= 55 {
      content.append(base + UInt8(length))
    } else {
      content += RLP.header(base, length)
    }
  }

  /// The list as RLP, behind the byte of a transaction's type where there is one.
  func list(behind type: UInt8? = nil) -> [UInt8] {
    var output: [UInt8] = []
    output.reserveCapacity(content.count + 10)
    if let type { output.append(type) }
    output += RLP.header(0xc0, content.count)
    output += content
    return output
  }
}
