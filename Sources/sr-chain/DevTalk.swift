import Commands
import Records
import Subprocess
import Synchronization

/// What a chain's program says while it runs, and how it ended.
final class DevTalk: Sendable {
  private let name: String
  private let world: World
  private let isReady: @Sendable (JSONObject) throws(Failure) -> Void
  private let state = Mutex(State())
  private let stopping: (stream: AsyncStream<Never>, continuation: AsyncStream<Never>.Continuation)

  private struct State {
    var isReady = false
    var failure: Failure?
    /// The last line of its standard error, and whether Python missed a package.
    var complaint: String?
    var isMissingPackage = false
  }

  init(
    _ name: String, in world: World,
    isReady: @escaping @Sendable (JSONObject) throws(Failure) -> Void
  ) {
    self.name = name
    self.world = world
    self.isReady = isReady
    stopping = AsyncStream.makeStream()
  }

  /// Waits until there is a reason to end the program: a signal, a failure of ours, or its own end.
  func wait() async {
    let interruption = world.interruption
    await withTaskGroup(of: Void.self) { group in
      group.addTask { await interruption.wait() }
      group.addTask { for await _ in self.stopping.stream {} }
      await group.next()
      group.cancelAll()
    }
  }

  /// Takes the record that the program writes when it is ready, if it writes one; what else it says is dropped.
  func hear(record output: SubprocessOutputSequence, isExpected: Bool) async {
    do {
      for try await line in output.strings() {
        guard isExpected, !state.withLock(\.isReady) else { continue }
        guard let chain = try? JSON(parsing: Array(line.utf8))["chain"]?.object else {
          return stop(Failure(.protocolViolation, "\(name) says what is no record: \(line)"))
        }
        ready(chain)
      }
    } catch {
      stop(Failure(.io, "cannot read what \(name) says: \(error)"))
    }
  }

  /// Hands the program's own record on, once.
  func ready(_ chain: JSONObject) {
    state.withLock { $0.isReady = true }
    do throws(Failure) { try isReady(chain) } catch { stop(error) }
  }

  /// Passes on what the program tells people.
  func hear(errors: SubprocessOutputSequence, isShown: Bool) async {
    do {
      for try await line in errors.strings() {
        let isReady = state.withLock { state in
          let text = line.trimming(while: \.isNewline)
          if !text.isEmpty { state.complaint = text }
          if text.hasPrefix("ModuleNotFoundError") || text.hasPrefix("ImportError") {
            state.isMissingPackage = true
          }
          return state.isReady
        }
        // What it says before it is ready is told as the reason why it is not.
        if isReady, isShown { world.note("\(name): \(line.trimming(while: \.isNewline))") }
      }
    } catch {
      world.detail("cannot read what \(name) tells: \(error)")
    }
  }

  /// Ends the program because of a failure on our side.
  func stop(_ failure: Failure) {
    state.withLock { if $0.failure == nil { $0.failure = failure } }
    stopping.continuation.finish()
  }

  /// Throws unless the program was asked to end, and did.
  func judge(_ status: TerminationStatus) throws(Failure) {
    let state = state.withLock { $0 }
    if let failure = state.failure { throw failure }
    if world.interruption.isRequested {
      guard state.isReady else { throw .interrupted }
      return
    }
    if state.isMissingPackage {
      throw Failure(
        .configuration, "\(name) lacks a Python package: \(state.complaint ?? "")",
        hint: "'make setup' in a checkout, else 'pip install -r' its requirements.txt")
    }
    let reason = (state.complaint ?? "no reason given").dropping(prefix: "\(name): error: ")
    guard !state.isReady else {
      throw Failure(.unavailable, "\(name) ended by itself, \(Self.told(status)): \(reason)")
    }
    throw Failure(Self.known(status), "\(name) cannot start: \(reason)")
  }

  private static func told(_ status: TerminationStatus) -> String {
    switch status {
    case .exited(let code) where code > 128: "by signal \(code - 128)"
    case .exited(let code): "with status \(code)"
    case .signaled(let number): "by signal \(number)"
    }
  }

  private static func known(_ status: TerminationStatus) -> Failure.Status {
    guard case .exited(let code) = status,
      let row = Failure.Status.table.first(where: { $0.status.rawValue == code }), code >= 64
    else { return .unavailable }
    return row.status
  }
}

extension String {
  fileprivate func trimming(while isTrimmed: (Character) -> Bool) -> String {
    var text = self[...]
    while let last = text.last, isTrimmed(last) { text.removeLast() }
    return String(text)
  }

  fileprivate func dropping(prefix: String) -> String {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : self
  }
}
