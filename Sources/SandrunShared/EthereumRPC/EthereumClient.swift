public import HTTP
public import Records
internal import Synchronization
public import WideInteger

/// A client of an Ethereum chain's JSON-RPC 2.0 over HTTP, at one endpoint or several.
///
/// A value that is cheap to copy: the copies share connections, and what is known of the nodes. With several endpoints
/// the first is asked; where it fails, the next, and it rests for a while. All calls of one batch are answered by the same
/// endpoint, so that they fit together; from batch to batch it may be another one, whose head and counts may be lower.
/// With a quorum, what cannot differ is asked of all, and counts where enough of them say the same.
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
    /// So many endpoints must give the same answer, where an answer cannot differ; 1 takes one's word.
    public var quorum = 1
    /// Told before each repetition why, and where another endpoint is asked.
    public var onRetry: @Sendable (String) -> Void = { _ in }

    /// The defaults.
    public init() {}
  }

  /// What all copies share.
  final class Shared: Sendable {
    struct State {
      var chainId: UInt256?
      var identity: ChainIdentity?
    }

    let endpoints: [Endpoint]
    let options: Options
    let state = Mutex(State())

    init(_ urls: [HTTPURL], _ options: Options) {
      endpoints = Endpoint.list(urls, options)
      self.options = options
    }
  }

  let shared: Shared
  /// The endpoints that this client asks, those to be asked first before the others: at least one.
  public private(set) var endpoints: [Endpoint]
  /// When the calls of the record in hand must be done; nil gives each call the whole time.
  package private(set) var deadline: ContinuousClock.Instant?

  /// A client of the node at an address; nothing is sent yet.
  public init(_ url: HTTPURL, _ options: Options = Options()) { self.init([url], options) }

  /// A client of the nodes of one chain at several addresses, at least one; nothing is sent yet.
  public init(_ urls: [HTTPURL], _ options: Options = Options()) {
    precondition(!urls.isEmpty, "at least one endpoint")
    shared = Shared(urls, options)
    endpoints = shared.endpoints
  }

  /// The endpoints for messages: scheme, host and port, since paths and queries hold keys of services.
  public var name: String { endpoints.map(\.name).joined(separator: ", ") }

  /// How many endpoints must give the same answer, where an answer cannot differ: 1 where one's word is taken.
  public var quorum: Int { endpoints.count > 1 ? shared.options.quorum : 1 }

  /// How the client behaves.
  package var options: Options { shared.options }

  /// The same client at one endpoint alone: no other is asked in its place, and its answers need no quorum.
  public func only(_ endpoint: Endpoint) -> EthereumClient {
    var copy = self
    copy.endpoints = [endpoint]
    return copy
  }

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

  /// How long the calls of the record in hand may last from now on.
  package var timeLeft: Duration {
    deadline.map { max($0 - .now, .zero) } ?? shared.options.timeout
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
  /// `wrongChain`; so does the first batch of each of several endpoints, and for block 0. `withIdentity` has the same
  /// asked of a single one: `knownIdentity` is then known. A call that changes something waits for that answer.
  public func batch(
    _ requests: [RPCRequest], withIdentity: Bool = false
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    quorum > 1
      ? try await agreed(requests) : try await inTurn(requests, withIdentity: withIdentity)
  }

  /// The chain's id, asked for once; of a client at one of several endpoints it says that this one is on the chain.
  public func chainId() async throws(RPCError) -> UInt256 {
    if let known = shared.state.withLock({ $0.chainId }),
      shared.endpoints.count == 1 || endpoints.contains(where: \.isOnChain)
    {
      return known
    }
    let answer = try await batch([.chainId])[0]
    return try answer.answer(to: .chainId).quantity()
  }

  /// Which chain the nodes are on, asked for once in one round trip.
  public func identity() async throws(RPCError) -> ChainIdentity {
    if let known = knownIdentity { return known }
    _ = try await batch([.chainId], withIdentity: true)
    guard let known = knownIdentity else {
      throw .badAnswer(method: "eth_chainId", reason: "no chain")
    }
    return known
  }

  /// Which chain the nodes are on, where that was asked for already: nothing is sent.
  public var knownIdentity: ChainIdentity? { shared.state.withLock { $0.identity } }
}
