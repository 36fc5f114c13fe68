/// Where a file is cut into the chunks that become its leaves, under Kubo's names.
public enum Chunker: Hashable, Sendable {
  /// After so many bytes.
  case size(Int)
  /// Where a rolling hash of 32 bytes says so: 128 to 512 KiB a chunk.
  case buzhash
  /// Where the Rabin fingerprint of 16 bytes says so.
  case rabin(minimum: Int, average: Int, maximum: Int)

  /// The largest chunk that may be asked for: what a block may hold with room for its wrapping.
  public static let maximumLength = Block.maximumLength - 256

  /// The most bytes that a chunk may have.
  var maximumLength: Int {
    switch self {
    case .size(let size): size
    case .buzhash: Buzhash.maximumLength
    case .rabin(_, _, let maximum): maximum
    }
  }

  /// The length of the chunk that `bytes` begin with: as many as `maximumLength`, or all that the file still has.
  func cut(_ bytes: Span<UInt8>) -> Int {
    switch self {
    case .size(let size): min(size, bytes.count)
    case .buzhash: Buzhash.cut(bytes)
    case .rabin(let minimum, let average, let maximum):
      Rabin.cut(bytes, minimum: minimum, average: average, maximum: maximum)
    }
  }
}

extension Chunker {
  /// Reads Kubo's name of a chunker: `size-N`, `buzhash`, `rabin`, `rabin-AVG` or `rabin-MIN-AVG-MAX`.
  public init(parsing text: String) throws(ChunkerError) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    switch (parts[0], parts.count) {
    case ("size", 2):
      let size = try Self.number(parts[1])
      guard size > 0 else { throw .notNumber(parts[1]) }
      try Self.check(maximum: size)
      self = .size(size)
    case ("buzhash", 1): self = .buzhash
    case ("rabin", 1): self = .rabin(average: 256 << 10)
    case ("rabin", 2):
      let average = try Self.number(parts[1])
      guard average / 3 >= Rabin.window else { throw .belowMinimum(3 * Rabin.window) }
      try Self.check(maximum: average)
      let chunker = Chunker.rabin(average: average)
      try Self.check(maximum: chunker.maximumLength)
      self = chunker
    case ("rabin", 4):
      let minimum = try Self.number(parts[1], label: "min")
      let average = try Self.number(parts[2], label: "avg")
      let maximum = try Self.number(parts[3], label: "max")
      guard minimum >= Rabin.window else { throw .belowMinimum(Rabin.window) }
      guard minimum <= average, average <= maximum else { throw .notAscending }
      try Self.check(maximum: maximum)
      self = .rabin(minimum: minimum, average: average, maximum: maximum)
    default: throw .unknown
    }
  }

  private static func rabin(average: Int) -> Chunker {
    .rabin(minimum: average / 3, average: average, maximum: average + average / 2)
  }

  /// A number in decimal digits alone; Kubo lets `min:`, `avg:` and `max:` stand before those of `rabin`.
  private static func number(_ text: String, label: String? = nil) throws(ChunkerError) -> Int {
    var digits = text[...]
    if let label, digits.hasPrefix(label + ":") { digits = digits.dropFirst(label.count + 1) }
    guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let number = Int(digits) else {
      throw .notNumber(text)
    }
    return number
  }

  private static func check(maximum: Int) throws(ChunkerError) {
    guard maximum <= maximumLength else { throw .tooLarge(maximum) }
  }
}

/// Why a text names no chunker.
public enum ChunkerError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No chunker has this name.
  case unknown
  /// A part of the name is no number where it must be one.
  case notNumber(String)
  /// A minimum or an average is smaller than this.
  case belowMinimum(Int)
  /// Minimum, average and maximum do not ascend.
  case notAscending
  /// A chunk of so many bytes is over the limit.
  case tooLarge(Int)

  /// What is wrong, to follow the name in a message.
  public var description: String {
    switch self {
    case .unknown: "there is no such chunker"
    case .notNumber(let text): "\"\(text)\" is no number of bytes"
    case .belowMinimum(let limit): "\(limit) bytes is the least"
    case .notAscending: "minimum, average and maximum must ascend"
    case .tooLarge(let size):
      "a chunk of \(size) bytes is over the limit of \(Chunker.maximumLength)"
    }
  }
}
