#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread for work that waits for tasks: on one of the pool's it could wait for ever.
enum ReadingThread {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Runs a body on a thread of its own; nil where none can be started.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
    await withCheckedContinuation { continuation in
      if !start({ continuation.resume(returning: body()) }) { continuation.resume(returning: nil) }
    }
  }

  /// The corresponding C function is `pthread_create`.
  private static func start(_ body: @escaping @Sendable () -> Void) -> Bool {
    let work = unsafe Unmanaged.passRetained(Work(body))
    // Signals go to threads that expect them.
    var all = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&all)
    // A reader that goes away must still end the writer, which is this thread.
    unsafe sigdelset(&all, SIGPIPE)
    unsafe pthread_sigmask(SIG_SETMASK, &all, &before)
    defer { unsafe pthread_sigmask(SIG_SETMASK, &before, nil) }
    var thread = pthread_t()
    let code = unsafe pthread_create(
      &thread, nil,
      { context in
        guard let context = unsafe context else { return nil }
        unsafe Unmanaged<Work>.fromOpaque(context).takeRetainedValue().body()
        return nil
      }, work.toOpaque())
    guard code == 0 else {
      unsafe work.release()
      return false
    }
    pthread_detach(thread)
    return true
  }
}
