public import NodeAPI
public import Records
internal import Commands
internal import HTTP
internal import Timing
internal import WebSocket

extension Nodes {
  /// Follows a job to its end, and tells its output from a byte on, each byte once; the state in which it ended.
  ///
  /// Over `WebSocket /logs/{id}`, connection after connection, while the node restarts too: for ever, unless there is a deadline,
  /// or `patience` with a node that gives no answer. Where WebSockets do not get through it asks for
  /// `GET /logs/{id}?offset=` again and again; what a node of another kind tells there is text, without order between the
  /// streams and with replacements for what is no UTF-8. Without `onOutput` none is asked for.
  /// Where a node starts a job anew, its output goes on at the byte where it broke off.
  ///
  /// Throws 66 for a job that the node does not know, 69 where it cannot be reached, 75 where the time is up, 76 for
  /// a node that skips or repeats bytes.
  public func follow(
    _ reference: JobReference, from offset: Int = 0,
    until deadline: ContinuousClock.Instant? = nil, patience: Duration? = nil,
    onOutput: ((LogStream, [UInt8]) async throws(Failure) -> Void)? = nil,
    onState: @escaping (JobState) async throws(Failure) -> Void = { _ in }
  ) async throws(Failure) -> JobState {
    // No output reaches as far.
    let start = onOutput == nil ? 1 << 53 - 1 : offset
    let follower = LogFollower(
      nodes: self, reference: reference, progress: LogProgress(from: start), deadline: deadline,
      patience: patience, onOutput: onOutput, onState: onState)
    return try await follower.run()
  }
}

/// One job's output on its way to one listener.
final class LogFollower {
  let nodes: Nodes
  let reference: JobReference
  let deadline: ContinuousClock.Instant?
  let patience: Duration?
  let onOutput: ((LogStream, [UInt8]) async throws(Failure) -> Void)?
  private let onState: (JobState) async throws(Failure) -> Void

  var progress: LogProgress
  var state: JobState?
  /// When the node was last heard.
  var lastAnswer = ContinuousClock.now
  var isLost = false
  /// How many connections in a row brought nothing, though the node answers.
  var failures = 0

  init(
    nodes: Nodes, reference: JobReference, progress: LogProgress,
    deadline: ContinuousClock.Instant?, patience: Duration?,
    onOutput: ((LogStream, [UInt8]) async throws(Failure) -> Void)?,
    onState: @escaping (JobState) async throws(Failure) -> Void
  ) {
    self.nodes = nodes
    self.reference = reference
    self.progress = progress
    self.deadline = deadline
    self.patience = patience
    self.onOutput = onOutput
    self.onState = onState
  }

  static let backoff = Backoff(base: .milliseconds(100), limit: .seconds(2))

  func run() async throws(Failure) -> JobState {
    let ending = try await WebSocketClient.follow(
      headers: [(name: "User-Agent", value: nodes.httpOptions.userAgent)], options: socketOptions,
      backoff: Self.backoff, until: deadline,
      place: { () throws(Failure) in try place() },
      goesOn: { ending throws(Failure) in try await goesOn(after: ending) },
      take: { message throws(Failure) in try await take(message) })
    switch ending {
    case .done: return state ?? .failed
    case .deadline: throw Nodes.late(reference)
    case .failed(.cancelled): throw .interrupted
    case .failed, .closed: return try await poll()
    }
  }

  private func place() throws(Failure) -> WebSocketURL {
    let text = reference.endpoint.webSocketURL(
      "logs", "\(reference.id)", query: ["offset": "\(progress.offset)"])
    do { return try WebSocketURL(text) } catch { throw Failure(.data, "\(error)") }
  }

  private var socketOptions: WebSocketOptions {
    var options = WebSocketOptions()
    options.connectTimeout = nodes.httpOptions.connectTimeout
    if let idle = nodes.httpOptions.idleTimeout {
      options.pingInterval = min(options.pingInterval, idle / 2)
      options.pongTimeout = min(options.pongTimeout, idle / 2)
    }
    return options
  }

  private func take(_ message: WebSocketMessage) async throws(Failure) -> WebSocketStep {
    guard case .text(let text) = message else { throw lie("it sends bytes where text is due") }
    let told: LogMessage
    do {
      told = try LogMessage(try JSON(parsing: Array(text.utf8)))
    } catch {
      throw lie("\(error)")
    }
    failures = 0
    isBack()
    return try await take(told) ? .done : .progress
  }

  /// Takes a message of either way; whether it is the last.
  func take(_ message: LogMessage) async throws(Failure) -> Bool {
    let piece: LogProgress.Piece?
    do throws(LogBreach) { piece = try progress.take(message) } catch { throw lie(error.reason) }
    if let piece {
      try await onOutput?(piece.stream, piece.bytes)
      return false
    }
    guard let state = JobState(rawValue: String(decoding: message.bytes, as: UTF8.self)),
      message.kind == .status || state.isFinal
    else { throw lie("it tells a state that there is not") }
    try await tell(state)
    return message.kind == .completion
  }

  func tell(_ state: JobState) async throws(Failure) {
    guard state != self.state else { return }
    if state == .queued, self.state == .running {
      nodes.world.note("\(reference.endpoint) starts job \(reference.id) anew")
    }
    self.state = state
    try await onState(state)
  }
}
