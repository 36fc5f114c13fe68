internal import NIOWebSocket

/// The client's half of the opening handshake: RFC 6455, section 4.1.
struct HandshakeRequest: Sendable {
  let url: WebSocketURL
  let key: String
  let subprotocols: [String]
  let text: String

  init(
    _ url: WebSocketURL, headers: [(name: String, value: String)], subprotocols: [String]
  ) throws(WebSocketError) {
    self.url = url
    self.subprotocols = subprotocols
    key = NIOWebSocketClientUpgrader.randomRequestKey()
    var lines = [
      "GET \(url.target) HTTP/1.1", "Host: \(url.authority)", "Upgrade: websocket",
      "Connection: Upgrade", "Sec-WebSocket-Key: \(key)", "Sec-WebSocket-Version: 13",
    ]
    if !subprotocols.isEmpty {
      guard subprotocols.allSatisfy(Self.isToken), Set(subprotocols).count == subprotocols.count
      else { throw .badRequest("a subprotocol is a token, named once") }
      lines.append("Sec-WebSocket-Protocol: \(subprotocols.joined(separator: ", "))")
    }
    for (name, value) in headers {
      guard Self.isToken(name), value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 })
      else { throw .badRequest("header '\(name.prefix(60).printable)' cannot be sent") }
      guard !Self.isOurs(name.lowercased()) else {
        throw .badRequest("header '\(name)' belongs to the handshake")
      }
      lines.append("\(name): \(value)")
    }
    text = lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  private static func isOurs(_ name: String) -> Bool {
    let framing = ["host", "upgrade", "connection", "content-length", "transfer-encoding"]
    return framing.contains(name) || name.hasPrefix("sec-websocket-")
  }

  /// RFC 9110, section 5.6.2.
  static func isToken(_ text: String) -> Bool {
    !text.isEmpty
      && text.utf8.allSatisfy { byte in
        byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
          || "!#$%&'*+-.^_`|~".utf8.contains(byte)
      }
  }
}
