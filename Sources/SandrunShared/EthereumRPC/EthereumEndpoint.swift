internal import HTTP
internal import Synchronization
internal import Timing

extension EthereumClient {
  /// One address at which a node is asked: all clients that ask it share its connections, and what is known of it.
  public final class Endpoint: Sendable {
    struct State {
      var nextId = 1
      var takesBatches = true
      /// Whether it was seen to be on the same chain as the others.
      var isOnChain = false
      /// Until when others are asked first; nil where its last answer was good.
      var restsUntil: ContinuousClock.Instant?
      var rests = Backoff(base: .seconds(2), limit: .seconds(60))
    }

    /// The endpoint for messages: scheme, host and port, since paths and queries hold keys of services.
    public let name: String
    let url: HTTPURL
    let http: HTTPClient
    let answerLimit: Int
    let timeout: Duration
    /// Told before each repetition why.
    let onRetry: @Sendable (String) -> Void
    let state = Mutex(State())
    private static let leastRest = Duration.seconds(1)

    init(_ url: HTTPURL, name: String, _ options: Options, retries: Int) {
      self.url = url
      self.name = name
      answerLimit = options.answerLimit
      timeout = options.timeout
      onRetry = options.onRetry
      var http = options.http
      http.retries = retries
      self.http = HTTPClient(http)
    }

    /// The whole address, which may hold a key of the service: for asking, not for messages.
    package var address: String { url.description }

    /// Whether it was seen to be on the same chain as the others.
    var isOnChain: Bool { state.withLock { $0.isOnChain } }

    /// When it may be asked before others again: the past where its last answer was good.
    func restsUntil(_ now: ContinuousClock.Instant) -> ContinuousClock.Instant {
      state.withLock { max($0.restsUntil ?? now, now) }
    }

    /// Whether others are asked before it, since its last answer was none.
    package var isResting: Bool { state.withLock { $0.restsUntil.map { $0 > .now } ?? false } }

    /// Lets others be asked first for a while, which grows from failure to failure; `asked` is what its server wants.
    package func rest(_ asked: Duration? = nil) {
      state.withLock { state in
        // Failures of calls that ran together are one.
        guard state.restsUntil ?? .now <= .now else { return }
        state.restsUntil = .now + max(state.rests.next(), Self.leastRest, asked ?? .zero)
      }
    }

    /// Forgets its failures.
    func recover() {
      state.withLock { state in
        guard state.restsUntil != nil else { return }
        state.restsUntil = nil
        state.rests.reset()
      }
    }
  }
}

extension EthereumClient.Endpoint {
  /// Endpoints for addresses: where several are on one server, a number tells them apart.
  static func list(
    _ urls: [HTTPURL], _ options: EthereumClient.Options
  ) -> [EthereumClient.Endpoint] {
    var counts: [String: Int] = [:]
    return urls.map { url in
      let name = "\(url.scheme)://\(url.authority)"
      let count = counts[name, default: 0] + 1
      counts[name] = count
      return EthereumClient.Endpoint(
        url, name: count == 1 ? name : "\(name) (\(count))", options,
        // Where there are others, one that fails is not asked again before they are.
        retries: urls.count == 1 ? options.http.retries : 0)
    }
  }
}
