#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A pipe of the process to itself, so that `poll` can wait for an event beside a descriptor.
///
/// Its ends stay open as long as the process lives.
struct Pipe: Sendable {
  /// Readable once the bell has rung; -1, which `poll` ignores, where no pipe could be made.
  let readEnd: Int32
  let writeEnd: Int32

  init() {
    var ends: [Int32] = [-1, -1]
    guard unsafe pipe(&ends) == 0 else {
      (readEnd, writeEnd) = (-1, -1)
      return
    }
    for end in ends {
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
      _ = fcntl(end, F_SETFL, O_NONBLOCK)
    }
    (readEnd, writeEnd) = (ends[0], ends[1])
  }

  /// Makes the read end readable.
  func ring() {
    var byte: UInt8 = 1
    _ = unsafe write(writeEnd, &byte, 1)
  }
}
