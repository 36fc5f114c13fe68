internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket

extension HandshakeRequest {
  /// Judges the answer to the request as RFC 6455, section 4.1 demands; the subprotocol that the server chose.
  ///
  /// Throws `.refused` without a body for any status but 101.
  func judge(_ head: AnswerHead) throws(WebSocketError) -> String? {
    let address = url.description
    guard head.status == 101 else {
      if 300...399 ~= head.status, let place = head.headers.first(name: "location") {
        throw .redirected(
          url: address, status: head.status, to: String(place.prefix(500).printable))
      }
      let wait = head.headers.first(name: "retry-after").flatMap { text in
        text.utf8.count < 10 && text.utf8.allSatisfy { $0 &- 0x30 < 10 } ? Int(text) : nil
      }
      throw .refused(url: address, WebSocketRefusal(status: head.status, retryAfter: wait))
    }
    func bad(_ reason: String) -> WebSocketError { .badHandshake(url: address, reason: reason) }

    guard head.headers["upgrade"].map({ $0.lowercased() }) == ["websocket"] else {
      throw bad("the answer upgrades to something else")
    }
    guard head.elements("connection").contains(where: { $0.lowercased() == "upgrade" }) else {
      throw bad("the answer's Connection is not Upgrade")
    }
    let upgrader = NIOWebSocketClientUpgrader(requestKey: key) { channel, _ in
      channel.eventLoop.makeSucceededVoidFuture()
    }
    let answer = HTTPResponseHead(
      version: .http1_1, status: .switchingProtocols, headers: head.headers)
    guard upgrader.shouldAllowUpgrade(upgradeResponse: answer) else {
      throw bad("the answer's Sec-WebSocket-Accept does not fit the key")
    }
    guard head.headers["sec-websocket-extensions"].isEmpty else {
      throw bad("the server uses an extension that was not asked for")
    }
    let chosen = head.headers["sec-websocket-protocol"]
    guard chosen.count < 2, chosen.allSatisfy(subprotocols.contains) else {
      throw bad("the server uses a subprotocol that was not asked for")
    }
    return chosen.first
  }
}
