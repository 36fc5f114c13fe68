import TestSupport
import Testing
import WebSocket

@Suite("The opening handshake")
struct HandshakeTests {
  static let good =
    #"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"#
    + #"Sec-WebSocket-Accept: {accept}\r\n"#

  /// Talks to a server that gives the answer, and returns the error.
  static func refusal(
    _ steps: [String], _ change: (inout WebSocketOptions) -> Void = { _ in }
  ) async throws -> WebSocketError? {
    try await Peer.run("raw-websocket.py", steps) { peer in
      var options = WebSocketOptions()
      change(&options)
      let url = try WebSocketURL("ws://127.0.0.1:\(peer.port)/logs/1?offset=0")
      return await #expect(throws: WebSocketError.self) {
        try await WebSocketClient.connect(to: url, options: options)
      }
    }.value
  }

  @Test(
    "an answer that is none is refused",
    arguments: [
      good.replacing("Upgrade: websocket", with: "Upgrade: h2c"),
      good.replacing(#"Upgrade: websocket\r\n"#, with: ""),
      good.replacing("Upgrade: websocket", with: "Upgrade: websocket, h2c"),
      good.replacing("Connection: Upgrade", with: "Connection: close"),
      good.replacing(#"Connection: Upgrade\r\n"#, with: ""),
      good.replacing("{accept}", with: "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
      good.replacing(#"Sec-WebSocket-Accept: {accept}\r\n"#, with: ""),
      good + #"Sec-WebSocket-Accept: {accept}\r\n"#,
      good + #"Sec-WebSocket-Extensions: permessage-deflate\r\n"#,
      good + #"Sec-WebSocket-Protocol: chat\r\n"#,
      good.replacing("HTTP/1.1", with: "HTTP/1.0"),
      good.replacing("HTTP/1.1", with: "HTTP/2"),
      good.replacing("HTTP/1.1 101", with: "HTTP/1.1 1015"),
      good + #" folded: header\r\n"#,
      good + #"no colon\r\n"#,
      good + #": no name\r\n"#,
      good + #"space before : colon\r\n"#,
      #"SSH-2.0-OpenSSH_9.2\r\n"#,
      #"\r\n"#,
    ])
  func badAnswers(_ answer: String) async throws {
    let error = try await Self.refusal(["answer:\(answer)\\r\\n"])
    guard case .badHandshake(let url, _) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(url.contains("/logs/1?offset=0"))
  }

  @Test(
    "what is the same by the letter is taken",
    arguments: [
      good,
      good.replacing("Upgrade: websocket", with: "UPGRADE:WebSocket"),
      good.replacing("Connection: Upgrade", with: "connection: keep-alive, uPGRADE"),
      good.replacing(#"\r\n"#, with: #"\n"#),
      good.replacing("Switching Protocols", with: ""),
      #"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"# + good,
      good + #"X-Other: \t"# + "h\u{E9}" + #" \r\n"#,
    ])
  func goodAnswers(_ answer: String) async throws {
    let end = answer.hasSuffix(#"\r\n"#) ? #"\r\n"# : #"\n"#
    // The first frame comes in the same packet.
    _ = try await Peer.run("raw-websocket.py", ["answer:\(answer)\(end)\u{1}A", "frame", "close"]) {
      let url = try WebSocketURL("ws://127.0.0.1:\($0.port)/")
      let connection = try await WebSocketClient.connect(to: url)
      #expect(connection.subprotocol == nil)
      await #expect(throws: WebSocketError.self) {
        // 01 41: the first fragment of a text of 65 bytes, which never comes.
        try await withThrowingTaskGroup(of: Void.self) { group in
          group.addTask { for try await _ in connection.messages {} }
          group.addTask { try await connection.send(.text("x")) }
          try await group.waitForAll()
        }
      }
    }
  }

  @Test("a subprotocol is one of those asked for")
  func subprotocols() async throws {
    let answer = Self.good + #"Sec-WebSocket-Protocol: two\r\n\r\n"#
    _ = try await Peer.run("raw-websocket.py", ["answer:\(answer)"]) {
      var options = WebSocketOptions()
      options.subprotocols = ["one", "two"]
      let url = try WebSocketURL("ws://127.0.0.1:\($0.port)/")
      let connection = try await WebSocketClient.connect(to: url, options: options)
      #expect(connection.subprotocol == "two")
      await connection.close()
    }
    let error = try await Self.refusal(["answer:\(answer)"]) { $0.subprotocols = ["one"] }
    guard case .badHandshake = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test(
    "a refusal gives status, wait and the beginning of the body",
    arguments: [
      (#"404 Not Found\r\nContent-Length: 11\r\n\r\nno such job"#, 404, nil, "no such job"),
      (#"401 Unauthorized\r\n\r\n"#, 401, nil, ""),
      (
        #"503 Busy\r\nRetry-After: 12\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nfull\r\n5;x=y\r\n disk\r\n0\r\n\r\n"#,
        503, 12, "full disk"
      ),
      (
        #"429 Slow\r\nRetry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\nContent-Length: 0\r\n\r\n"#,
        429, nil, ""
      ),
      (#"200 OK\r\nContent-Length: 5000000\r\n\r\n<html>"#, 200, nil, "<html>"),
      (#"500 Oops\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nx"#, 500, nil, ""),
      (#"500 Oops\r\nTransfer-Encoding: chunked\r\n\r\n7fffffffffffffff\r\nxy"#, 500, nil, "xy"),
      (#"304 Not Modified\r\n\r\nx"#, 304, nil, ""),
    ] as [(String, Int, Int?, String)])
  func refusals(_ row: (String, Int, Int?, String)) async throws {
    let error = try await Self.refusal(["answer:HTTP/1.1 \(row.0)", "half"])
    guard case .refused(_, let refusal) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(refusal == WebSocketRefusal(status: row.1, retryAfter: row.2, body: row.3))
  }

  @Test(
    "a refusal without an end is cut short",
    arguments: [
      "answer:HTTP/1.1 500 Oops\\r\\n\\r\\n",
      "answer:HTTP/1.1 500 Oops\\r\\nTransfer-Encoding: chunked\\r\\n\\r\\n1000000\\r\\n",
      "answer:HTTP/1.1 500 Oops\\r\\nContent-Length: 9999999\\r\\n\\r\\n",
    ])
  func endlessRefusal(_ head: String) async throws {
    let steps = [head, "flood:100000:1b5b324a20", "flood:100000:1b5b324a20"]
    guard case .refused(_, let refusal) = try await Self.refusal(steps) else {
      Issue.record("no refusal")
      return
    }
    #expect(refusal.body.utf8.count == 2048)
    #expect(!refusal.description.contains("\u{1B}"))
    #expect(refusal.description.count < 300)
    // A body that does not come is not waited for.
    guard case .refused(_, let silent) = try await Self.refusal([head]) else {
      Issue.record("no refusal")
      return
    }
    #expect(silent.status == 500)
  }

  @Test("a redirect is an error that names the place")
  func redirect() async throws {
    let error = try await Self.refusal([
      #"answer:HTTP/1.1 302 Found\r\nLocation: http://other.example/logs\r\n\r\n"#
    ])
    guard case .redirected(_, 302, let place) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(place == "http://other.example/logs")
    #expect(error?.description.contains("http://other.example/logs") == true)
  }

  @Test("a head has 16 KiB, and ten seconds or what it is given")
  func bounds() async throws {
    let long = "answer:HTTP/1.1 101 Yes\\r\\nX: " + String(repeating: "x", count: 17000)
    guard case .badHandshake(_, let reason) = try await Self.refusal([long]) else {
      Issue.record("no bad handshake")
      return
    }
    #expect(reason.contains("16 KiB"))
    let silent = try await Self.refusal(["answer:HTTP/1.1 101 Yes\\r\\n"]) {
      $0.connectTimeout = .milliseconds(300)
    }
    guard case .timedOut(_, .milliseconds(300)) = silent else {
      Issue.record("\(String(describing: silent))")
      return
    }
    for end in ["half", "reset", "close"] {
      let cut = try await Self.refusal(["answer:HTTP/1.1 101 Yes\\r\\n", end])
      switch cut {
      case .badHandshake, .cannotConnect: break
      default: Issue.record("\(end): \(String(describing: cut))")
      }
    }
  }

  @Test(
    "what would break the request is not sent",
    arguments: [
      ("X: y", ""), ("", ""), ("X", "a\r\nY: b"), ("X", "\0"), ("Host", "h"), ("upgrade", "h2c"),
      ("Sec-WebSocket-Key", "x"), ("Content-Length", "5"),
    ])
  func badHeaders(_ header: (String, String)) async throws {
    let url = try WebSocketURL("ws://127.0.0.1:1/")
    let error = await #expect(throws: WebSocketError.self) {
      try await WebSocketClient.connect(to: url, headers: [(name: header.0, value: header.1)])
    }
    guard case .badRequest = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test("a port that nobody listens on, and a host that is none")
  func unreachable() async throws {
    let closed = await #expect(throws: WebSocketError.self) {
      try await WebSocketClient.connect(to: try WebSocketURL("ws://127.0.0.1:1/"))
    }
    #expect(closed?.description == "cannot reach ws://127.0.0.1:1/: Connection refused")
    let unknown = await #expect(throws: WebSocketError.self) {
      try await WebSocketClient.connect(to: try WebSocketURL("ws://no-such-host.invalid/"))
    }
    guard case .cannotResolve("no-such-host.invalid", _) = unknown else {
      Issue.record("\(String(describing: unknown))")
      return
    }
  }
}
