internal import Commands
internal import Files
internal import HTTP
internal import SystemPackage

/// Where a Kubo node takes calls: `http://host:port[/base]`, or a multiaddr such as `/ip4/127.0.0.1/tcp/5001`.
public struct KuboAddress: Hashable, Sendable, CustomStringConvertible {
  /// The address that commands are below.
  let base: HTTPURL

  /// Why a text is no address of a node.
  public struct Refusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// The reason, to follow the text in a message.
    public var description: String
  }

  /// Reads a URL or a multiaddr; `/api/v0` at the end of a URL is what every node has, and may be left out.
  public init(_ text: String) throws(Refusal) {
    guard text.utf8.count <= 2048 else { throw Refusal(description: "it is too long") }
    let url = text.hasPrefix("/") ? try Self.url(ofMultiaddr: text) : text
    guard !url.contains(where: { $0 == "?" || $0 == "#" }) else {
      throw Refusal(description: "a query or a fragment has no place in it")
    }
    let parsed: HTTPURL
    do throws(HTTPURLError) { parsed = try HTTPURL(url) } catch {
      throw Refusal(description: error.reason)
    }
    var names = parsed.path.split(separator: "/").map(String.init)
    // No name of dots: what is asked for below must lie below.
    guard
      !names.contains(where: { [".", ".."].contains($0.lowercased().replacing("%2e", with: ".")) })
    else { throw Refusal(description: "its path walks up") }
    if names.suffix(2) == ["api", "v0"] { names.removeLast(2) }
    let path = names.isEmpty ? "" : "/" + names.joined(separator: "/")
    do throws(HTTPURLError) {
      base = try HTTPURL("\(parsed.scheme)://\(parsed.authority)\(path)")
    } catch {
      throw Refusal(description: error.reason)
    }
  }

  /// The URL, without a slash at its end and without `/api/v0`.
  public var description: String {
    let text = base.description
    return text.hasSuffix("/") ? String(text.dropLast()) : text
  }

  /// Where a command is asked: `block/get`, with its arguments and options.
  func url(_ command: String, _ query: [(name: String, value: String)]) -> HTTPURL {
    base.appending(segments: ["api", "v0"] + command.split(separator: "/").map(String.init))
      .asking(query)
  }

  /// Scheme, host and port: whom a secret is for.
  var origin: String { "\(base.scheme)://\(base.host):\(base.port)" }

  /// Whether a word that may as well name a gateway or a file is the address of a node: a multiaddr, or a URL that ends in `/api/v0`
  /// or has Kubo's port, 5001, and no path.
  static func isNode(_ text: String) -> Bool {
    guard (try? Self(text)) != nil else { return false }
    guard !text.hasPrefix("/"), let url = try? HTTPURL(text) else { return true }
    let names = url.path.split(separator: "/")
    return names.suffix(2) == ["api", "v0"] || names.isEmpty && url.port == 5001
  }

  // MARK: Multiaddrs

  /// `/ip4|ip6|dns|dns4|dns6/HOST/tcp/PORT[/http|/https|/tls/http]`, as Kubo writes its own into `api`.
  private static func url(ofMultiaddr text: String) throws(Refusal) -> String {
    var parts = text.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    if parts.last == "" { parts.removeLast() }
    let words = parts.map(String.init)
    if words.first == "unix" {
      throw Refusal(description: "sockets of the file system are not spoken to")
    }
    guard words.count >= 4, words[2] == "tcp",
      ["ip4", "ip6", "dns", "dns4", "dns6"].contains(words[0])
    else { throw Refusal(description: "no multiaddr of a TCP port, as /ip4/127.0.0.1/tcp/5001") }
    guard let port = UInt16(words[3]), port > 0 else { throw Refusal(description: "no such port") }
    let scheme: String
    switch Array(words[4...]) {
    case [], ["http"]: scheme = "http"
    case ["https"], ["tls", "http"]: scheme = "https"
    default: throw Refusal(description: "a protocol behind the port other than http and https")
    }
    let isSix = words[0] == "ip6"
    guard isSix == words[1].contains(":") else { throw Refusal(description: "no such host") }
    return "\(scheme)://\(isSix ? "[\(words[1])]" : words[1]):\(port)"
  }
}
