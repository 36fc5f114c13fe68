internal import NIOCore
internal import Synchronization

/// Where the network's side puts messages and the reader takes them.
final class Mailbox: Sendable {
  typealias Outcome = Result<WebSocketMessage?, WebSocketError>

  private struct State {
    var messages = CircularBuffer<WebSocketMessage>()
    var size = 0
    var isFull = false
    var readers: [CheckedContinuation<Outcome, Never>] = []
    /// How the stream of messages ended: nil in it is a closing handshake.
    var ending: WebSocketError??
    var close: WebSocketClose?
  }

  private let state = Mutex(State())
  private let limit: Int

  init(limit: Int) { self.limit = limit }

  /// What each message counts beside its bytes, so that a flood of empty ones is bounded too.
  private static let overhead = 64

  /// Puts a message in; whether there is room for more.
  func put(_ message: WebSocketMessage) -> Bool {
    let (reader, isFull) = state.withLock { state in
      guard state.ending == nil else { return (CheckedContinuation<Outcome, Never>?.none, false) }
      guard state.readers.isEmpty else { return (state.readers.removeFirst(), false) }
      state.messages.append(message)
      state.size += message.size + Self.overhead
      state.isFull = state.size >= limit
      return (nil, state.isFull)
    }
    reader?.resume(returning: .success(message))
    return !isFull
  }

  /// Takes the next message, as soon as there is one; `makeRoom` is called where the other side waits for room.
  func take(makeRoom: @Sendable () -> Void) async -> Outcome {
    await withCheckedContinuation { reader in
      let (outcome, hasRoom) = state.withLock { state -> (Outcome?, Bool) in
        if let message = state.messages.popFirst() {
          state.size -= message.size + Self.overhead
          let hasRoom = state.isFull && state.size <= limit / 2
          if hasRoom { state.isFull = false }
          return (.success(message), hasRoom)
        }
        if let ending = state.ending { return (Self.outcome(of: ending), false) }
        state.readers.append(reader)
        return (nil, false)
      }
      if hasRoom { makeRoom() }
      if let outcome { reader.resume(returning: outcome) }
    }
  }

  /// Ends the stream, with what waits in it still to be read unless it is dropped; the first ending stands.
  func end(_ error: WebSocketError?, close: WebSocketClose? = nil, dropping: Bool = false) {
    let readers = state.withLock { state in
      guard state.ending == nil else { return [CheckedContinuation<Outcome, Never>]() }
      state.ending = .some(error)
      state.close = close
      if dropping {
        state.messages.removeAll()
        state.size = 0
      }
      defer { state.readers = [] }
      return state.readers
    }
    for reader in readers { reader.resume(returning: Self.outcome(of: error)) }
  }

  /// How the other side closed the connection.
  var close: WebSocketClose? { state.withLock { $0.close } }

  /// Why nothing can be sent any more; nil while the connection is open.
  var obstacle: WebSocketError? {
    state.withLock { state in state.ending.map { $0 ?? .closed } }
  }

  private static func outcome(of ending: WebSocketError?) -> Outcome {
    ending.map { .failure($0) } ?? .success(nil)
  }
}
