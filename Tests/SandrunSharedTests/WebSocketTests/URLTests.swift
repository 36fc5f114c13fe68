import Testing
import WebSocket

@Suite("Addresses of WebSockets")
struct URLTests {
  @Test(
    "read, and written as they are sent",
    arguments: [
      ("ws://localhost", "ws://localhost/", "localhost", 80, "/"),
      ("WSS://Example.ORG", "wss://example.org/", "example.org", 443, "/"),
      (
        "ws://127.0.0.1:8443/logs/a?offset=7", "ws://127.0.0.1:8443/logs/a?offset=7", "127.0.0.1",
        8443, "/logs/a?offset=7"
      ),
      ("ws://[::1]:8080/x", "ws://[::1]:8080/x", "::1", 8080, "/x"),
      ("wss://[::FFFF:127.0.0.1]", "wss://[::ffff:127.0.0.1]/", "::ffff:127.0.0.1", 443, "/"),
      ("ws://h:80/", "ws://h/", "h", 80, "/"),
      ("ws://h:443/", "ws://h:443/", "h", 443, "/"),
      ("ws://h:/", "ws://h/", "h", 80, "/"),
      ("ws://h?q=1", "ws://h/?q=1", "h", 80, "/?q=1"),
      ("ws://a_b-c.d/%20@", "ws://a_b-c.d/%20@", "a_b-c.d", 80, "/%20@"),
    ])
  func reading(_ row: (String, String, String, Int, String)) throws {
    let url = try WebSocketURL(row.0)
    #expect(url.description == row.1)
    #expect(url.host == row.2)
    #expect(url.port == row.3)
    #expect(url.target == row.4)
    #expect(url.isSecure == row.0.lowercased().hasPrefix("wss"))
  }

  @Test(
    "refused",
    arguments: [
      "", "localhost", "ws:/localhost", "http://localhost", "ftp://h", "ws://", "ws:///path",
      "ws://user@host/", "ws://user:secret@host/", "ws://h:0/", "ws://h:65536/", "ws://h:x/",
      "ws://h:-1/", "ws://h:+1/", "ws://[::1", "ws://[::1]x/", "ws://[h]/", "ws://[]/", "ws://h#f",
      "ws://h/#", "ws://h/a b", "ws://h/\r\nX: y", "ws://h/\u{E9}", "ws://h\\x/", "ws://::1/",
      "ws://h/" + String(repeating: "x", count: 9000), "ws://" + String(repeating: "h", count: 256),
    ])
  func refusing(_ text: String) throws {
    let error = #expect(throws: WebSocketError.self) { try WebSocketURL(text) }
    #expect(error?.description.contains("secret") == false)
    #expect((error?.description.utf8.count ?? 0) < 500)
  }

  @Test("beside an HTTP service, with a path below")
  func mapping() throws {
    #expect(try WebSocketURL(beside: "http://h:8443").description == "ws://h:8443/")
    #expect(try WebSocketURL(beside: "https://h/base/").description == "wss://h/base/")
    #expect(try WebSocketURL(beside: "ws://h").description == "ws://h/")
    #expect(throws: WebSocketError.self) { try WebSocketURL(beside: "ftp://h") }
    let node = try WebSocketURL(beside: "https://[::1]:1/base/?x=1")
    #expect(
      try node.appending("/logs/a", query: "offset=3").description
        == "wss://[::1]:1/base/logs/a?offset=3")
    #expect(try node.appending("logs").description == "wss://[::1]:1/base/logs")
    #expect(throws: WebSocketError.self) { try node.appending("a b") }
  }
}
