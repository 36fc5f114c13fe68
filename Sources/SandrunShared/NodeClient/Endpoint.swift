internal import HTTP

/// Where a node is reached: `http://host[:port][/base]`, or the same with https.
public struct Endpoint: Hashable, Sendable, CustomStringConvertible {
  private let base: HTTPURL

  /// Reads an address; nil for what is no URL of an HTTP server, or has credentials, a query or a fragment.
  public init?(_ text: String) {
    guard !text.contains(where: { $0 == "?" || $0 == "#" }), let base = try? HTTPURL(text) else {
      return nil
    }
    // No name of dots: what is asked for below must lie below.
    let names = base.path.lowercased().replacing("%2e", with: ".").split(separator: "/")
    guard !names.contains(".."), !names.contains(".") else { return nil }
    self.base = base
  }

  /// The address without a slash at its end.
  public var description: String {
    let text = base.description
    return String(text.prefix(text.count - text.reversed().prefix { $0 == "/" }.count))
  }

  /// Something below the endpoint; each name is percent-encoded.
  func url(_ names: String..., query: KeyValuePairs<String, String> = [:]) -> HTTPURL {
    url(names, query: query)
  }

  /// Something below the endpoint; each name is percent-encoded.
  func url(_ names: [String], query: KeyValuePairs<String, String> = [:]) -> HTTPURL {
    base.appending(segments: names).asking(query)
  }

  /// The same over WebSocket: `ws://…` or `wss://…`.
  func webSocketURL(_ names: String..., query: KeyValuePairs<String, String> = [:]) -> String {
    "ws" + url(names, query: query).description.dropFirst("http".count)
  }
}
