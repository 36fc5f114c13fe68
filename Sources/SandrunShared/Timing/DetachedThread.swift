#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A thread of its own for work that must not hold up the pool's: a loop, or waiting for tasks.
public enum DetachedThread {
  private final class Work {
    let body: () -> Void
    init(_ body: @escaping () -> Void) { self.body = body }
  }

  /// Starts a body on a new thread; false where none can be started.
  ///
  /// Signals go to threads that expect them; SIGPIPE comes to who caused it, so that `letsSIGPIPEIn` says whether a write there
  /// ends the program. The C function is `pthread_create`.
  public static func start(
    letsSIGPIPEIn: Bool = false, _ body: sending @escaping () -> Void
  ) -> Bool {
    let work = unsafe Unmanaged.passRetained(Work(body))
    var masked = sigset_t()
    var before = sigset_t()
    unsafe sigfillset(&masked)
    if letsSIGPIPEIn { unsafe sigdelset(&masked, SIGPIPE) }
    // A new thread begins with the mask of the one that makes it.
    unsafe pthread_sigmask(SIG_SETMASK, &masked, &before)
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
