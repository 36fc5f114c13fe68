import Synchronization

/// What callers ask of the engine's thread, in order; a post wakes it.
final class Mailbox: Sendable {
  enum Message: Sendable {
    case start(Exchange, Order)
    case cancel(Exchange)
    case resumeReceiving(Exchange)
    case resumeSending(Exchange)
    case stop
  }

  private struct State {
    var messages: [Message] = []
    var isAwake = false
    /// Wakes the thread; nil before it runs and after it ended.
    var wake: (@Sendable () -> Void)?
    var isClosed = false
  }

  private let state = Mutex(State())

  /// Adds a message; false where the thread has ended.
  @discardableResult
  func post(_ message: Message) -> Bool {
    state.withLock { state in
      guard !state.isClosed else { return false }
      state.messages.append(message)
      // Under the lock, so that what is woken cannot be gone.
      if !state.isAwake { state.wake?() }
      state.isAwake = true
      return true
    }
  }

  /// Takes all messages; from now on a post wakes again.
  func take() -> [Message] {
    state.withLock { state in
      state.isAwake = false
      defer { state.messages = [] }
      return state.messages
    }
  }

  /// Says how the thread is woken.
  func open(wake: @escaping @Sendable () -> Void) {
    state.withLock { $0.wake = wake }
  }

  /// Takes no more messages, and returns those that nobody read.
  func close() -> [Message] {
    state.withLock { state in
      state.isClosed = true
      state.wake = nil
      defer { state.messages = [] }
      return state.messages
    }
  }
}
