public import HTTP
internal import HTTPTypes
public import Records
internal import Synchronization
public import WideInteger

/// A client of an Ethereum node's JSON-RPC 2.0 over HTTP.
///
/// A value that is cheap to copy: the copies share connections, and what is known of the node.
public struct EthereumClient: Sendable {
  /// How a client behaves.
  public struct Options: Sendable {
    /// How the HTTP below behaves: repetitions, waits, rate.
    public var http = HTTPOptions()
    /// The chain that the node must be on; nil takes any.
    public var chainId: UInt256?
    /// The longest that one record's calls may take in all.
    public var timeout: Duration = .seconds(120)
    /// An answer may be so many bytes long.
    public var answerLimit = 64 << 20
    /// A batch may have so many calls: geth takes no more than 1000.
    public var batchLimit = 1000
    /// Told before each repetition why.
    public var onRetry: @Sendable (String) -> Void = { _ in }

    /// The defaults.
    public init() {}
  }

  /// What all copies share.
  package final class Shared: Sendable {
    struct State {
      var nextId = 1
      var takesBatches = true
      var chainId: UInt256?
      var identity: ChainIdentity?
    }

    let http: HTTPClient
    let url: HTTPURL
    package let options: Options
    let state = Mutex(State())

    init(_ url: HTTPURL, _ options: Options) {
      self.url = url
      self.options = options
      http = HTTPClient(options.http)
    }
  }

  package let shared: Shared
  /// When the calls of the record in hand must be done; nil gives each call the whole time.
  package private(set) var deadline: ContinuousClock.Instant?

  /// A client of the node at an address; nothing is sent yet.
  public init(_ url: HTTPURL, _ options: Options = Options()) {
    shared = Shared(url, options)
  }

  /// The node for messages: scheme, host and port, since paths and queries hold keys of services.
  public var name: String { "\(shared.url.scheme)://\(shared.url.authority)" }

  /// The same client for one record: all its calls together last no longer than the timeout.
  public func forRecord() -> EthereumClient {
    var copy = self
    copy.deadline = .now + shared.options.timeout
    return copy
  }

  /// The same client, its deadline later by a time in which the record asked for nothing.
  package func resumed(after pause: Duration) -> EthereumClient {
    var copy = self
    copy.deadline = deadline.map { $0 + pause }
    return copy
  }

  /// Calls one method and gives its result.
  public func call(_ method: String, _ params: [JSON] = []) async throws(RPCError) -> JSON {
    try await call(RPCRequest(method, params))
  }

  /// Calls one method and gives its result.
  public func call(_ request: RPCRequest) async throws(RPCError) -> JSON {
    let results = try await batch([request])
    switch results[0] {
    case .success(let value): return value
    case .failure(let refusal): throw .refused(refusal)
    }
  }

  /// Calls methods in as few round trips as can be, and gives a result or a refusal for each, in their order.
  ///
  /// Where the options name a chain, the first batch asks for the chain's id as well, and a node on another chain is
  /// `wrongChain`; a call that changes something waits for that answer.
  public func batch(
    _ requests: [RPCRequest]
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    let isChecked =
      shared.options.chainId == nil || shared.state.withLock { $0.chainId != nil }
      || requests.contains { $0.method == RPCRequest.chainId.method }
        && requests.allSatisfy { RPCRequest.reads($0.method) }
    if isChecked { return try await ask(requests) }
    if requests.allSatisfy({ RPCRequest.reads($0.method) }) {
      return Array(try await ask([.chainId] + requests).dropFirst())
    }
    _ = try await chainId()
    return try await ask(requests)
  }

  /// The chain's id, asked for once.
  public func chainId() async throws(RPCError) -> UInt256 {
    if let known = shared.state.withLock({ $0.chainId }) { return known }
    let answer = try await ask([.chainId])[0]
    return try answer.answer(to: .chainId).quantity()
  }

  /// Which chain the node is on, asked for once in one round trip.
  public func identity() async throws(RPCError) -> ChainIdentity {
    if knownIdentity == nil { try keepIdentity(from: await ask(Self.identityRequests)) }
    guard let known = knownIdentity else {
      throw .badAnswer(method: "eth_chainId", reason: "no chain")
    }
    return known
  }

  /// What tells which chain the node is on.
  package static let identityRequests = [RPCRequest.chainId, .block("0x0")]

  /// Which chain the node is on, where it was asked already.
  package var knownIdentity: ChainIdentity? { shared.state.withLock { $0.identity } }

  /// Keeps what `identityRequests` brought, among whatever else was asked.
  package func keepIdentity(
    from answers: [Result<JSON, RPCFailure>]
  ) throws(RPCError) {
    let requests = Self.identityRequests
    let identity = ChainIdentity(
      chainId: try answers[0].answer(to: requests[0]).quantity(),
      genesis: try answers[1].answer(to: requests[1]).member("hash").digest())
    shared.state.withLock { $0.identity = identity }
  }

  private func ask(
    _ requests: [RPCRequest]
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    var results: [Result<JSON, RPCFailure>] = []
    results.reserveCapacity(requests.count)
    var rest = requests[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(shared.options.batchLimit))
      rest = rest.dropFirst(part.count)
      results += try await exchange(part, until: deadline)
    }
    for (request, result) in zip(requests, results)
    where request.method == RPCRequest.chainId.method {
      if case .success = result { try note(try result.answer(to: request).quantity()) }
    }
    return results
  }

  /// Holds the chain's id against what it must be: the node may be another one after a while, behind a balancer.
  private func note(_ found: UInt256) throws(RPCError) {
    let expected = shared.state.withLock { state in
      let expected = shared.options.chainId ?? state.chainId
      if expected == nil || expected == found { state.chainId = found }
      return expected
    }
    if let expected, expected != found {
      throw .wrongChain(url: name, expected: expected, found: found)
    }
  }
}
