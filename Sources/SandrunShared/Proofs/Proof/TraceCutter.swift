internal import SystemPackage

/// Cuts a trace's text into the texts of a proof's frames.
struct TraceCutter: ~Copyable {
  /// Frames handed on together, so that one compression context serves them.
  private static let batch = 4

  private let frameText: Int
  private var source: TraceText
  private var pending: [UInt8] = []
  private var isAtEnd = false

  init(
    _ descriptor: FileDescriptor, named path: FilePath, frameText: Int
  ) throws(ProofError) {
    self.frameText = frameText
    source = try TraceText(descriptor, named: path)
  }

  /// The texts of the next frames; nil behind the last.
  mutating func next() throws(ProofError) -> [[UInt8]]? {
    var texts: [[UInt8]] = []
    var start = 0
    while texts.count < Self.batch {
      let end = try cut(from: start)
      guard end > start else { break }
      texts.append(Array(pending[start..<end]))
      start = end
    }
    pending.removeFirst(start)
    return texts.isEmpty ? nil : texts
  }

  /// Where the frame that begins at `start` ends: behind the last line that fits, or behind one that never would.
  private mutating func cut(from start: Int) throws(ProofError) -> Int {
    let newline = UInt8(ascii: "\n")
    while pending.count - start < frameText, try fill() {}
    let window = pending[start...].prefix(frameText)
    if window.count < frameText { return window.endIndex }
    if let last = window.lastIndex(of: newline) { return last + 1 }
    var searched = window.endIndex
    while true {
      if let first = pending[searched...].firstIndex(of: newline) { return first + 1 }
      searched = pending.count
      // The text ends with a newline, so the line's end is yet to come.
      guard try fill() else { return pending.count }
    }
  }

  private mutating func fill() throws(ProofError) -> Bool {
    if isAtEnd { return false }
    isAtEnd = try !source.next(into: &pending)
    return !isAtEnd
  }
}
