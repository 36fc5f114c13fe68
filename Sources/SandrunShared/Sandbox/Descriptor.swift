import CLinux
import Glibc
import SystemPackage

/// A file descriptor that is closed exactly once, and that no program started later inherits.
struct Descriptor: ~Copyable, Sendable {
  let number: Int32

  init(owning number: Int32) { self.number = number }

  /// Takes what a system call returned, or throws its error.
  init(_ action: String, _ result: Int32) throws(SandboxError) {
    guard result >= 0 else { throw .system(action, Errno(rawValue: errno)) }
    number = result
  }

  deinit { close(number) }

  /// A file in memory that holds these bytes, read from its start; the C function is `memfd_create`.
  static func holding(_ bytes: [UInt8]) throws(SandboxError) -> Descriptor {
    let file = try Descriptor("make a file in memory", unsafe sr_memfd_create("sandrun"))
    try file.write(bytes)
    lseek(file.number, 0, SEEK_SET)
    return file
  }

  /// A process, so that a signal can never reach another one with its number; the C function is `pidfd_open`.
  static func process(_ pid: Int32) throws(SandboxError) -> Descriptor {
    try Descriptor("watch process \(pid)", sr_pidfd_open(pid))
  }

  borrowing func write(_ bytes: [UInt8]) throws(SandboxError) {
    var done = 0
    while done < bytes.count {
      let count = unsafe bytes[done...].withUnsafeBytes {
        unsafe Glibc.write(number, $0.baseAddress, $0.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count > 0 else { throw .system("write", Errno(rawValue: errno)) }
      done += count
    }
  }

  /// At most `count` bytes; empty at the end, nil where none wait and the descriptor does not block.
  borrowing func read(_ count: Int) throws(SandboxError) -> [UInt8]? {
    var failure: Errno?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, used in
      while true {
        let result = unsafe Glibc.read(number, buffer.baseAddress, count)
        if result < 0 && errno == EINTR { continue }
        if result < 0 { failure = Errno(rawValue: errno) }
        used = max(0, result)
        return
      }
    }
    guard let failure else { return bytes }
    if failure == .resourceTemporarilyUnavailable { return nil }
    throw .system("read", failure)
  }

  borrowing func setNonBlocking() { _ = fcntl(number, F_SETFL, O_NONBLOCK) }
}

/// Both ends of a pipe, each nil once it is closed here.
struct Pipe: ~Copyable, Sendable {
  var reading: Descriptor?
  var writing: Descriptor?

  /// Makes one; the C function is `pipe2`.
  init() throws(SandboxError) {
    var ends: [Int32] = [0, 0]
    guard unsafe sr_pipe(&ends) == 0 else {
      throw .system("make a pipe", Errno(rawValue: errno))
    }
    reading = Descriptor(owning: ends[0])
    writing = Descriptor(owning: ends[1])
  }

  /// The number of the reading end; -1 when it is closed, which `poll` passes over.
  var readingNumber: Int32 { reading.number }
  var writingNumber: Int32 { writing.number }

  /// Writes where the other end is there to read; says whether all was taken.
  @discardableResult
  borrowing func write(_ bytes: [UInt8]) -> Bool {
    switch writing {
    case .some(let end): (try? end.write(bytes)) != nil
    case .none: false
    }
  }

  /// What waits to be read; empty at the end, nil where nothing waits and reading does not block.
  borrowing func read(_ count: Int = 1 << 16) -> [UInt8]? {
    switch reading {
    case .some(let end): (try? end.read(count)) ?? nil
    case .none: []
    }
  }
}

extension Optional where Wrapped == Descriptor {
  fileprivate var number: Int32 {
    borrowing get {
      switch self {
      case .some(let descriptor): descriptor.number
      case .none: -1
      }
    }
  }
}

/// Waits until one of some descriptors can be read or its other end is gone; the C function is `poll`.
///
/// Returns for each whether it is; a negative number is passed over.
func waitForInput(_ descriptors: [Int32], milliseconds: Int32) -> [Bool] {
  var entries = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
  let count = unsafe poll(&entries, nfds_t(entries.count), milliseconds)
  guard count > 0 else { return descriptors.map { _ in false } }
  return entries.map { $0.revents != 0 }
}

/// Seconds on a clock that never goes back.
func monotonicSeconds() -> Double {
  var now = timespec()
  unsafe clock_gettime(CLOCK_MONOTONIC, &now)
  return Double(now.tv_sec) + Double(now.tv_nsec) / 1e9
}
