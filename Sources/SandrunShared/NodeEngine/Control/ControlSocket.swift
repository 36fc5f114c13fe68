internal import Dispatch
internal import Files
internal import Records
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The node's door for its own machine: a socket in its folder to which its own user alone can connect.
///
/// One line asks, `{"drain":true}`; lines answer, until the node ends. No network reaches it.
public final class ControlSocket: Sendable {
  /// Its name in the node's folder.
  static let name = "control"
  /// So many may wait for the end at once.
  static let mostCalls = 32

  private struct State {
    /// What waits for somebody to ask for the end.
    var waiting: [CheckedContinuation<Void, Never>] = []
    var isAsked = false
    /// How the node ended.
    var isFinished: Bool?
    var calls = 0
  }

  private let listener: UnixSocket
  private let folder: NodeFolder
  private let state = Mutex(State())
  private let calls = DispatchQueue(label: "sandrun.control.calls", attributes: .concurrent)
  private let accepting = DispatchQueue(label: "sandrun.control")

  /// Makes the socket; who connects is answered once it is `open`.
  public init(in folder: NodeFolder) throws(EngineError) {
    self.folder = folder
    do throws(Errno) {
      listener = try UnixSocket.listening(in: folder.path, named: Self.name)
    } catch {
      throw .store("\(FileError("listen on", folder.path.appending(Self.name), error))")
    }
  }

  /// Begins to answer with what the engine has in hand.
  public func open(_ engine: Engine) {
    accepting.async { [self] in
      while let socket = listener.accepted() {
        let isRoom = state.withLock { state in
          guard state.calls < Self.mostCalls, state.isFinished == nil else { return false }
          state.calls += 1
          return true
        }
        guard isRoom else { continue }
        let call = Mutex<UnixSocket?>(socket)
        calls.async { [self] in
          if let socket = call.withLock({ $0.take() }) { answer(socket, engine) }
          state.withLock { $0.calls -= 1 }
        }
      }
    }
  }

  /// Returns once somebody asked the node to drain, or the task is cancelled; false in the latter case.
  public func isAskedToDrain() async -> Bool {
    await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isOver = state.withLock { state in
          if state.isAsked || Task.isCancelled { return true }
          state.waiting.append(continuation)
          return false
        }
        if isOver { continuation.resume() }
      }
    } onCancel: {
      wake()
    }
    return state.withLock { $0.isAsked }
  }

  /// Tells those who wait that the node ends, and whether it finished what it had; answers nobody any more.
  public func close(isFinished: Bool) async {
    state.withLock { $0.isFinished = isFinished }
    unsafe unlink(folder.path.appending(Self.name).string)
    listener.shut()
    // What is told is a few bytes; who does not take them is not waited for.
    for _ in 0..<100 where state.withLock({ $0.calls > 0 }) {
      try? await Task.sleep(for: .milliseconds(20))
    }
  }

  private func wake() {
    let waiting = state.withLock { state in
      defer { state.waiting = [] }
      return state.waiting
    }
    for one in waiting { one.resume() }
  }

  private func answer(_ socket: borrowing UnixSocket, _ engine: Engine) {
    socket.bound(seconds: 10)
    var cutter = LineCutter()
    var asked: [UInt8]?
    var length = 0
    while asked == nil, length < 4096 {
      let bytes = socket.read(atMost: 4096)
      if bytes.isEmpty { return }
      length += bytes.count
      cutter.append(bytes)
      asked = cutter.next()
    }
    guard let asked, (try? JSON(parsing: asked))?["drain"]?.boolean == true else {
      _ = socket.write(ControlAnswer.refused("the node knows only how to drain").line)
      return
    }
    state.withLock { $0.isAsked = true }
    wake()
    var last: ControlAnswer?
    while true {
      if let isFinished = state.withLock({ $0.isFinished }) {
        _ = socket.write(ControlAnswer.ended(isFinished: isFinished).line)
        return
      }
      // What is said first is true: nothing is accepted any more.
      let (queued, running) = engine.inHand
      let now = ControlAnswer.draining(queued: queued, running: running)
      if engine.isDraining, now != last {
        guard socket.write(now.line) else { return }
        last = now
      }
      usleep(50_000)
    }
  }
}
