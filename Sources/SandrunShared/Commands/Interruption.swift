import CLinux
import Synchronization

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The request to stop that SIGINT or SIGTERM makes: what is in hand is finished or undone, nothing more is begun.
///
/// A second signal ends the process at once.
public struct Interruption: Sendable {
  /// Readable from the first signal on, for `poll`; -1 (which `poll` ignores) where nothing can interrupt.
  public let descriptor: Int32

  /// One that never comes.
  public static let never = Interruption(descriptor: -1)

  /// Whether a signal has come.
  public var isRequested: Bool {
    descriptor >= 0 && received.load(ordering: .relaxed) != 0
  }

  /// The signal that came, 0 before any has.
  static var signal: Int32 { received.load(ordering: .relaxed) }

  /// Takes over SIGINT and SIGTERM for the rest of the process's life.
  static func install() -> Interruption {
    let bell = Pipe()
    guard bell.readEnd >= 0 else { return .never }
    unsafe writeEnd = bell.writeEnd
    // Swift makes a global at its first use, which must not be in the handler.
    _ = received.load(ordering: .relaxed)
    for number in [SIGINT, SIGTERM] { take(number) }
    return Interruption(descriptor: bell.readEnd)
  }

  /// Takes SIGHUP, too, as the request to stop: for what goes on for long, and would be cut off with its terminal.
  ///
  /// It comes more than once then, and is no second signal.
  public func takeHangUp() {
    if descriptor >= 0 { Self.take(SIGHUP) }
  }

  private static func take(_ number: Int32) {
    // A parent that set a signal to be ignored (nohup, a shell's background job) meant it.
    var old = sigaction()
    guard unsafe sigaction(number, nil, &old) == 0,
      unsafe unsafeBitCast(old.__sigaction_handler.sa_handler, to: Int.self)
        != unsafeBitCast(SIG_IGN, to: Int.self)
    else { return }
    var action = sigaction()
    unsafe action.__sigaction_handler.sa_handler = { number in
      let earlier = received.exchange(number, ordering: .relaxed)
      if earlier != 0, number != SIGHUP { _exit(128 + number) }
      var byte: UInt8 = 1
      _ = unsafe write(writeEnd, &byte, 1)
    }
    unsafe sigaction(number, &action, nil)
  }

  /// Ends the process by the signal that came, so that a shell sees what ended it.
  static func die(of number: Int32) -> Never {
    Glibc.signal(number, SIG_DFL)
    // Dispatch's threads, one of which this is, block every signal.
    var own = sigset_t()
    unsafe sigemptyset(&own)
    unsafe sigaddset(&own, number)
    unsafe pthread_sigmask(SIG_UNBLOCK, &own, nil)
    raise(number)
    _exit(128 + number)
  }
}

// A signal handler can reach nothing but globals: set once before the handler is installed, and by the handler.
nonisolated(unsafe) private var writeEnd: Int32 = -1
private let received = Atomic<Int32>(0)
