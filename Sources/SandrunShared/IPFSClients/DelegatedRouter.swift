internal import Commands
internal import HTTP
internal import HTTPTypes
public import IPFS
public import Records

/// Somebody who says that he has some content.
public struct ContentProvider: Hashable, Sendable {
  /// His peer id.
  public var id: String
  /// Where he is reached: multiaddrs, and URLs.
  public var addresses: [String]
  /// What he speaks there, where that is told: `transport-bitswap`, `transport-ipfs-gateway-http`.
  public var protocols: [String]
  /// Who told of him.
  public var source: String

  /// Makes one of its parts.
  public init(id: String, addresses: [String], protocols: [String] = [], source: String) {
    self.id = id
    self.addresses = addresses
    self.protocols = protocols
    self.source = source
  }

  /// The protocol of those who give blocks over HTTP.
  static let gatewayProtocol = "transport-ipfs-gateway-http"

  /// The URLs where he gives blocks over HTTP.
  var gatewayURLs: [String] {
    let isGateway = protocols.contains(Self.gatewayProtocol)
    return addresses.compactMap { address in
      guard !address.contains("://") else {
        return isGateway ? Self.server(of: address) : nil
      }
      // An address that ends in HTTP can mean nothing else where no protocols are told.
      return isGateway || protocols.isEmpty ? Self.url(of: address).flatMap(Self.server) : nil
    }
  }

  /// The scheme, host and port of a URL: what else a stranger writes there is not asked for; nil for what is no URL of a server.
  static func server(of address: String) -> String? {
    guard let url = try? HTTPURL(address) else { return nil }
    return "\(url.scheme)://\(url.authority)"
  }

  /// `/dns4/example.org/tcp/443/https` and its like as a URL; nil for what is not HTTP over TCP.
  static func url(of multiaddr: String) -> String? {
    var words = multiaddr.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard words.first == "", words.count >= 6 else { return nil }
    words.removeFirst()
    let (kind, host) = (words[0], words[1])
    guard ["ip4", "ip6", "dns", "dns4", "dns6"].contains(kind), !host.isEmpty, words[2] == "tcp",
      let port = UInt16(words[3]), port > 0, (kind == "ip6") == host.contains(":")
    else { return nil }
    let name = kind == "ip6" ? "[\(host)]" : host
    switch words[4...].filter({ !$0.isEmpty }).first(where: { $0 != "sni" && $0 != host }) {
    case "http": return "http://\(name):\(port)"
    case "https", "tls": return "https://\(name):\(port)"
    default: return nil
    }
  }
}

/// A router that is asked over HTTP who has what (IPFS, Delegated Routing V1 HTTP API).
public struct DelegatedRouter: Sendable {
  /// What is read of one answer at most.
  private static let longestAnswer = 4 << 20
  private static let longestLine = 64 << 10
  /// What is taken of one provider at most.
  private static let mostWords = 64

  /// Its URL, without `/routing/v1`.
  public let name: String

  private let base: HTTPURL
  private let clients: GatewayClients

  /// Reads `http://host[:port][/base]`; throws 64 for what is none.
  init(_ text: String, _ clients: GatewayClients) throws(Failure) {
    guard !text.contains(where: { $0 == "?" || $0 == "#" }), let url = try? HTTPURL(text) else {
      throw Failure(
        .usage, Self.refusal(text),
        hint: "it is http://host:port or https://host; its answers are below /routing/v1")
    }
    var names = url.path.split(separator: "/").map(String.init)
    if names.suffix(2) == ["routing", "v1"] { names.removeLast(2) }
    let path = names.map { "/" + $0 }.joined()
    guard let base = try? HTTPURL("\(url.scheme)://\(url.authority)\(path)") else {
      throw Failure(.usage, Self.refusal(text))
    }
    self.base = base
    name = "\(url.scheme)://\(url.authority)\(path)"
    self.clients = clients
  }

  private static func refusal(_ text: String) -> String {
    "\(JSON.string(HTTPURLError.withoutCredentials(text)).text) is no address of a router"
  }

