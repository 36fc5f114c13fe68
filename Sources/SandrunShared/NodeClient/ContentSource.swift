internal import HTTP
internal import Records

/// Somebody who may have content, by CID: a node or a gateway, asked in the same words.
public struct ContentSource: Hashable, Sendable, CustomStringConvertible {
  /// What kind of server it is.
  public enum Kind: Sendable {
    /// A node: a stranger told its address, so that no redirect of it is followed.
    case node
    /// A gateway that the user chose: it may send us on, and may know single blocks only.
    case gateway
  }

  /// Where it is reached.
  public let endpoint: Endpoint
  /// What kind of server it is.
  public let kind: Kind

  /// Names a source.
  public init(_ endpoint: Endpoint, _ kind: Kind) {
    self.endpoint = endpoint
    self.kind = kind
  }

  /// The address.
  public var description: String { "\(endpoint)" }

  /// Reads the gateways of a setting, with spaces between; throws 78 for what is no address.
  static func gateways(_ text: String) throws(Failure) -> [ContentSource] {
    var sources: [ContentSource] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      guard let endpoint = Endpoint(String(word)) else {
        throw Failure(
          .configuration, "a gateway is set to \(JSON.string(String(word)).text)",
          hint: "it is http://host:port or https://host; its content is below /ipfs")
      }
      let source = ContentSource(endpoint, .gateway)
      if !sources.contains(source) { sources.append(source) }
    }
    return sources
  }
}
