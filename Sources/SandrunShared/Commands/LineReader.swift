import Records

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// One item of the input: a line, or an operand given as an argument.
struct Line: Sendable {
  /// Its number, from 1.
  var number: Int
  /// Its bytes without the end mark; nil where it was longer than the limit.
  var bytes: [UInt8]?
}

/// Cuts a byte source into lines.
struct LineReader: ~Copyable {
  /// Bytes beyond which a line is refused.
  static let lengthLimit = 16 << 20

  private let source: any ByteSource
  private let end: UInt8
  private var buffer: [UInt8] = []
  private var start = 0
  private var scanned = 0
  private var number = 0
  private var isAtEnd = false

  init(_ source: any ByteSource, end: UInt8) {
    self.source = source
    self.end = end
  }

  /// The next line, nil at the end; `idle` runs before a read that would have to wait.
  mutating func next(
    idle: () throws(Failure) -> Void
  ) throws(Failure) -> Line? {
    var isTooLong = false
    while true {
      if let found = endMark() {
        let line = buffer[start..<found]
        start = found + 1
        scanned = start
        return finish(isTooLong || line.count > Self.lengthLimit ? nil : Array(line))
      }
      if buffer.count - start > Self.lengthLimit {
        // What is too long is read on, so that the next line can be, but not kept.
        isTooLong = true
        start = buffer.count
      }
      scanned = buffer.count
      if isAtEnd {
        guard isTooLong || start < buffer.count else { return nil }
        let line = Array(buffer[start...])
        start = buffer.count
        return finish(isTooLong ? nil : line)
      }
      try fill(idle: idle)
    }
  }

  private mutating func finish(_ bytes: [UInt8]?) -> Line {
    number += 1
    return Line(number: number, bytes: bytes)
  }

  private func endMark() -> Int? {
    let from = max(start, scanned)
    guard from < buffer.count else { return nil }
    return unsafe buffer.withUnsafeBytes { bytes -> Int? in
      guard let base = bytes.baseAddress,
        let found = unsafe memchr(base + from, Int32(end), bytes.count - from)
      else { return nil }
      return unsafe base.distance(to: UnsafeRawPointer(found))
    }
  }

  private mutating func fill(idle: () throws(Failure) -> Void) throws(Failure) {
    buffer.removeSubrange(..<start)
    scanned -= start
    start = 0
    if !source.isReady { try idle() }
    let bytes = try source.read(limit: 1 << 18)
    isAtEnd = bytes.isEmpty
    if buffer.isEmpty { buffer = bytes } else { buffer += bytes }
  }
}
