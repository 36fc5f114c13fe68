/// Cuts a stream of bytes into lines.
public struct LineCutter: Sendable {
  /// A longer line is no line of the worker's protocol.
  public static let longest = 64 << 20

  private var buffer: [UInt8] = []
  private var start = 0
  private var scanned = 0

  /// Begins with nothing.
  public init() {}

  /// Whether more was put in without an end of line than a line may hold.
  public var isOverlong: Bool { buffer.count - start > Self.longest }

  /// Puts in what was read.
  public mutating func append(_ bytes: some Collection<UInt8>) {
    if start > 0 {
      buffer.removeFirst(start)
      scanned -= start
      start = 0
    }
    buffer += bytes
  }

  /// The next whole line, without its newline; nil until there is one.
  public mutating func next() -> [UInt8]? {
    guard let end = buffer[scanned...].firstIndex(of: UInt8(ascii: "\n")) else {
      scanned = buffer.count
      return nil
    }
    defer {
      start = end + 1
      scanned = start
    }
    return Array(buffer[start..<end])
  }
}
