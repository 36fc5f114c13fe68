import HTTPTypes
import Synchronization

/// What a caller and the engine's thread share of one transfer: bytes in both directions, and its end.
final class Exchange: Sendable {
  /// As much is held of an answer, or of a body that a producer makes, before the faster side waits.
  static let bound = 256 << 10

  /// How a producer ended.
  enum OutgoingEnd: Sendable {
    case complete
    case failed(String)
  }

  struct State {
    var head: HTTPResponse?
    /// How far in the one lies who answers; nil where nobody was reached.
    var place: HTTPReach?
    var trailers = HTTPFields()
    var received: [UInt8] = []
    var isReceivingPaused = false
    var end: Result<Void, HTTPError>?
    var waiters: [CheckedContinuation<Void, Never>] = []
    var outgoing: [UInt8] = []
    var taken = 0
    var written = 0
    var outgoingEnd: OutgoingEnd?
    var isSendingPaused = false
    /// Held as long as the transfer runs.
    var turn: RequestQueue.Turn?

    var outgoingCount: Int { outgoing.count - taken }
  }

  /// The address, for errors.
  let url: String
  /// How many bytes a producer is to write, where that is known.
  let length: Int?
  let mailbox: Mailbox
  let state: Mutex<State>

  init(_ url: String, length: Int?, _ mailbox: Mailbox, _ turn: RequestQueue.Turn) {
    self.url = url
    self.length = length
    self.mailbox = mailbox
    state = Mutex(State(turn: turn))
  }

  /// The header of the answer, once it is there.
  func head() async throws(HTTPError) -> HTTPResponse {
    while true {
      await wait { $0.head != nil || $0.end != nil }
      let (head, end) = state.withLock { ($0.head, $0.end) }
      if let head { return head }
      try end?.get()
    }
  }

  /// The next bytes of the answer, nil at its end.
  func nextChunk() async throws(HTTPError) -> [UInt8]? {
    while true {
      await wait { !$0.received.isEmpty || $0.end != nil }
      let (chunk, end, wasPaused) = state.withLock { state in
        defer {
          state.received = []
          state.isReceivingPaused = false
        }
        return (state.received, state.end, state.isReceivingPaused)
      }
      if wasPaused { mailbox.post(.resumeReceiving(self)) }
      if !chunk.isEmpty { return chunk }
      guard let end else { continue }
      try end.get()
      return nil
    }
  }

  /// Adds to what is to be sent, once there is room.
  func write(_ bytes: [UInt8]) async throws(HTTPError) {
    await wait { $0.outgoingCount < Self.bound || $0.end != nil }
    let (end, wasPaused) = state.withLock { state -> (Result<Void, HTTPError>?, Bool) in
      guard state.end == nil else { return (state.end, false) }
      state.written += bytes.count
      if let length, state.written > length {
        let reason = "the body has more than its \(length) bytes"
        return (.failure(HTTPError(url, .body(reason), sent: .maybe)), false)
      }
      if state.taken > 0 {
        state.outgoing.removeFirst(state.taken)
        state.taken = 0
      }
      if state.outgoing.isEmpty { state.outgoing = bytes } else { state.outgoing += bytes }
      defer { state.isSendingPaused = false }
      return (nil, state.isSendingPaused)
    }
    if let end {
      try end.get()
      throw HTTPError(url, .broken("the server answered before it had the body"), sent: .maybe)
    }
    if wasPaused { mailbox.post(.resumeSending(self)) }
  }

  /// Says how the producer ended.
  func endOutgoing(_ end: OutgoingEnd) {
    let wasPaused = state.withLock { state in
      state.outgoingEnd = end
      defer { state.isSendingPaused = false }
      return state.isSendingPaused
    }
    if wasPaused { mailbox.post(.resumeSending(self)) }
  }

  /// Ends the transfer from outside, where it has not ended.
  func cancel() {
    guard finish(.failure(HTTPError(url, .cancelled, sent: .maybe))) else { return }
    mailbox.post(.cancel(self))
  }

  /// Sets the end, unless there is one, and wakes who waits; what was received is still read.
  @discardableResult
  func finish(_ end: Result<Void, HTTPError>) -> Bool {
    let (isNew, turn) = state.withLock { state -> (Bool, RequestQueue.Turn?) in
      guard state.end == nil else { return (false, nil) }
      state.end = end
      defer { state.turn = nil }
      return (true, state.turn)
    }
    guard isNew else { return false }
    turn?.end()
    wake()
    return true
  }

  /// Wakes all who wait, to look again.
  func wake() {
    let waiters = state.withLock { state in
      defer { state.waiters = [] }
      return state.waiters
    }
    for waiter in waiters { waiter.resume() }
  }

  /// Waits until the state is such; a cancelled task ends the transfer, which is such a state.
  private func wait(until isReady: @Sendable (borrowing State) -> Bool) async {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          if isReady(state) { return true }
          state.waiters.append(continuation)
          return false
        }
        if isReady { continuation.resume() }
      }
    } onCancel: {
      cancel()
    }
  }
}