  /// Hands on who has something, as the router tells, at most so many; nobody where it knows nobody.
  public func providers(
    of cid: CID, limit: Int, _ take: (ContentProvider) async throws(Failure) -> Void
  ) async throws(Failure) {
    let url = base.appending("routing", "v1", "providers", "\(cid.v1)")
    let fields: HTTPFields = [.accept: "application/x-ndjson, application/json;q=0.9"]
    let answer: HTTPAnswer
    do throws(HTTPError) {
      answer = try await clients.http.send(
        url.request(.get, fields), body: .none, call)
      // Nobody is known: a status of its own in the first version, an empty list since.
      if answer.status == 404 { return }
      _ = try await answer.checked()
    } catch {
      throw Failure(gateway: error, name)
    }
    let type = (answer.head.headerFields[.contentType] ?? "").prefix { $0 != ";" }
    if type.lowercased().contains("ndjson") {
      try await lines(of: answer, limit, take)
    } else {
      try await whole(answer, limit, take)
    }
  }

  private var call: HTTPCall {
    var call = HTTPCall(timeout: clients.timeout)
    if !clients.allowsPrivate { call.redirectReach = nil }
    return call
  }

  private func whole(
    _ answer: HTTPAnswer, _ limit: Int, _ take: (ContentProvider) async throws(Failure) -> Void
  ) async throws(Failure) {
    let bytes: [UInt8]
    do throws(HTTPError) {
      var drip = Drip(patience: clients.patience)
      bytes = try await drip.collect(answer, limit: Self.longestAnswer)
    } catch {
      throw Failure(gateway: error, name)
    }
    guard let document = try? JSON(parsing: bytes), document.object != nil else {
      throw strange("no JSON")
    }
    let providers = document["Providers"]
    guard providers == nil || providers == .null || providers?.elements != nil else {
      throw strange("no list of providers")
    }
    var left = limit
    for item in providers?.elements ?? [] where left > 0 {
      guard let provider = try provider(item) else { continue }
      left -= 1
      try await take(provider)
    }
  }

  private func lines(
    of answer: HTTPAnswer, _ limit: Int, _ take: (ContentProvider) async throws(Failure) -> Void
  ) async throws(Failure) {
    var drip = Drip(patience: clients.patience)
    var chunks = answer.body.makeAsyncIterator()
    var line: [UInt8] = []
    var left = limit
    var length = 0
    func end() async throws(Failure) {
      defer { line = [] }
      guard line.contains(where: { $0 > 0x20 }) else { return }
      guard let item = try? JSON(parsing: line) else { throw strange("no JSON") }
      guard let provider = try provider(item) else { return }
      left -= 1
      try await take(provider)
    }
    while left > 0 {
      let chunk: [UInt8]?
      do throws(HTTPError) { chunk = try await drip.next(of: &chunks, from: answer.url) } catch {
        throw Failure(gateway: error, name)
      }
      guard let chunk else { return try await end() }
      length += chunk.count
      guard length <= Self.longestAnswer else { throw strange("no end") }
      for piece in chunk.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        .enumerated()
      {
        if piece.offset > 0 { try await end() }
        guard left > 0 else { return }
        line += piece.element
        guard line.count <= Self.longestLine else { throw strange("a line without end") }
      }
    }
  }

  /// One provider; nil for a record of a schema that tells of none.
  private func provider(_ item: JSON) throws(Failure) -> ContentProvider? {
    guard item.object != nil else { throw strange("no record of a provider") }
    guard let schema = item["Schema"]?.string else { return nil }
    guard schema == "peer" || item["Protocol"]?.string != nil else { return nil }
    guard let id = item["ID"]?.string, !id.isEmpty, id.utf8.count <= 256 else {
      throw strange("a provider without an id")
    }
    func words(_ key: String) -> [String] {
      (item[key]?.elements ?? []).prefix(Self.mostWords).compactMap(\.string)
        .filter { $0.utf8.count <= 1024 }
    }
    // The schemas before "peer" named one protocol each.
    let protocols = words("Protocols") + (item["Protocol"]?.string.map { [$0] } ?? [])
    return ContentProvider(id: id, addresses: words("Addrs"), protocols: protocols, source: name)
  }

  private func strange(_ what: String) -> Failure {
    Failure(.protocolViolation, "\(name) answers with \(what)")
  }
}
