public import Commands
public import Ethereum
internal import HTTP
internal import HTTPTypes
public import Marketplace
public import Networking
public import Records

/// A pool's server as nodes and those who look for nodes ask it: see sandrun-node-api(7).
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
  private static let pageLimit = 10_000
  private static let nodeLimit = 1 << 20
  private static let notThere = "not-in-pool"

  /// A client of the pool at an address; nothing is sent yet.
  public init(
    _ endpoint: Endpoint, _ network: NetworkOptions, in world: World
  ) throws(Failure) {
    self.endpoint = endpoint
    self.world = world
    timeout = try network.recordTimeout() ?? .seconds(60)
    http = HTTPClient(try network.clientOptions())
  }

  /// Hands in a node's descriptor, which takes the place of an older one; gives the pool's entry of the node.
  ///
  /// The same descriptor may be handed in again.
  public func join(_ descriptor: SignedDescriptor) async throws(Failure) -> JSONObject {
    let entry = try await ask(.post, ["nodes"], body: descriptor.bytes)
    try check(entry, is: descriptor.descriptor.address)
    if let told = entry["cid"], told.string != "\(descriptor.cid)" {
      throw bad("the CID \(told.string ?? told.kind), where \(descriptor.cid) was handed in")
    }
    return entry.object ?? [:]
  }

  /// Ends a node's entry, by a descriptor that says so.
  public func leave(_ descriptor: SignedDescriptor) async throws(Failure) {
    let address = descriptor.descriptor.address
    let answer = try await ask(.delete, ["nodes", "\(address)"], body: descriptor.bytes)
    try check(answer, is: address)
  }

  /// The descriptor that a node has handed in; nil where it is in the pool no more.
  public func descriptor(of address: Address) async throws(Failure) -> SignedDescriptor? {
    let entry: JSON
    do throws(Failure) { entry = try await ask(.get, ["nodes", "\(address)"]) } catch {
      guard error.code == Self.notThere else { throw error }
      return nil
    }
    do throws(DescriptorError) {
      let told = try Self.member(entry).descriptor
      guard told.descriptor.address == address else {
        throw DescriptorError("descriptor.address", "is \(told.descriptor.address)")
      }
      return told
    } catch {
      throw bad("\(error)")
    }
  }

  /// The nodes that meet criteria, as far as the pool goes by them.
  public func nodes(_ criteria: NodeCriteria) async throws(Failure) -> [Telling] {
    var tellings: [Telling] = []
    var cursors: Set<String> = []
    var query = criteria.query
    query.append(("limit", "1000"))
    while true {
      let page = try await ask(.get, ["nodes"], query: query)
      guard let elements = page["nodes"]?.elements else { throw bad("no array nodes") }
      for element in elements {
        do throws(DescriptorError) { tellings.append(.success(try Self.member(element))) } catch {
          tellings.append(.failure(error))
        }
      }
      guard let cursor = page["cursor"]?.string else { return tellings }
      // A page may be empty, but no list has no end.
      guard cursors.insert(cursor).inserted, cursors.count < Self.pageLimit,
        tellings.count < Self.nodeLimit
      else { throw bad("a list without an end") }
      query = criteria.query + [("limit", "1000"), ("cursor", cursor)]
    }
  }

  private static func member(_ element: JSON) throws(DescriptorError) -> Member {
    guard let told = element.object, let object = told["descriptor"]?.object else {
      throw DescriptorError("descriptor", "is missing")
    }
    return Member(descriptor: try SignedDescriptor(object), told: told)
  }

  private func check(_ answer: JSON, is address: Address) throws(Failure) {
    let told = answer["address"]?.string.flatMap { Address($0) }
    guard told == address else {
      throw bad("the address \(told.map { "\($0)" } ?? "of nobody"), where \(address) is meant")
    }
  }

  private func ask(
    _ method: HTTPRequest.Method, _ path: [String], query: [(name: String, value: String)] = [],
    body: [UInt8]? = nil
  ) async throws(Failure) -> JSON {
    let call = HTTPCall(
      isRepeatable: true, timeout: timeout,
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
    var headers: HTTPFields = [.accept: "application/json"]
    if body != nil { headers[.contentType] = "application/json" }
    let request = endpoint.url(path).asking(query).request(method, headers)
    let bytes: [UInt8]
    do throws(HTTPError) {
      bytes = try await http.send(request, body: body.map { .bytes($0) } ?? .none, call) {
        (answer) throws(HTTPError) in
        try await answer.checked().collect(limit: Self.answerLimit)
      }
    } catch {
      if case .status(let answer) = error.cause, answer.status == 404 {
        throw path.count > 1
          ? Failure(.missingInput, "\(path[1]) is not in the pool", code: Self.notThere)
          : Failure(
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
