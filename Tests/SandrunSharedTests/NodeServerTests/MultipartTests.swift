import NIOCore
import Testing

@testable import NodeServer

@Suite struct MultipartTests {
  /// A part as it came out: its head and all of its bytes.
  struct Part: Equatable {
    var head: PartHead
    var bytes: [UInt8] = []
  }

  static let type = "multipart/form-data; boundary=XyZ"

  /// Parses a body that comes in pieces of a length.
  static func parse(_ body: [UInt8], type: String = type, piece: Int) throws -> [Part] {
    var parser = try MultipartParser(contentType: type)
    var parts: [Part] = []
    var isOpen = false
    for start in stride(from: 0, to: body.count, by: piece) {
      parser.feed(ByteBuffer(bytes: body[start..<min(start + piece, body.count)]))
      while let event = try parser.next() {
        switch event {
        case .part(let head):
          #expect(!isOpen)
          isOpen = true
          parts.append(Part(head: head))
        case .data(let bytes):
          #expect(isOpen && bytes.readableBytes > 0)
          parts[parts.count - 1].bytes += Array(bytes.readableBytesView)
        case .partEnd: isOpen = false
        case .end: #expect(!isOpen)
        }
      }
    }
    try parser.finish()
    return parts
  }

  static func part(_ disposition: String, _ body: String) -> String {
    "--XyZ\r\nContent-Disposition: form-data; \(disposition)\r\n\r\n\(body)\r\n"
  }

  @Test("the same parts come out however the bytes come", arguments: [1, 2, 3, 7, 64, 4096])
  func pieces(piece: Int) throws {
    // What is almost a boundary is none.
    let tricky = "\r\n--Xy\r\n--X\r\n-\r\r\n--XyY\r\n--"
    let body =
      "a preamble\r\n" + Self.part("name=\"manifest\"", "{}")
      + Self.part("name=\"files\"; filename=\"a b.py\"", tricky)
      + Self.part("name=files; filename=empty", "") + "--XyZ  \r\n"
      + "content-disposition: form-data; name=x\r\nContent-Type: text/plain\r\n\r\ny\r\n--XyZ--\r\nrest"
    #expect(
      try Self.parse(Array(body.utf8), piece: piece) == [
        Part(head: PartHead(name: "manifest"), bytes: Array("{}".utf8)),
        Part(head: PartHead(name: "files", fileName: "a b.py"), bytes: Array(tricky.utf8)),
        Part(head: PartHead(name: "files", fileName: "empty")),
        Part(head: PartHead(name: "x"), bytes: Array("y".utf8)),
      ])
  }

  @Test("random bytes come out as they went in")
  func random() throws {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<50 {
      // Of few kinds, so that pieces of the boundary turn up.
      let content = (0..<Int.random(in: 0...3000)).map { _ in
        Array("\r\n-XyZa".utf8).randomElement(using: &generator) ?? 0
      }
      let search = DelimiterSearch(Array("\r\n--XyZ".utf8))
      guard unsafe search.find(in: content.span.bytes) == nil else { continue }
      let head = "--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\n"
      let body = Array(head.utf8) + content + Array("\r\n--XyZ--".utf8)
      let parts = try Self.parse(body, piece: Int.random(in: 1...500))
      #expect(parts == [Part(head: PartHead(name: "a"), bytes: content)])
    }
  }

  @Test(
    "bodies that are no form",
    arguments: [
      ("", MultipartError.truncated),
      ("--XyZ", .truncated),
      ("--XyZ\r\n", .truncated),
      ("--XyZx\r\n", .badBoundary),
      ("--XyZ\r\n\r\nno head\r\n--XyZ--", .badHead),
      ("--XyZ\r\nContent-Type: text/plain\r\n\r\nx\r\n--XyZ--", .badHead),
      ("--XyZ\r\nContent-Disposition: attachment; name=a\r\n\r\nx\r\n--XyZ--", .badHead),
      ("--XyZ\r\nContent-Disposition: form-data\r\n\r\nx\r\n--XyZ--", .badHead),
      ("--XyZ\r\nContent-Disposition: form-data; name=\"\"\r\n\r\nx\r\n--XyZ--", .badHead),
      ("--XyZ\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--Xy", .truncated),
      (String(repeating: "x", count: 20_000), .noParts),
      ("--XyZ\r\nX: " + String(repeating: "x", count: 20_000), .headTooLong),
    ])
  func refused(body: String, error: MultipartError) {
    #expect(throws: error) { try Self.parse(Array(body.utf8), piece: 64) }
  }

  @Test(
    "content types without a boundary",
    arguments: [
      "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"",
      "multipart/form-data; boundary=\"a \"", "multipart/form-data; boundary=ü",
      "multipart/form-data; boundary=" + String(repeating: "x", count: 71),
    ])
  func boundaries(type: String) {
    #expect(throws: MultipartError.noBoundary) { try MultipartParser(contentType: type) }
  }

  @Test("boundaries in quotes, and with what else a boundary may hold")
  func quoted() throws {
    let body = "--a;b c\r\nContent-Disposition: form-data; name=n\r\n\r\n1\r\n--a;b c--"
    let parts = try Self.parse(
      Array(body.utf8), type: "multipart/form-data; charset=utf-8; Boundary=\"a;b c\"", piece: 5)
    #expect(parts.map(\.head.name) == ["n"])
  }

  @Test(
    "names as clients write them",
    arguments: [
      // Browsers and newer curl; older curl; Python's requests; Windows.
      (#"name="a"; filename="q%22q""#, "q\"q"),
      (#"name="a"; filename="q\"q\\q""#, #"q"q\q"#),
      ("name=\"a\"; filename*=utf-8''na%C3%AFve%20x", "naïve x"),
      ("name=\"a\"; filename=\"plain\"; filename*=UTF-8''b", "b"),
      (#"name="a"; filename="C:\dir\x""#, #"C:\dir\x"#),
      ("name=\"a\"; filename=\"naïve;x\"", "naïve;x"),
    ])
  func names(disposition: String, name: String) throws {
    let head = try #require(PartHead("Content-Disposition: form-data; \(disposition)"))
    #expect(head == PartHead(name: "a", fileName: name))
  }

  @Test(
    "heads that name nothing",
    arguments: [
      "", "Content-Disposition", "Content-Disposition: form-data; filename=x",
      "Content-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b",
      "Content-Disposition: form-data; name=a; filename*=latin1''x",
      "Content-Disposition: form-data; name=a; filename*=utf-8''%zz",
      "Content-Disposition: form-data; name=a; filename*=utf-8''%ff",
    ])
  func nameless(head: String) {
    #expect(PartHead(head) == nil)
  }
}
