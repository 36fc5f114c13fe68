/// A place in RLP: reads on item by item, and builds nothing.
struct RLPReader {
  /// An item: the bytes of a string, or a reader of a list's content.
  enum Item {
    case bytes(ArraySlice<UInt8>)
    case list(RLPReader)
  }

  private let bytes: ArraySlice<UInt8>
  /// The index of the first byte of all, from which offsets count.
  private let origin: Int
  private var at: Int
  private let end: Int

  init(_ bytes: ArraySlice<UInt8>) {
    self.init(bytes, from: bytes.startIndex, to: bytes.endIndex, origin: bytes.startIndex)
  }

  private init(_ bytes: ArraySlice<UInt8>, from start: Int, to end: Int, origin: Int) {
    self.bytes = bytes
    self.at = start
    self.end = end
    self.origin = origin
  }

  var isAtEnd: Bool { at == end }

  func error(_ reason: RLPError.Reason) -> RLPError { RLPError(reason, at: at - origin) }

  /// The next item, which lies whole before the end.
  mutating func next() throws(RLPError) -> Item {
    guard at < end else { throw error(.truncated) }
    let first = bytes[at]
    guard first >= 0x80 else {
      at += 1
      return .bytes(bytes[at - 1..<at])
    }
    let isList = first >= 0xc0
    let (start, limit) = try content(Int(first) - (isList ? 0xc0 : 0x80))
    if !isList, limit == start + 1, bytes[start] < 0x80 { throw error(.notMinimal) }
    at = limit
    return isList
      ? .list(RLPReader(bytes, from: start, to: limit, origin: origin))
      : .bytes(bytes[start..<limit])
  }

  /// Where the content of an item lies, by the code of its length.
  private func content(_ code: Int) throws(RLPError) -> (start: Int, limit: Int) {
    let left = end - at - 1
    guard code > 55 else {
      guard code <= left else { throw error(.truncated) }
      return (at + 1, at + 1 + code)
    }
    let size = code - 55
    guard size <= left else { throw error(.truncated) }
    let digits = bytes[at + 1...at + size]
    guard digits.first != 0 else { throw error(.notMinimal) }
    // What takes eight bytes to tell is longer than any input.
    guard size <= 7 else { throw error(.truncated) }
    let length = digits.reduce(0) { $0 << 8 | Int($1) }
    guard length > 55 else { throw error(.notMinimal) }
    guard length <= left - size else { throw error(.truncated) }
    return (at + 1 + size, at + 1 + size + length)
  }
}
