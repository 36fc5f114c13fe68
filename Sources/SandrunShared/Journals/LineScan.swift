internal import Files
internal import SystemPackage

/// Reads a file's lines one after another and proves each by the checksum of all before it.
struct LineScan: Sendable {
  /// Where the next line begins.
  var offset = 0
  /// The checksum of all lines so far.
  var checksum: UInt32 = 0
  /// How many lines were read.
  var count = 0

  /// What follows the last good line.
  enum Rest: Equatable {
    /// Nothing.
    case nothing
    /// Bytes without a newline, or a block that never got to the disk: a write that was cut off.
    case torn
    /// A line that is not good, and whether a line follows that continues from what it states.
    case bad(JournalFlaw, isContinued: Bool)
  }

  private static let window = 1 << 20

  /// The place of the next line.
  var place: JournalError.Place { .init(offset: offset, line: count + 1) }

  /// Gives the good lines up to an offset to `body`, and stops before the first that is none.
  mutating func run(
    _ file: OpenFile, to end: Int, _ body: (JournalLine) throws(JournalError) -> Void
  ) throws(JournalError) -> Rest {
    var buffer: [UInt8] = []
    var (start, searched) = (0, 0)
    while true {
      guard let newline = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) else {
        let known = offset + buffer.count - start
        guard known < end else { return known > offset ? .torn : .nothing }
        guard known - offset <= JournalLine.lengthLimit else {
          return .bad(.tooLong, isContinued: false)
        }
        buffer.removeSubrange(..<start)
        (start, searched) = (0, buffer.count)
        let wanted = min(max(Self.window, buffer.count), end - known)
        let more = try filing { () throws(FileError) in
          try file.read(at: known, count: wanted)
        }
        // Somebody cut the file meanwhile.
        if more.isEmpty { return buffer.isEmpty ? .nothing : .torn }
        buffer += more
        continue
      }
      if let flaw = flaw(in: buffer, from: start, to: newline) {
        if Self.isUnwritten(buffer[start..<newline]) { return .torn }
        let next = offset + newline + 1 - start
        return .bad(
          flaw,
          isContinued: try isContinued(buffer, from: start, to: newline, in: file, at: next, end))
      }
      let text = buffer[start + JournalLine.prefixLength..<newline]
      let line = JournalLine(offset: offset, number: count + 1, text: text)
      offset += newline + 1 - start
      count += 1
      (start, searched) = (newline + 1, newline + 1)
      try body(line)
    }
  }

  /// Takes the line in if it is good, else says what is wrong with it.
  private mutating func flaw(
    in buffer: [UInt8], from start: Int, to newline: Int
  ) -> JournalFlaw? {
    let line = buffer.span.extracting(start..<newline)
    guard let stated = JournalLine.stated(line) else { return .noLine }
    let text = unsafe line.extracting(JournalLine.prefixLength...).bytes
    guard JournalLine.checksum(text, after: checksum) == stated else { return .checksum }
    checksum = stated
    return nil
  }

  /// Whether there are zeros in a row, which no line has, and which no flipped bit makes.
  private static func isUnwritten(_ line: ArraySlice<UInt8>) -> Bool {
    var zeros = 0
    for byte in line {
      zeros = byte == 0 ? zeros + 1 : 0
      if zeros == 8 { return true }
    }
    return false
  }

  /// Whether the line behind a bad one was written behind it: then it was whole once.
  private func isContinued(
    _ buffer: [UInt8], from start: Int, to newline: Int, in file: OpenFile, at next: Int, _ end: Int
  ) throws(JournalError) -> Bool {
    guard next < end, let stated = JournalLine.stated(buffer.span.extracting(start..<newline))
    else { return false }
    let bytes = try filing { () throws(FileError) in
      try file.read(at: next, count: min(end - next, 2 * Self.window))
    }
    guard let newline = bytes.firstIndex(of: UInt8(ascii: "\n")) else { return false }
    var following = LineScan(checksum: stated)
    return following.flaw(in: bytes, from: 0, to: newline) == nil
  }
}
