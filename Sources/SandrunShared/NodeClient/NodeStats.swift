public import Commands
public import Ethereum
internal import HTTP
internal import HTTPTypes
internal import NodeAPI
public import Networking
public import Records

/// Asks nodes what they have in hand: `GET /stats`, and `GET /metrics`.
public final class NodeStats: Sendable {
  /// What a node tells.
  public struct Telling: Sendable {
    /// Who signs its results, as it says.
    public var address: Address
    /// What is known of the rest: `status`, `version`, `jobs`, `queue`, `storage`, `connections`, `registry`.
    public var members: JSONObject
  }

  private let http: HTTPClient
  private let timeout: Duration

  private static let statsLimit = 1 << 20
  private static let metricsLimit = 4 << 20

  /// A client by these options; without `--timeout` a node has 30 seconds.
  public init(_ network: NetworkOptions, in world: World) throws(Failure) {
    http = HTTPClient(try network.clientOptions())
    timeout = try network.recordTimeout() ?? .seconds(30)
  }

  /// What a node has in hand.
  ///
  /// Throws 69 where nothing answers, 76 where what answers is no node.
  public func stats(at endpoint: Endpoint) async throws(Failure) -> Telling {
    let bytes = try await ask(endpoint, "stats", accepting: "application/json", Self.statsLimit)
    guard let told = try? JSON(parsing: bytes),
      let address = told["worker_id"]?.string.flatMap({ Address($0) })
    else { throw Self.noNode(endpoint) }
    var members: JSONObject = [:]
    for name in ["status", "version"] {
      guard let text = told[name]?.string else { continue }
      guard (1...64).contains(text.utf8.count), text.utf8.allSatisfy({ (0x20...0x7e).contains($0) })
      else { throw Self.noNode(endpoint) }
      members[name] = .string(text)
    }
    for name in ["jobs", "queue", "storage", "connections", "claims", "registry"] {
      guard let object = told[name]?.object else { continue }
      // Numbers alone: nothing that a stranger could write to a terminal.
      members[name] = .object(
        JSONObject(
          object.members.prefix(64).compactMap { member in
            member.value.integer.flatMap { number in
              Self.isName(member.name)
                ? JSONObject.Member(name: member.name, value: .integer(number)) : nil
            }
          }))
    }
    guard members["status"] != nil, members["jobs"] != nil else { throw Self.noNode(endpoint) }
    return Telling(address: address, members: members)
  }

  /// A node's numbers in Prometheus' text format, as it gives them.
  public func metrics(at endpoint: Endpoint) async throws(Failure) -> String {
    let bytes = try await ask(endpoint, "metrics", accepting: "text/plain", Self.metricsLimit)
    guard let text = String(validating: bytes, as: UTF8.self), text.contains("# TYPE ") else {
      throw Failure(
        .protocolViolation, "\(endpoint) gives no metrics in Prometheus' format", code: "bad-answer"
      )
    }
    return text
  }

  private func ask(
    _ endpoint: Endpoint, _ name: String, accepting type: String, _ limit: Int
  ) async throws(Failure) -> [UInt8] {
    do throws(HTTPError) {
      return try await http.send(
        endpoint.url(name).request(.get, [.accept: type]), body: .none,
        HTTPCall(timeout: timeout, followsRedirects: false)
      ) { (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: limit)
      }
    } catch {
      if case .status(let answer) = error.cause, answer.status == 404 {
        throw Self.noNode(endpoint)
      }
      throw Failure(error)
    }
  }

  private static func isName(_ text: String) -> Bool {
    (1...64).contains(text.utf8.count)
      && text.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 &- 0x30 < 10 || $0 == UInt8(ascii: "_") }
  }

  private static func noNode(_ endpoint: Endpoint) -> Failure {
    Failure(
      .protocolViolation, "what answers at \(endpoint) is no node", code: "no-node",
      hint: "see --endpoint")
  }
}
