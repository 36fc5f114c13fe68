public import HTTPTypes

/// The address of something on an HTTP server: `http` or `https`, a host, and a path with its query.
///
/// Never holds credentials or a fragment; read by libcurl's own parser, so that what was checked is what is asked.
public struct HTTPURL: Hashable, Sendable, CustomStringConvertible {
  /// `http` or `https`.
  public let scheme: String
  /// The host, in brackets where it is an IPv6 address, lower case.
  public let host: String
  /// The port, 1 to 65535; the scheme's own where the text names none.
  public let port: Int
  /// The path and the query, as they are sent: at least `/`.
  public let path: String

  init(scheme: String, host: String, port: Int, path: String) {
    self.scheme = scheme
    self.host = host
    self.port = port
    self.path = path
  }

  /// The host, and the port where it is not the scheme's own.
  public var authority: String {
    port == Self.defaultPort(of: scheme) ? host : "\(host):\(port)"
  }

  /// `https://host:port/path?query`.
  public var description: String { "\(scheme)://\(authority)\(path)" }

  /// Scheme, host and port: what a secret meant for one must not leave.
  var origin: String { "\(scheme)://\(host):\(port)" }

  /// The same server with these segments after the path, each percent-encoded; a query is dropped.
  public func appending(_ segments: String...) -> HTTPURL { appending(segments: segments) }

  /// The same server with these segments after the path, each percent-encoded; a query is dropped.
  public func appending(segments: [String]) -> HTTPURL {
    var path = String(self.path.prefix { $0 != "?" })
    for segment in segments {
      if !path.hasSuffix("/") { path += "/" }
      // A segment of dots alone would walk up.
      let isDots = segment == "." || segment == ".."
      path += isDots ? segment.replacing(".", with: "%2E") : Self.encoded(segment)
    }
    return HTTPURL(scheme: scheme, host: host, port: port, path: path)
  }

  /// The same address with these names and values as its query.
  public func asking(_ items: KeyValuePairs<String, String>) -> HTTPURL {
    asking(items.map { (name: $0.key, value: $0.value) })
  }

  /// The same address with these names and values as its query.
  public func asking(_ items: [(name: String, value: String)]) -> HTTPURL {
    let query = items.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
    let bare = String(path.prefix { $0 != "?" })
    let text = query.isEmpty ? bare : "\(bare)?\(query.joined(separator: "&"))"
    return HTTPURL(scheme: scheme, host: host, port: port, path: text)
  }

  /// A request for it.
  public func request(_ method: HTTPRequest.Method = .get, _ fields: HTTPFields = [:])
    -> HTTPRequest
  {
    HTTPRequest(
      method: method, scheme: scheme, authority: authority, path: path, headerFields: fields)
  }

  static func defaultPort(of scheme: String) -> Int { scheme == "https" ? 443 : 80 }

  /// RFC 3986: everything but the unreserved characters.
  private static func encoded(_ text: String) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "~"):
        result.append(byte)
      default:
        result += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

/// Why a text is no address that we speak to.
public struct HTTPURLError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text, without its credentials.
  public var text: String
  /// What is wrong with it: `a scheme other than http and https`, `credentials in a URL`.
  public var reason: String

  init(_ text: String, _ reason: String) {
    self.text = HTTPURLError.withoutCredentials(text)
    self.reason = reason
  }

  /// `not a URL that can be asked: ftp://a/b: a scheme other than http and https`.
  public var description: String { "not a URL that can be asked: \(text): \(reason)" }

  /// A text as it may be shown: without what stands between `//` and the last `@` before the path, and bounded for the terminal.
  public static func withoutCredentials(_ text: String) -> String {
    var shown = text
    let start = shown.firstRange(of: "//")?.upperBound ?? shown.startIndex
    let end = shown[start...].firstIndex { "/?#\\".contains($0) } ?? shown.endIndex
    if let at = shown[start..<end].lastIndex(of: "@") { shown.removeSubrange(start...at) }
    shown = String(shown.unicodeScalars.map { $0.properties.isPrintable ? Character($0) : "?" })
    return shown.count > 300 ? "\(shown.prefix(300))…" : shown
  }
}

extension Unicode.Scalar.Properties {
  /// Whether a terminal shows it as a sign rather than obeying it.
  var isPrintable: Bool {
    switch generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      false
    default: true
    }
  }
}

extension HTTPURL {
  /// Whether its host is this machine by its very name: what is sent there passes nobody, no proxy either.
  public var isOfThisMachine: Bool {
    if host == "[::1]" || host == "localhost" { return true }
    let parts = host.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
  }
}
