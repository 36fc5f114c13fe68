/// One item of RLP, the serialisation of Ethereum's consensus (Yellow Paper, appendix B): bytes, or a list of items.
public enum RLP: Hashable, Sendable {
  case bytes([UInt8])
  case list([RLP])

  /// How deep lists may lie in each other.
  public static let depthLimit = 512

  /// The bytes of a string of bytes, nil for a list.
  public var bytes: [UInt8]? { if case .bytes(let bytes) = self { bytes } else { nil } }

  /// The items of a list, nil for a string of bytes.
  public var items: [RLP]? { if case .list(let items) = self { items } else { nil } }

  /// Reads one item that is the whole input, in the one form that an encoder writes.
  ///
  /// Throws for a length or a single byte that could be shorter, for what ends early or late, and for lists deeper
  /// than `depthLimit`.
  public init(decoding bytes: [UInt8]) throws(RLPError) {
    try self.init(decoding: bytes[...])
  }

  /// Reads one item that is the whole slice; an error's offset counts from the slice's start.
  public init(decoding bytes: ArraySlice<UInt8>) throws(RLPError) {
    var reader = RLPReader(bytes)
    self = try Self.next(&reader, depth: 0)
    guard reader.isAtEnd else { throw reader.error(.trailing) }
  }

  private static func next(_ reader: inout RLPReader, depth: Int) throws(RLPError) -> RLP {
    switch try reader.next() {
    case .bytes(let bytes): return .bytes(Array(bytes))
    case .list(var content):
      guard depth < depthLimit else { throw content.error(.tooDeep) }
      var items: [RLP] = []
      while !content.isAtEnd { items.append(try next(&content, depth: depth + 1)) }
      return .list(items)
    }
  }

  /// The item as RLP.
  public var encoded: [UInt8] {
    // A header needs the length behind it: written from the end to the front, each byte is written once.
    var backwards: [UInt8] = []
    writeBackwards(to: &backwards)
    backwards.reverse()
    return backwards
  }

  private func writeBackwards(to output: inout [UInt8]) {
    switch self {
    case .bytes(let bytes):
      output.append(contentsOf: bytes.reversed())
      guard bytes.count != 1 || bytes[0] >= 0x80 else { return }
      output.append(contentsOf: Self.header(0x80, bytes.count).reversed())
    case .list(let items):
      let start = output.count
      for item in items.reversed() { item.writeBackwards(to: &output) }
      output.append(contentsOf: Self.header(0xc0, output.count - start).reversed())
    }
  }

  /// The bytes that tell the length of a string (`0x80`) or of a list's content (`0xc0`).
  static func header(_ base: UInt8, _ length: Int) -> [UInt8] {
    guard length > 55 else { return [base + UInt8(length)] }
    let size = (Int.bitWidth - length.leadingZeroBitCount + 7) / 8
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: length >> (8 * (size - 1 - $0))) }
    return [base + 55 + UInt8(size)] + bytes
  }
}

/// Why bytes are no RLP, and where.
public struct RLPError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong at the place.
  public enum Reason: Equatable, Sendable {
    /// The input, or the list around, ends before the item does.
    case truncated
    /// Something follows the item.
    case trailing
    /// A length with a zero in front, or in more bytes than it needs; a single byte with a header that it needs not.
    case notMinimal
    /// Lists lie too deep in each other.
    case tooDeep
  }

  /// What is wrong.
  public var reason: Reason
  /// At which byte.
  public var offset: Int

  init(_ reason: Reason, at offset: Int) {
    self.reason = reason
    self.offset = offset
  }

  /// What is wrong, in a few words.
  public var description: String {
    let text =
      switch reason {
      case .truncated: "RLP ends early"
      case .trailing: "bytes behind the end of the RLP"
      case .notMinimal: "RLP not in its shortest form"
      case .tooDeep: "RLP lists lie more than \(RLP.depthLimit) deep"
      }
    return "\(text), at byte \(offset)"
  }
}
