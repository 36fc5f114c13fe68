import TestSupport
import Testing
import WebSocket

@Suite("Talk with the package websockets")
struct TalkTests {
  /// Opens a place on the server for a talk.
  static func talk(
    _ place: String, headers: [(name: String, value: String)] = [],
    options: WebSocketOptions = WebSocketOptions(),
    _ body: (WebSocketConnection) async throws -> Void
  ) async throws -> [String] {
    try await Peer.run("websocket-server.py") { peer in
      let url = try WebSocketURL("ws://127.0.0.1:\(peer.port)").appending(place)
      try await body(try await WebSocketClient.connect(to: url, headers: headers, options: options))
    }.said
  }

  @Test("messages of every size come back as they went")
  func echo() async throws {
    _ = try await Self.talk("echo") { connection in
      var reader = connection.messages.makeAsyncIterator()
      for size in [0, 1, 125, 126, 65535, 65536, 1 << 20, 5 << 20] {
        let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        let text = String(repeating: "\u{E9}", count: size / 2)
        try await connection.send(.binary(bytes))
        let message1 = try await reader.next()
        #expect(message1 == .binary(bytes))
        try await connection.send(.text(text))
        let message2 = try await reader.next()
        #expect(message2 == .text(text))
      }
      #expect(await connection.close() == WebSocketClose(code: 1000))
      let message3 = try await reader.next()
      #expect(message3 == nil)
    }
  }

  @Test("fragments are put together")
  func fragments() async throws {
    _ = try await Self.talk("fragments") { connection in
      var read: [WebSocketMessage] = []
      for try await message in connection.messages { read.append(message) }
      let bytes = [0] + [UInt8](repeating: 255, count: 70000)
      #expect(read == [.text("one two three"), .binary(bytes)])
      #expect(connection.closing == WebSocketClose(code: 1000))
    }
  }

  @Test("pings are answered while we read, and ours are")
  func pings() async throws {
    var options = WebSocketOptions()
    options.pingInterval = .milliseconds(5)
    _ = try await Self.talk("pings", options: options) { connection in
      var count = 0
      for try await message in connection.messages {
        #expect(message == .text("\(count)"))
        count += 1
      }
      #expect(count == 20)
    }
  }

  @Test("ten thousand messages in their order, through a small window")
  func order() async throws {
    var options = WebSocketOptions()
    options.maxWaiting = 1000
    _ = try await Self.talk("count?from=0&to=10000", options: options) { connection in
      var next = 0
      for try await message in connection.messages {
        #expect(message == .text("\(next)"))
        next += 1
      }
      #expect(next == 10000)
    }
  }

  @Test("a message up to the bound is taken, and one byte more is not")
  func big() async throws {
    var options = WebSocketOptions()
    options.maxMessageSize = 300_000
    _ = try await Self.talk("big?size=300000", options: options) { connection in
      var reader = connection.messages.makeAsyncIterator()
      let message4 = try await reader.next()
      #expect(message4 == .binary([UInt8](repeating: 0x78, count: 300_000)))
      let message5 = try await reader.next()
      #expect(message5 == nil)
    }
    _ = try await Self.talk("big?size=300001", options: options) { connection in
      var reader = connection.messages.makeAsyncIterator()
      await #expect(throws: WebSocketError.tooLarge(limit: 300_000)) { try await reader.next() }
    }
  }

  @Test("code and reason of the other side, and ours to it")
  func closing() async throws {
    _ = try await Self.talk(
      "close?code=4001&reason=enough+\u{E9}".replacing("\u{E9}", with: "%C3%A9")
    ) { connection in
      for try await _ in connection.messages {}
      #expect(connection.closing == WebSocketClose(code: 4001, reason: "enough \u{E9}"))
      // To close again is no harm.
      #expect(await connection.close() == connection.closing)
    }
    let long = String(repeating: "\u{E9}", count: 100)
    let said = try await Self.talk("closed") { connection in
      var reader = connection.messages.makeAsyncIterator()
      let message6 = try await reader.next()
      #expect(message6 == .text("go"))
      let answer = await connection.close(code: 3999, reason: long)
      #expect(answer?.code == 3999)
    }
    #expect(said == ["3999 " + String(repeating: "\u{E9}", count: 61)])
  }

  @Test("a server that dies is no end of messages, but its last words are read")
  func dying() async throws {
    _ = try await Self.talk("die") { connection in
      var reader = connection.messages.makeAsyncIterator()
      let message7 = try await reader.next()
      #expect(message7 == .text("last words"))
      let error = await #expect(throws: WebSocketError.self) { try await reader.next() }
      guard case .closedAbnormally = error else {
        Issue.record("\(String(describing: error))")
        return
      }
    }
  }

  @Test(
    "refusals of a real server",
    arguments: [
      ("404", 404, "no such job\n"), ("401", 401, ""), ("503", 503, "draining\n"),
      ("token", 403, "no\n"),
    ])
  func refusals(_ row: (String, Int, String)) async throws {
    let error = await #expect(throws: (any Error).self) { _ = try await Self.talk(row.0) { _ in } }
    guard case .refused(_, let refusal) = error as? WebSocketError else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(refusal.status == row.1)
    #expect(refusal.body == row.2)
    #expect(refusal.retryAfter == (row.1 == 503 ? 7 : nil))
  }

  @Test("headers, subprotocols and the host's name arrive")
  func request() async throws {
    var options = WebSocketOptions()
    options.subprotocols = ["a", "b"]
    let headers = [(name: "Authorization", value: "Bearer sesame")]
    _ = try await Self.talk("token", headers: headers, options: options) { connection in
      #expect(connection.subprotocol == "b")
    }
    let (place, _) = try await Peer.run("websocket-server.py") { peer in
      let url = try WebSocketURL("ws://localhost:\(peer.port)/host?x=%20")
      let connection = try await WebSocketClient.connect(to: url)
      var read: [WebSocketMessage] = []
      for try await message in connection.messages { read.append(message) }
      #expect(read == [.text("localhost:\(peer.port)"), .text("/host?x=%20")])
      return url
    }
    // The server is gone.
    await #expect(throws: WebSocketError.self) { try await WebSocketClient.connect(to: place) }
  }
}
