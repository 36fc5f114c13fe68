internal import NIOCore

/// Takes a form apart as its bytes come; it holds no more than a part's head and the length of a boundary.
struct MultipartParser {
  /// What the form is made of, in order.
  enum Event: Equatable {
    case part(PartHead)
    /// Bytes of the part.
    case data(ByteBuffer)
    case partEnd
    /// The last boundary; what follows means nothing.
    case end
  }

  /// The longest head of a part, and the most bytes before the first one.
  static let headLimit = 16 << 10

  private enum State {
    case preamble, boundary, head, data, end
  }

  private var state = State.preamble
  private var buffer = ByteBuffer()
  private let search: DelimiterSearch

  /// Makes a parser for the boundary that a field `Content-Type` names.
  init(contentType: String) throws(MultipartError) {
    guard let boundary = FieldParameters(contentType)["boundary"],
      (1...70).contains(boundary.utf8.count),
      boundary.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }), !boundary.hasSuffix(" ")
    else { throw .noBoundary }
    search = DelimiterSearch(Array("\r\n--\(boundary)".utf8))
    // The first boundary may stand at the very start.
    buffer.writeString("\r\n")
  }

  /// Adds bytes; ask for events until there is none before adding more.
  mutating func feed(_ bytes: ByteBuffer) {
    if buffer.readableBytes == 0 {
      buffer = bytes
    } else {
      buffer.discardReadBytes()
      buffer.writeImmutableBuffer(bytes)
    }
  }

  /// The next event; nil where more bytes are needed for one.
  mutating func next() throws(MultipartError) -> Event? {
    while true {
      switch state {
      case .preamble:
        guard let offset = search.find(in: buffer.readableBytesSpan) else {
          guard buffer.readableBytes < Self.headLimit else { throw .noParts }
          return nil
        }
        buffer.moveReaderIndex(forwardBy: offset + search.length)
        state = .boundary
      case .boundary:
        guard let event = try boundary() else { return nil }
        if event == .end { return .end }
      case .head:
        return try head()
      case .data:
        return data()
      case .end:
        buffer.clear()
        return nil
      }
    }
  }

  /// Says that no more bytes come.
  func finish() throws(MultipartError) {
    guard case .end = state else { throw .truncated }
  }

  private enum Follow { case part, end }

  /// What stands behind a boundary: `--`, or, after some white space, a line's end.
  private mutating func boundary() throws(MultipartError) -> Follow? {
    let view = buffer.readableBytesView
    if view.starts(with: "--".utf8) {
      state = .end
      return .end
    }
    let blanks = view.prefix { $0 == 0x20 || $0 == 0x09 }.count
    let rest = view.dropFirst(blanks).prefix(2)
    guard blanks < 256,
      "\r\n".utf8.starts(with: rest) || (blanks == 0 && rest.elementsEqual("-".utf8))
    else { throw .badBoundary }
    guard rest.count == 2 else { return nil }
    buffer.moveReaderIndex(forwardBy: blanks + 2)
    state = .head
    return .part
  }

  private mutating func head() throws(MultipartError) -> Event? {
    let view = buffer.readableBytesView.prefix(Self.headLimit + 4)
    guard let end = view.firstRange(of: "\r\n\r\n".utf8) else {
      guard view.count <= Self.headLimit else { throw .headTooLong }
      // A part without any head.
      guard !view.starts(with: "\r\n".utf8) else { throw .badHead }
      return nil
    }
    let text = String(validating: view[..<end.lowerBound], as: UTF8.self)
    guard let head = text.flatMap({ PartHead($0) }) else { throw .badHead }
    buffer.moveReaderIndex(to: end.upperBound)
    state = .data
    return .part(head)
  }

  private mutating func data() -> Event? {
    if let offset = search.find(in: buffer.readableBytesSpan) {
      if offset > 0, let bytes = buffer.readSlice(length: offset) { return .data(bytes) }
      buffer.moveReaderIndex(forwardBy: search.length)
      state = .boundary
      return .partEnd
    }
    // The end may be the beginning of a boundary.
    let sure = buffer.readableBytes - search.length + 1
    guard sure > 0, let bytes = buffer.readSlice(length: sure) else { return nil }
    return .data(bytes)
  }
}

/// Finds a delimiter by Horspool's way: most of the text is never looked at.
struct DelimiterSearch: Sendable {
  private let needle: [UInt8]
  /// How far to go on for the byte that stands where the needle would end.
  private let shifts: [Int]

  var length: Int { needle.count }

  init(_ needle: [UInt8]) {
    self.needle = needle
    var shifts = [Int](repeating: needle.count, count: 256)
    for (index, byte) in needle.dropLast().enumerated() {
      shifts[Int(byte)] = needle.count - 1 - index
    }
    self.shifts = shifts
  }

  /// Where the needle begins; nil where it is not in the text.
  func find(in text: RawSpan) -> Int? {
    let last = needle.count - 1
    var end = last
    while end < text.byteCount {
      let byte = unsafe text.unsafeLoad(fromByteOffset: end, as: UInt8.self)
      if byte == needle[last] {
        var index = last - 1
        while index >= 0,
          unsafe text.unsafeLoad(fromByteOffset: end - last + index, as: UInt8.self)
            == needle[index]
        { index -= 1 }
        if index < 0 { return end - last }
      }
      end += shifts[Int(byte)]
    }
    return nil
  }
}
