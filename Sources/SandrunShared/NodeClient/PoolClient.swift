public import Commands
internal import Ethereum
internal import HTTP
internal import HTTPTypes
public import Marketplace
public import Networking
public import Records

/// A pool's server as nodes and those who look for nodes ask it: `POST /nodes`, `GET /nodes`.
public final class PoolClient: Sendable {
  /// A node that a pool tells of.
  public struct Member: Sendable {
    /// Its descriptor, whose signature holds.
    public var descriptor: SignedDescriptor
    /// All that the pool says of it.
    public var told: JSONObject
  }

  /// An element of a pool's list: a node, or why it is none.
  public typealias Telling = Result<Member, DescriptorError>

  /// Where the pool is reached.
  public let endpoint: Endpoint
  private let http: HTTPClient
  private let timeout: Duration
  private let world: World

  private static let answerLimit = 64 << 20

  /// A client of the pool at an address; nothing is sent yet.
  public init(
    _ endpoint: Endpoint, _ network: NetworkOptions, in world: World
  ) throws(Failure) {
    self.endpoint = endpoint
    self.world = world
    timeout = try network.recordTimeout() ?? .seconds(60)
    http = HTTPClient(try network.clientOptions())
  }

  /// Hands in a node's descriptor, which takes the place of an earlier one; gives the pool's name for the node.
  ///
  /// The same descriptor may be handed in again.
  public func join(_ descriptor: SignedDescriptor) async throws(Failure) -> String {
    let answer = try await ask(.post, query: [], body: descriptor.bytes)
    guard let id = answer["node_id"]?.string, (1...128).contains(id.utf8.count),
      let address = answer["address"]?.string.flatMap({ Address($0) })
    else { throw bad("neither node_id nor address") }
    guard address == descriptor.descriptor.address else {
      throw bad("the address \(address), where \(descriptor.descriptor.address) joins")
    }
    return id
  }

  /// The nodes that meet criteria, as far as the pool goes by them.
  public func nodes(_ criteria: NodeCriteria) async throws(Failure) -> [Telling] {
    let answer = try await ask(.get, query: criteria.query, body: nil)
    guard let elements = answer["nodes"]?.elements else { throw bad("no array nodes") }
    return elements.map { element in
      guard let told = element.object, let object = told["descriptor"]?.object else {
        return .failure(DescriptorError("descriptor", "is missing"))
      }
      do throws(DescriptorError) {
        return .success(Member(descriptor: try SignedDescriptor(object), told: told))
      } catch {
        return .failure(error)
      }
    }
  }

  private func ask(
    _ method: HTTPRequest.Method, query: [(name: String, value: String)], body: [UInt8]?
  ) async throws(Failure) -> JSON {
    let url = endpoint.url("nodes").asking(query)
    let call = HTTPCall(
      isRepeatable: true, timeout: timeout,
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
    var headers: HTTPFields = [.accept: "application/json"]
    if body != nil { headers[.contentType] = "application/json" }
    let request = url.request(method, headers)
    let bytes: [UInt8]
    do throws(HTTPError) {
      bytes = try await http.send(request, body: body.map { .bytes($0) } ?? .none, call) {
        (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: Self.answerLimit)
      }
    } catch {
      if case .status(let answer) = error.cause, answer.status == 404 {
        throw Failure(
          .protocolViolation, "what answers at \(endpoint) is no pool", code: "no-pool",
          hint: "see --pool; 'sr-node serve --registry' is one")
      }
      throw Failure(error)
    }
    do throws(JSONError) { return try JSON(parsing: bytes) } catch {
      throw bad("no JSON: \(error)")
    }
  }

  private func bad(_ what: String) -> Failure {
    Failure(
      .protocolViolation, "bad answer from the pool at \(endpoint): \(what)", code: "bad-answer")
  }
}
