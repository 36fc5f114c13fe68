import TestSupport
import Testing
import WebSocket

/// What a broken server sends after the handshake, and what becomes of it.
struct BreachRow: CustomTestStringConvertible, Sendable {
  let name: String
  let bytes: String
  var read: [WebSocketMessage] = []
  let code: UInt16
  var testDescription: String { name }

  /// After Autobahn's sections 2 to 7, and RFC 6455 section by section.
  static let rows: [BreachRow] = [
    // 3: reserved bits.
    .init(name: "reserved bit 1", bytes: "c100", code: 1002),
    .init(name: "reserved bit 2", bytes: "a100", code: 1002),
    .init(name: "reserved bit 3", bytes: "91", code: 1002),
    .init(name: "reserved bit on a ping", bytes: "c900", code: 1002),
    .init(
      name: "reserved bits after a message", bytes: "810161f10162", read: [.text("a")], code: 1002),
    // 4: reserved opcodes.
    .init(name: "opcode 3", bytes: "8300", code: 1002),
    .init(name: "opcode 7", bytes: "8700", code: 1002),
    .init(name: "opcode 11", bytes: "8b00", code: 1002),
    .init(name: "opcode 15", bytes: "8f", code: 1002),
    .init(name: "opcode 12 between fragments", bytes: "0101618c00", code: 1002),
    // 2: control frames.
    .init(name: "a fragmented ping", bytes: "090161", code: 1002),
    .init(name: "a fragmented close", bytes: "080203e8", code: 1002),
    .init(name: "a ping of 126 bytes", bytes: "897e007e", code: 1002),
    .init(name: "a pong of 64 KiB", bytes: "8a7f0000000000010000", code: 1002),
    // 5: fragments.
    .init(name: "a continuation of nothing", bytes: "800161", code: 1002),
    .init(name: "a first fragment that continues nothing", bytes: "000161", code: 1002),
    .init(
      name: "a continuation after the end", bytes: "010161800162800163", read: [.text("ab")],
      code: 1002),
    .init(name: "a new text before the end", bytes: "010161810162", code: 1002),
    .init(name: "a binary before the end of a text", bytes: "010161020162", code: 1002),
    // Section 5.1 and 5.2.
    .init(name: "a masked frame", bytes: "81810102030460", code: 1002),
    .init(name: "5 in 16 bits", bytes: "817e0005", code: 1002),
    .init(name: "5 in 64 bits", bytes: "817f0000000000000005", code: 1002),
    .init(name: "a length beyond 2^63", bytes: "827f8000000000000000", code: 1002),
    // 9: too long.
    .init(name: "a frame over the bound", bytes: "827e1389", code: 1009),
    .init(name: "fragments over the bound", bytes: "027e1387" + x(4999) + "8002", code: 1009),
    .init(name: "2^63 - 1 bytes", bytes: "827f7fffffffffffffff", code: 1009),
    // 6: UTF-8.
    .init(name: "an overlong slash", bytes: "8102c0af", code: 1007),
    .init(name: "a surrogate", bytes: "8103eda080", code: 1007),
    .init(name: "beyond U+10FFFF", bytes: "8104f4908080", code: 1007),
    .init(name: "half a character", bytes: "8101c3", code: 1007),
    .init(name: "a bad byte in the second fragment", bytes: "0101618001ff", code: 1007),
    // 7: closing.
    .init(name: "a close code of one byte", bytes: "880103", code: 1002),
    .init(name: "close code 0", bytes: "88020000", code: 1002),
    .init(name: "close code 999", bytes: "880203e7", code: 1002),
    .init(name: "close code 1004", bytes: "880203ec", code: 1002),
    .init(name: "close code 1005", bytes: "880203ed", code: 1002),
    .init(name: "close code 1006", bytes: "880203ee", code: 1002),
    .init(name: "close code 1015", bytes: "880203f7", code: 1002),
    .init(name: "close code 2999", bytes: "88020bb7", code: 1002),
    .init(name: "close code 5000", bytes: "88021388", code: 1002),
    .init(name: "a close reason that is no UTF-8", bytes: "880403e8c0af", code: 1007),
    .init(name: "a close of 126 bytes", bytes: "887e007e", code: 1002),
  ]

