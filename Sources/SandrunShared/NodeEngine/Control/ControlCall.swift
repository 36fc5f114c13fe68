internal import Files
public import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Why a node on this machine cannot be spoken to.
public enum ControlError: Error, Equatable, Sendable {
  /// No node has the folder.
  case noNode
  /// A node has the folder, and does not listen yet.
  case notReady
  /// The folder is another user's.
  case notAllowed
  /// The call failed.
  case failed(Errno)
}

/// A call to the node that has a folder on this machine.
public struct ControlCall: ~Copyable {
  private let socket: UnixSocket
  private var cutter = LineCutter()

  /// What came of waiting for an answer.
  public enum Heard: Equatable, Sendable {
    /// The node's words.
    case answer(ControlAnswer)
    /// Something that is no answer of a node's.
    case nonsense
    /// Nothing: the node is gone.
    case end
    /// Nothing in that time.
    case silence
    /// The other descriptor became readable.
    case interrupted
  }

  /// Asks the node of a folder to finish what it has and to end.
  public init(drain folder: FilePath) throws(ControlError) {
    do throws(Errno) {
      socket = try UnixSocket.connected(in: folder, named: ControlSocket.name)
    } catch {
      switch error {
      case .permissionDenied: throw .notAllowed
      case .noSuchFileOrDirectory, .connectionRefused, .notDirectory:
        throw Self.isTaken(folder) ? .notReady : .noNode
      default: throw .failed(error)
      }
    }
    socket.bound(seconds: 10)
    // A node that just ended tells it by its silence.
    _ = socket.write(Array("{\"drain\":true}\n".utf8))
  }

  /// Waits for the next answer, so long at most, and until another descriptor is readable.
  public mutating func next(within seconds: Double, unless other: Int32) -> Heard {
    let end = ContinuousClock.now + .seconds(seconds)
    while true {
      if let line = cutter.next() { return ControlAnswer(line).map { .answer($0) } ?? .nonsense }
      let rest = (end - ContinuousClock.now) / .milliseconds(1)
      guard rest > 0 else { return .silence }
      var polled = [
        pollfd(fd: socket.descriptor, events: Int16(POLLIN), revents: 0),
        pollfd(fd: other, events: Int16(POLLIN), revents: 0),
      ]
      let count = unsafe poll(&polled, 2, Int32(min(rest, 60_000).rounded(.up)))
      if count > 0, polled[1].revents != 0 { return .interrupted }
      guard count > 0, polled[0].revents != 0 else { continue }
      let bytes = socket.read(atMost: 4096)
      if bytes.isEmpty { return .end }
      cutter.append(bytes)
      if cutter.isOverlong { return .nonsense }
    }
  }

  /// Whether a node, or a worker that it left, has the folder.
  public static func isTaken(_ folder: FilePath) -> Bool {
    for name in ["lock", "worker.lock"] {
      guard
        let file = try? FileDescriptor.open(
          folder.appending(name), .readOnly, options: .closeOnExec)
      else { continue }
      defer { try? file.close() }
      if flock(file.rawValue, LOCK_SH | LOCK_NB) != 0 { return true }
    }
    return false
  }
}
