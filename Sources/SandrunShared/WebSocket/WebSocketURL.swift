/// The address of a WebSocket: RFC 6455, section 3.
public struct WebSocketURL: Hashable, Sendable, CustomStringConvertible {
  /// Whether it is `wss`.
  public let isSecure: Bool
  /// A name, or an IP address; that of IPv6 without brackets.
  public let host: String
  /// 80 or 443 unless given.
  public let port: Int
  /// Path and query: at least `/`.
  public let target: String

  /// Reads `ws://` and `wss://` addresses; user names, passwords and fragments are refused.
  public init(_ text: String) throws(WebSocketError) {
    try self.init(text, schemes: ["ws": false, "wss": true])
  }

  /// The WebSocket beside an HTTP service: `http` becomes `ws`, `https` becomes `wss`, and theirs stay.
  public init(beside text: String) throws(WebSocketError) {
    try self.init(text, schemes: ["http": false, "https": true, "ws": false, "wss": true])
  }

  /// A place below this one, whose own query is dropped; `path` and `query` are sent as they are.
  public func appending(_ path: String, query: String? = nil) throws(WebSocketError) -> Self {
    var base = target.prefix { $0 != "?" }
    while base.hasSuffix("/") { base.removeLast() }
    let below = path.drop { $0 == "/" }
    let target = base + "/" + below + (query.map { "?\($0)" } ?? "")
    return try Self("\(isSecure ? "wss" : "ws")://\(authority)\(target)")
  }

  /// The whole address, without a port that is the scheme's own.
  public var description: String { "\(isSecure ? "wss" : "ws")://\(authority)\(target)" }

  /// Host and port as the `Host` header has them.
  var authority: String {
    let name = host.contains(":") ? "[\(host)]" : host
    return port == (isSecure ? 443 : 80) ? name : "\(name):\(port)"
  }

  private init(_ text: String, schemes: [String: Bool]) throws(WebSocketError) {
    // A password must not be shown in the message that refuses it.
    let shown = text.contains("@") ? "…" : String(text.prefix(200).printable)
    func refuse(_ reason: String) -> WebSocketError { .badURL(shown, reason: reason) }

    guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), text.utf8.count <= 8192 else {
      throw refuse("only visible ASCII, and not too much of it, makes a URL")
    }
    guard let colon = text.firstRange(of: "://"),
      let isSecure = schemes[text[..<colon.lowerBound].lowercased()]
    else {
      throw refuse(
        "not a URL with \(schemes.keys.sorted().map { "\($0)://" }.joined(separator: " or "))")
    }
    let rest = text[colon.upperBound...]
    guard !rest.contains("#") else { throw refuse("a WebSocket's URL has no fragment") }
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    guard !authority.contains("@") else { throw refuse("no user name or password goes into a URL") }
    let tail = rest[authority.endIndex...]

    let (host, port) = try Self.split(authority, or: isSecure ? 443 : 80, refuse)
    self.isSecure = isSecure
    self.host = host
    self.port = port
    target = tail.hasPrefix("/") ? String(tail) : "/" + tail
  }

  private static func split(
    _ authority: Substring, or standard: Int, _ refuse: (String) -> WebSocketError
  ) throws(WebSocketError) -> (host: String, port: Int) {
    var host = authority
    var digits: Substring?
    if authority.hasPrefix("[") {
      guard let end = authority.firstIndex(of: "]") else { throw refuse("'[' without ']'") }
      host = authority[authority.index(after: authority.startIndex)..<end]
      let rest = authority[authority.index(after: end)...]
      guard rest.isEmpty || rest.hasPrefix(":") else { throw refuse("stray text after ']'") }
      digits = rest.isEmpty ? nil : rest.dropFirst()
      let isAddress = host.utf8.allSatisfy { $0 == 0x3A || $0 == 0x2E || isHexDigit($0) }
      guard isAddress, host.contains(":") else { throw refuse("no IPv6 address in '[…]'") }
    } else if let colon = authority.firstIndex(of: ":") {
      host = authority[..<colon]
      digits = authority[authority.index(after: colon)...]
    }
    guard !host.isEmpty, host.utf8.count <= 255 else { throw refuse("no host in it") }
    guard authority.hasPrefix("[") || host.utf8.allSatisfy(isNameByte) else {
      throw refuse("'\(host)' is no host name")
    }
    guard let digits, !digits.isEmpty else { return (host.lowercased(), standard) }
    guard digits.utf8.allSatisfy({ $0 &- 0x30 < 10 }), let port = Int(digits), 1...65535 ~= port
    else { throw refuse("'\(digits)' is no port") }
    return (host.lowercased(), port)
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 6
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || byte == 0x2D || byte == 0x2E || byte == 0x5F
  }
}
