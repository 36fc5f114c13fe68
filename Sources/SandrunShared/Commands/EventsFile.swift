import CLinux
import Files
import Records
import Synchronization
import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file, a pipe or a FIFO that events are appended to, by one thread.
final class EventsFile: Sendable {
  private let file: OpenFile
  /// Whether it is a FIFO that nobody had opened to read: then it is kept open for reading, too, and keeps what is written.
  private let hasNoReader: Bool
  private let count = Atomic(0)
  private let isBroken = Atomic(false)

  /// How many bytes were taken.
  var taken: Int { count.load(ordering: .relaxed) }

  /// Opens a path, without waiting for anybody.
  init(_ path: String) throws(FileError) {
    let path = FilePath(path)
    do throws(FileError) {
      file = try OpenFile(
        path, .writeOnly, options: [.create, .append, .nonBlocking],
        permissions: [.ownerReadWrite, .groupRead, .otherRead])
      hasNoReader = false
    } catch {
      // So the system tells of a FIFO that nobody reads yet; opened for both it waits for no one.
      guard error.errno == .noSuchAddressOrDevice else { throw error }
      file = try OpenFile(path, .readWrite, options: [.append, .nonBlocking])
      hasNoReader = true
    }
  }

  /// Writes all, and waits for a reader who is slow; what a reader who went away or a full disk does not take is given up.
  func write(_ bytes: [UInt8]) {
    guard !isBroken.load(ordering: .relaxed) else { return }
    Self.withoutSIGPIPE {
      var first = 0
      while first < bytes.count {
        let written = unsafe bytes.withUnsafeBytes { bytes in
          unsafe Glibc.write(
            file.descriptor.rawValue, bytes.baseAddress?.advanced(by: first), bytes.count - first)
        }
        if written > 0 {
          first += written
          count.add(written, ordering: .relaxed)
        } else if errno == EAGAIN {
          wait(for: POLLOUT, milliseconds: -1)
        } else if errno != EINTR {
          // A line may be there by half: no other is put behind it.
          isBroken.store(true, ordering: .relaxed)
          return
        }
      }
    }
  }

  /// Waits a while for one who comes late to a FIFO: what lies in it is lost with its last user.
  func awaitReader(seconds: Double) {
    guard hasNoReader else { return }
    var left = Int(seconds * 100)
    while left > 0, wait(for: POLLIN, milliseconds: 0) {
      usleep(10_000)
      left -= 1
    }
  }

  /// Whether the descriptor is ready in time; the C function is `poll`.
  @discardableResult
  private func wait(for event: Int32, milliseconds: Int32) -> Bool {
    var watched = pollfd(fd: file.descriptor.rawValue, events: Int16(event), revents: 0)
    return unsafe poll(&watched, 1, milliseconds) > 0
  }

  /// Does a write that may find nobody at the other end, and yet does not end the process.
  static func withoutSIGPIPE(_ body: () -> Void) {
    var pipe = sigset_t()
    var old = sigset_t()
    unsafe sigemptyset(&pipe)
    unsafe sigaddset(&pipe, SIGPIPE)
    unsafe pthread_sigmask(SIG_BLOCK, &pipe, &old)
    body()
    // One that came waits for this thread only, and must not outlive the block.
    var none = timespec()
    _ = unsafe sigtimedwait(&pipe, nil, &none)
    unsafe pthread_sigmask(SIG_SETMASK, &old, nil)
  }
}
