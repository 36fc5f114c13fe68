import HTTPTypes
import NodeAPI
import Testing

@testable import NodeServer

@Suite struct RequestTests {
  @Test(
    "targets, taken apart",
    arguments: [
      ("/", []), ("/status/x", ["status", "x"]), ("/ipfs/x/", ["ipfs", "x"]),
      ("/download/x/a%20b/%C3%BC+", ["download", "x", "a b", "ü+"]),
      ("http://host:80/health", ["health"]), ("https://host", []), ("http://host?x", []),
    ] as [(String, [String])])
  func targets(text: String, segments: [String]) throws {
    #expect(try #require(RequestTarget(text)).segments == segments)
  }

  @Test(
    "targets that are refused",
    arguments: [
      "", "*", "a:1", "health", "//", "/a//b", "/..", "/a/../b", "/./a", "/%2e%2e/a", "/%2E",
      "/a%2fb", "/%00", "/%", "/%4", "/%zz", "/%ff", "ftp://host/a", "/a?%zz=1",
    ])
  func badTargets(text: String) {
    #expect(RequestTarget(text) == nil)
  }

  @Test("the query")
  func query() throws {
    let target = try #require(RequestTarget("/a?format=car&x=1+2%26&x=3&y&=z&&"))
    #expect(target.query == ["format": "car", "x": "1 2&", "y": "", "": "z"])
  }

  @Test("WebSockets by their target")
  func sockets() throws {
    let id = String(repeating: "0a", count: 16)
    let job = try #require(JobID(id))
    let request = { (text: String) in
      RequestTarget(text).flatMap { SocketRequest(target: $0) }
    }
    #expect(request("/logs/\(id)") == SocketRequest(kind: .messages, job: job, offset: 0))
    #expect(
      request("/logs/\(id)?offset=12") == SocketRequest(kind: .messages, job: job, offset: 12))
    #expect(request("/stream/\(id)") == SocketRequest(kind: .text, job: job, offset: 0))
    for text in ["/status/\(id)", "/logs/a%20b", "/logs", "/logs/\(id)/x", "/logs/\(id)?offset=-1"]
    {
      #expect(request(text) == nil)
    }
  }

  @Test(
    "who may ask",
    arguments: [
      (true, "localhost:8443", nil, true), (true, "127.0.0.1:1", nil, true),
      (true, "[::1]:1", nil, true), (true, "a.localhost", nil, true), (true, nil, nil, true),
      (true, "NODE.example:1", nil, true), (true, "evil.example", nil, false),
      (true, "[::1].evil.example", nil, false), (true, "[evil.example", nil, false),
      (true, ":80.evil.example", nil, false), (true, "[::1", nil, false),
      (true, "127.0.0.1.evil.example", nil, false), (true, "1.2.3.256", nil, false),
      (false, "any.example", nil, true),
      (true, "localhost:1", "http://localhost:1", true),
      (true, "LOCALHOST:1", "http://localhost:1", true),
      (true, "localhost:1", "http://localhost:2", false),
      (true, "localhost:1", "null", false), (true, "localhost:1", "", false),
      (true, nil, "http://localhost", false),
      (false, "any.example", "https://any.example", true),
      (false, "any.example", "https://other.example", false),
    ] as [(Bool, String?, String?, Bool)])
  func gate(isLoopback: Bool, host: String?, origin: String?, passes: Bool) {
    let gate = Gate(isLoopback: isLoopback, hostNames: ["node.example"])
    #expect((gate.refusal(host: host, origin: origin, site: nil) == nil) == passes)
  }

  @Test(
    "ranges of a file of 10 bytes",
    arguments: [
      (nil, .whole), ("bytes=0-4", .part(0..<5)), ("bytes=5-", .part(5..<10)),
      ("bytes=-3", .part(7..<10)), ("bytes=-30", .part(0..<10)), ("bytes=9-99", .part(9..<10)),
      ("bytes=10-", .none), ("bytes=-0", .none), ("bytes=4-3", .whole), ("bytes=a-b", .whole),
      ("bytes=0-1,3-4", .whole), ("items=0-1", .whole), ("bytes=-", .whole),
      ("bytes=99999999999999999999-", .none), ("Bytes=0-0", .part(0..<1)),
    ] as [(String?, ByteRange)])
  func ranges(field: String?, range: ByteRange) {
    var fields = HTTPFields()
    fields[.range] = field
    #expect(ByteRange(fields, tag: "\"a\"", size: 10) == range)
    fields[.ifRange] = "\"a\""
    #expect(ByteRange(fields, tag: "\"a\"", size: 10) == range)
    fields[.ifRange] = "\"b\""
    #expect(ByteRange(fields, tag: "\"a\"", size: 10) == .whole)
  }

  @Test("a file of nothing has no range")
  func emptyFile() {
    var fields = HTTPFields()
    for text in ["bytes=0-", "bytes=-1", "bytes=0-0"] {
      fields[.range] = text
      #expect(ByteRange(fields, tag: "", size: 0) == .none)
    }
  }

  @Test(
    "names for those who save files",
    arguments: [
      ("a b.txt", "attachment; filename=\"a b.txt\""),
      ("ü\"", "attachment; filename*=UTF-8''%c3%bc%22"),
      ("a\r\nX: y", "attachment; filename*=UTF-8''a%0d%0aX%3a%20y"),
    ])
  func dispositions(name: String, field: String) {
    #expect(ContentName.disposition(name) == field)
  }

  @Test(
    "where text may be cut",
    arguments: [
      ([], 0), ([0x61], 1), ([0x61, 0xC3], 1), ([0x61, 0xC3, 0xBC], 3), ([0xE2, 0x82], 0),
      ([0xE2, 0x82, 0xAC], 3), ([0xF0, 0x9F, 0x98], 0), ([0x61, 0xF0, 0x9F, 0x98, 0x80], 5),
      // What is no UTF-8 anyway is not kept waiting.
      ([0x80, 0x80, 0x80], 3), ([0x80, 0x80, 0x80, 0x80], 4), ([0xFF], 0),
    ] as [([UInt8], Int)])
  func cuts(bytes: [UInt8], length: Int) {
    #expect(UTF8Text.wholeLength(of: bytes) == length)
  }
}
