public import Timing

/// How a client behaves, for every call made through it.
public struct HTTPOptions: Sendable {
  /// The longest wait for a connection, its name's resolution and its TLS handshake included.
  public var connectTimeout: Duration = .seconds(10)
  /// The longest time without a byte in either direction; nil waits for ever.
  ///
  /// Time in which the caller reads no more of the answer, or makes no more of the body, does not count.
  public var idleTimeout: Duration? = .seconds(60)
  /// How often a call is repeated, where that is safe or where nothing was sent.
  public var retries = 4
  /// The waits between repetitions.
  public var backoff = Backoff()
  /// The longest wait that a server's `Retry-After` is given; where it asks for more, its answer is the end of the call.
  public var retryAfterLimit: Duration = .seconds(60)
  /// How often each host is asked at most; nil sets no bound.
  public var rate: Rate?
  /// How many transfers run at the same time; further calls wait for their turn, in order.
  public var concurrency = 64
  /// How many bytes of header a server may send, and how many fields.
  public var headerLimit = (bytes: 64 << 10, fields: 200)
  /// The credentials, sent to the host that a call names and to no other.
  public var authorization: HTTPAuthorization?
  /// What is said in `User-Agent`.
  public var userAgent = "sandrun"

  /// The defaults.
  public init() {}
}

/// How one call differs from the client's other calls.
public struct HTTPCall: Sendable {
  /// Whether the request may be sent again though a first one may have arrived.
  ///
  /// nil: as its method says (GET, HEAD, PUT, DELETE, OPTIONS).
  public var isRepeatable: Bool?
  /// The longest the whole call may take, waits, repetitions and the answer's body included; nil sets no bound.
  public var timeout: Duration?
  /// The longest time without a byte, in the place of the client's own; nil: the client's.
  public var idleTimeout: Duration?
  /// Whether a redirect of GET or HEAD is followed; where not, it is the answer.
  ///
  /// Not so where a stranger named the address: it would choose what else is asked from here.
  public var followsRedirects = true
  /// Whether a request is sent again where a connection fell silent and it may be; not so where others can be asked instead.
  public var repeatsSilence = true
  /// How far in a connection may lead; not so far where a stranger named the address.
  ///
  /// Looked at when the name was resolved, before anything is sent. Behind a proxy it is the proxy's address that counts.
  public var reach = HTTPReach.machine
  /// How far in a redirect may lead; nil: as far as the place lies that it comes from.
  public var redirectReach: HTTPReach? = .machine
  /// Goes before calls of lower priority where calls wait for their turn.
  public var priority = 0
  /// Told from time to time how many bytes of the body were taken, and of how many; starts again with a repetition.
  ///
  /// Called on the thread that moves the bytes: it must be quick.
  public var progress: (@Sendable (_ sent: Int, _ total: Int?) -> Void)?
  /// Told before each repetition why, after which wait, and which repetition it is, from 1.
  public var onRetry: (@Sendable (_ reason: HTTPError, _ wait: Duration, _ count: Int) -> Void)?

  /// The defaults, or some of them otherwise.
  public init(
    isRepeatable: Bool? = nil, timeout: Duration? = nil, followsRedirects: Bool = true,
    progress: (@Sendable (_ sent: Int, _ total: Int?) -> Void)? = nil,
    onRetry: (@Sendable (_ reason: HTTPError, _ wait: Duration, _ count: Int) -> Void)? = nil
  ) {
    self.isRepeatable = isRepeatable
    self.timeout = timeout
    self.followsRedirects = followsRedirects
    self.progress = progress
    self.onRetry = onRetry
  }
}
