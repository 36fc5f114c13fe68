internal import Synchronization
public import Timing
public import WebSocket
public import WideInteger

/// News of blocks over a WebSocket: `eth_subscribe` of `newHeads`, over as many connections as it takes.
///
/// A notice only wakes somebody who then asks the node himself; nothing that it says is believed. So a server that lies,
/// floods or falls silent costs some questions, or the time until the next regular one: the clock goes on beside it.
public final class WebSocketHeads: HeadSignal {
  /// The bounds in time.
  public struct Options: Sendable {
    /// How the socket behaves.
    public var socket = WebSocketOptions()
    /// How often to wake while no subscription stands.
    public var pollInterval: Duration = .seconds(2)
    /// How often to wake while one does.
    public var slowInterval: Duration = .seconds(15)
    /// Two wakings lie so far apart at least, however many heads come.
    public var leastInterval: Duration = .milliseconds(50)
    /// How long a question may stay unanswered.
    public var answerTime: Duration = .seconds(20)
    /// After so long without a head the node is asked how high the chain is.
    public var idleTime: Duration = .seconds(60)
    /// The waits between connections.
    public var backoff = Backoff(base: .seconds(5), limit: .seconds(60))
    /// Whether the user named the address: then a server without WebSockets is tried again all the same.
    public var isNamed = false

    /// The defaults.
    public init() {
      // A head is 1 KiB; we read at once.
      socket.maxMessageSize = 256 << 10
      socket.maxWaiting = 256 << 10
    }
  }

  /// So many messages a second a node may send for long: there are chains with four blocks a second.
  static let perSecond = 200.0
  /// So many at once: a development chain may make many blocks in a moment.
  static let burst = 20_000

  let url: WebSocketURL
  private let chainId: UInt256
  private let options: Options
  private let detail: @Sendable (String) -> Void
  private let warn: @Sendable (String) -> Void
  private let bell = Bell()
  private let state = Mutex(State())

  private struct State {
    /// The connection that stands; its subscription may be under way yet.
    var connection: Connection?
    var woken: ContinuousClock.Instant?
  }

  /// News of a chain from an address; `detail` is told what helps to understand, `warn` what is wrong.
  ///
  /// Neither is told more of the address than scheme, host and port, since paths hold keys of services.
  public init(
    _ url: WebSocketURL, chainId: UInt256, options: Options = Options(),
    detail: @escaping @Sendable (String) -> Void, warn: @escaping @Sendable (String) -> Void
  ) {
    self.url = url
    self.chainId = chainId
    self.options = options
    self.detail = detail
    self.warn = warn
  }

  /// The address for messages.
  var name: String {
    let host = url.host.contains(":") ? "[\(url.host)]" : url.host
    return "\(url.isSecure ? "wss" : "ws")://\(host):\(url.port)"
  }

  /// Returns at a head, after a lost connection, or when it is time to look without either.
  public func wait() async {
    let (connection, woken) = state.withLock { ($0.connection, $0.woken) }
    if let woken { try? await ContinuousClock().sleep(until: woken + options.leastInterval) }
    let isOpen = connection?.progress.isOpen ?? false
    await bell.wait(upTo: isOpen ? options.slowInterval : options.pollInterval)
    state.withLock { $0.woken = .now }
  }

  /// Listens until it is cancelled, or until it is certain that the node tells of no blocks: then the clock alone wakes.
  public func run() async {
    var backoff = options.backoff
    var hasWorked = false
    while !Task.isCancelled {
      let (ending, progress) = await connection()
      guard !Task.isCancelled else { return }
      hasWorked = hasWorked || progress.isOpen
      if ending.isFinal(named: options.isNamed, hasWorked: hasWorked) {
        let say = options.isNamed || ending.isWrongChain ? warn : detail
        return say("\(name) is not used: \(ending.reason); new blocks are polled for")
      }
      if progress.hasTold { backoff.reset() }
      var wait = backoff.next()
      if let asked = ending.retryAfter { wait = max(wait, min(asked, options.backoff.limit)) }
      detail("\(name): \(ending.reason); connecting again in \(wait.shownSeconds)")
      guard (try? await ContinuousClock().sleep(for: wait)) != nil else { return }
    }
  }

  /// Opens a connection, and attends to it until it ends.
  private func connection() async -> (Ending, progress: Connection.Progress) {
    let socket: WebSocketConnection
    do throws(WebSocketError) {
      socket = try await WebSocketClient.connect(to: url, options: options.socket)
    } catch {
      return (.socket(error), Connection.Progress())
    }
    let connection = Connection(
      socket, chainId: chainId, options, ring: { [bell] in bell.ring() },
      opened: { [detail, name] in detail("\(name) tells of new blocks") })
    state.withLock { $0.connection = connection }
    let ending = await connection.attend()
    state.withLock { $0.connection = nil }
    // What was lost with the connection is asked for at once, and from now on more often.
    bell.ring()
    return (ending, connection.progress)
  }
}

extension Duration {
  /// `4.2s`.
  var shownSeconds: String {
    let tenths = Int(self / .milliseconds(100))
    return "\(tenths / 10).\(tenths % 10)s"
  }
}
