import HTTPTypes

/// The header of an answer, line by line as libcurl hands it on; bounded.
struct Header {
  private let limit: (bytes: Int, fields: Int)
  private var bytes = 0
  private var count = 0
  private var head: HTTPResponse?
  private var last: HTTPField.Name?
  /// Whether the header of the final answer is complete; what comes then are trailers.
  private(set) var isComplete = false
  /// The fields that came behind the body so far; none of them is taken for a field of the header.
  private(set) var trailers = HTTPFields()

  init(limit: (bytes: Int, fields: Int)) { self.limit = limit }

  /// Why a header is refused, in words.
  struct Refusal: Error {
    let reason: String
  }

  /// Takes one line with its end; returns the header once it is complete.
  mutating func add(_ line: UnsafeRawBufferPointer) throws(Refusal) -> HTTPResponse? {
    bytes += line.count
    count += 1
    guard bytes <= limit.bytes else {
      throw Refusal(reason: "a header of more than \(limit.bytes) bytes")
    }
    // The line of the status, those of a few interim answers and the empty ones count too.
    guard count <= limit.fields + 16 else {
      throw Refusal(reason: "a header of more than \(limit.fields) fields")
    }
    var text = Substring(unsafe String(decoding: line, as: UTF8.self))
    while text.last?.isNewline == true { text.removeLast() }
    if isComplete {
      if let field = Self.field(text) { trailers.append(field) }
      return nil
    }
    if text.hasPrefix("HTTP/") {
      head = try Self.status(text)
    } else if text.isEmpty {
      guard let head else { throw Refusal(reason: "a header without a status") }
      // 100 Continue and its like: the answer is still to come.
      if head.status.kind == .informational && head.status.code != 101 { return nil }
      // Two lengths are two opinions on where the next answer begins.
      guard Set(head.headerFields[values: .contentLength]).count <= 1 else {
        throw Refusal(reason: "several lengths")
      }
      // libcurl would unpack it, to any size, though nobody asked for it.
      guard
        head.headerFields[values: .transferEncoding].allSatisfy({ $0.lowercased() == "chunked" })
      else { throw Refusal(reason: "a transfer encoding that nobody asked for") }
      isComplete = true
      return head
    } else if text.first == " " || text.first == "\t" {
      if let last, let value = head?.headerFields[last] {
        head?.headerFields[last] = "\(value) \(Self.trimmed(text))"
      }
    } else if let field = Self.field(text) {
      head?.headerFields.append(field)
      last = field.name
    }
    return nil
  }

  private static func field(_ line: Substring) -> HTTPField? {
    guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon]))
    else { return nil }
    return HTTPField(name: name, value: trimmed(line[line.index(after: colon)...]))
  }

  private static func status(_ line: Substring) throws(Refusal) -> HTTPResponse {
    let words = line.split(separator: " ", maxSplits: 2)
    guard words.count >= 2, words[1].utf8.count == 3, let code = Int(words[1]),
      (100...999).contains(code)
    else { throw Refusal(reason: "a status that is none") }
    return HTTPResponse(status: HTTPResponse.Status(code: code))
  }

  private static func trimmed(_ text: Substring) -> String {
    var text = text
    while text.first == " " || text.first == "\t" { text.removeFirst() }
    while text.last == " " || text.last == "\t" { text.removeLast() }
    return String(text)
  }
}
