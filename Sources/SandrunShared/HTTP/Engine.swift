import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

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
    let context = unsafe Unmanaged.passRetained(loop)
    // Signals go to threads that expect them; SIGPIPE of a write here must end nothing.
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<EngineLoop>.fromOpaque(context).takeRetainedValue().run()
        return nil
      }, context.toOpaque())
    guard code == 0 else {
      unsafe context.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
