internal import NodeAPI
internal import Records

/// Which of a job's streams a piece of output belongs to.
public enum LogStream: String, Hashable, Sendable, CaseIterable {
  /// Standard output.
  case stdout
  /// Standard error.
  case stderr
}

/// A node that told the output of a job in a way that cannot be true.
struct LogBreach: Error, Equatable {
  let reason: String
}

/// How far the output of a job was told, and what of an answer is new.
struct LogProgress: Sendable {
  typealias Piece = (stream: LogStream, bytes: [UInt8])

  /// How many bytes of output were told, of both streams together.
  private(set) var offset: Int
  /// How much of each stream was told; nil where the telling began in the middle.
  private var texts: [LogStream: LogText]?

  /// Whether the streams can be told apart: what was told of each is known.
  var isFromStart: Bool { texts != nil }

  /// Nothing was told since this offset.
  init(from offset: Int) {
    self.offset = offset
    texts = offset == 0 ? [.stdout: LogText(), .stderr: LogText()] : nil
  }

  /// Takes a message that must go on where the last one ended; the output in it, if it is some.
  mutating func take(_ message: LogMessage) throws(LogBreach) -> Piece? {
    let start = message.kind.stream == nil ? message.offset : message.offset - message.bytes.count
    guard start == offset else {
      throw LogBreach(reason: "its output goes on at byte \(start) where \(offset) is next")
    }
    guard let stream = message.kind.stream else { return nil }
    offset = message.offset
    texts?[stream]?.tell(message.bytes)
    return (stream, message.bytes)
  }

  /// Takes both streams as text, whole: what is new in each.
  ///
  /// `isFinal`: the job was over before they were asked for. `isAnew`: the job was started more than once, and may have less to
  /// tell than before.
  mutating func take(
    stdout: String, stderr: String, isFinal: Bool, isAnew: Bool
  ) throws(LogBreach) -> [Piece] {
    var pieces: [Piece] = []
    for (stream, text) in [(LogStream.stdout, stdout), (.stderr, stderr)] {
      guard var told = texts?[stream] else { continue }
      let new = try told.take(Array(text.utf8), isFinal: isFinal, isAnew: isAnew)
      texts?[stream] = told
      offset += new.count
      if !new.isEmpty { pieces.append((stream, new)) }
    }
    return pieces
  }
}

/// One stream, told as bytes or as text in which bytes that are no UTF-8 were replaced.
private struct LogText: Sendable {
  /// How many bytes of the text were told.
  private var count = 0
  /// Bytes that were told, of a character that was not whole then.
  private var rest: [UInt8] = []

  private static let replacement = Array("\u{FFFD}".utf8)

  /// Bytes were told.
  mutating func tell(_ bytes: [UInt8]) {
    rest += bytes
    let whole = UTF8Text.wholeLength(of: rest)
    count += String(decoding: rest[..<whole], as: UTF8.self).utf8.count
    rest.removeFirst(whole)
  }

  /// What of the text, as it is now, was not told.
  mutating func take(_ text: [UInt8], isFinal: Bool, isAnew: Bool) throws(LogBreach) -> [UInt8] {
    var text = text[...]
    // A character at the end that the job has not written whole looks like that.
    if !isFinal, text.suffix(3).elementsEqual(Self.replacement) { text = text.dropLast(3) }
    guard text.count >= count else {
      guard isFinal, !isAnew else { return [] }
      throw LogBreach(reason: "it has \(text.count) bytes of text after it told \(count)")
    }
    var new = text.dropFirst(count)
    if new.isEmpty { return [] }
    count = text.count
    if !rest.isEmpty {
      new = new.starts(with: rest) ? new.dropFirst(rest.count) : new.dropFirst(3)
      rest = []
    }
    return Array(new)
  }
}

extension LogMessage.Kind {
  /// The stream that the message is output of; nil for news.
  var stream: LogStream? {
    switch self {
    case .stdout: .stdout
    case .stderr: .stderr
    case .status, .completion: nil
    }
  }
}
