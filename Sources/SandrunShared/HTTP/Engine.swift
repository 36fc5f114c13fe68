import Synchronization
import Timing

/// The thread that moves the bytes, for whoever may start transfers; it ends with this.
final class Engine: Sendable {
  let mailbox = Mailbox()
  private let isRunning = Mutex(false)

  deinit { mailbox.post(.stop) }

  /// Begins a transfer, the thread too where this is the first.
  func start(_ exchange: Exchange, _ order: Order) {
    let isRunning = isRunning.withLock { isRunning in
      if !isRunning { isRunning = Self.startThread(mailbox) }
      return isRunning
    }
    guard isRunning, mailbox.post(.start(exchange, order)) else {
      let cause = HTTPError.Cause.failure("no thread can be started")
      exchange.finish(.failure(HTTPError(exchange.url, cause, sent: .nothing)))
      return
    }
  }

  private static func startThread(_ mailbox: Mailbox) -> Bool {
    guard let loop = EngineLoop(mailbox) else { return false }
    return DetachedThread.start { loop.run() }
  }
}