  private static func x(_ count: Int) -> String { String(repeating: "78", count: count) }
}

@Suite("Servers that break the protocol")
struct BreachTests {
  @Test("are refused with the right code", arguments: BreachRow.rows)
  func breaches(_ row: BreachRow) async throws {
    let said = try await Peer.run("raw-websocket.py", ["shake", "send:" + row.bytes]) { peer in
      var options = WebSocketOptions()
      options.maxMessageSize = 5000
      let url = try WebSocketURL("ws://127.0.0.1:\(peer.port)/")
      let connection = try await WebSocketClient.connect(to: url, options: options)
      var read: [WebSocketMessage] = []
      let error = await #expect(throws: WebSocketError.self) {
        for try await message in connection.messages { read.append(message) }
      }
      #expect(read == row.read)
      switch error {
      case .protocolViolation(_, let code): #expect(code == row.code)
      case .tooLarge(let limit):
        #expect(row.code == 1009)
        #expect(limit == 5000)
      default: Issue.record("\(String(describing: error))")
      }
      #expect(connection.closing == nil)
      await #expect(throws: WebSocketError.self) { try await connection.send(.text("late")) }
    }.said
    // What the server heard: one Close with the code.
    let code = String(row.code, radix: 16)
    #expect(said.count == 3)
    #expect(said.dropFirst().first?.hasPrefix("88 masked 0\(code)") == true, "\(said)")
    #expect(said.last == "end")
  }

  @Test(
    "a closing handshake is none of that",
    arguments: [
      ("8800", 1005, "", "88 masked"),
      ("880203e8", 1000, "", "88 masked 03e8"),
      ("880603e864c3a965", 1000, "d\u{E9}e", "88 masked 03e8"),
      ("880203e9", 1001, "", "88 masked 03e9"),
      ("88020bb8", 3000, "", "88 masked 0bb8"),
      ("88021387", 4999, "", "88 masked 1387"),
      ("8101618802" + "03e8" + "810162", 1000, "", "88 masked 03e8"),
      // A message that never ends is no answer, and no obstacle.
      ("010161880203e8", 1000, "", "88 masked 03e8"),
    ] as [(String, UInt16, String, String)])
  func closing(_ row: (String, UInt16, String, String)) async throws {
    let said = try await Peer.run("raw-websocket.py", ["shake", "send:" + row.0, "frame", "close"])
    {
      let url = try WebSocketURL("ws://127.0.0.1:\($0.port)/")
      let connection = try await WebSocketClient.connect(to: url)
      var read: [WebSocketMessage] = []
      for try await message in connection.messages { read.append(message) }
      #expect(read == (row.0.hasPrefix("81") ? [.text("a")] : []))
      #expect(connection.closing == WebSocketClose(code: row.1, reason: row.2))
      await #expect(throws: WebSocketError.closed) { try await connection.send(.text("late")) }
    }.said
    #expect(said.dropFirst() == [row.3, "closed"])
  }

  @Test("a connection that breaks is no end of messages", arguments: ["half", "reset", "close"])
  func breaking(_ end: String) async throws {
    _ = try await Peer.run("raw-websocket.py", ["shake", "send:810161", "send:8105", end]) {
      let url = try WebSocketURL("ws://127.0.0.1:\($0.port)/")
      let connection = try await WebSocketClient.connect(to: url)
      let error = await #expect(throws: WebSocketError.self) {
        for try await message in connection.messages { #expect(message == .text("a")) }
      }
      guard case .closedAbnormally = error else {
        Issue.record("\(String(describing: error))")
        return
      }
      // It stays so.
      var reader = connection.messages.makeAsyncIterator()
      let again = await #expect(throws: WebSocketError.self) { _ = try await reader.next() }
      #expect(again == error)
    }
  }
}
