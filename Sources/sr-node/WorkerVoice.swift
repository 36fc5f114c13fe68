import Dispatch
import NodeAPI
import NodeEngine
import Synchronization
import SystemPackage

/// What the worker says on standard output: answers at once, news of logs not more often than anybody could use.
final class WorkerVoice: Sendable {
  /// Between two pieces of news; the first comes at once.
  private static let interval = 0.005

  private struct State {
    var isSilent = false
    /// Logs that have grown since the last news.
    var grown: [JobID: Int] = [:]
    var isWaiting = false
  }

  private let state = Mutex(State())
  private let clock = DispatchQueue(label: "sandrun.worker.news")

  /// Says an answer; what was to be said of the job's log comes with it.
  func say(_ answer: WorkerAnswer, ending id: JobID? = nil) {
    state.withLock { state in
      if let id { state.grown[id] = nil }
      write(answer, state)
    }
  }

  /// Says, soon, how long a log is by now.
  func tell(_ id: JobID, logSize: Int) {
    let isFirst = state.withLock { state in
      guard !state.isWaiting else {
        state.grown[id] = logSize
        return false
      }
      state.isWaiting = true
      write(.log(id, logSize), state)
      return true
    }
    if isFirst { clock.asyncAfter(deadline: .now() + Self.interval) { self.tellMore() } }
  }

  /// Says nothing any more: nobody hears it.
  func fallSilent() { state.withLock { $0.isSilent = true } }

  private func tellMore() {
    let isMore = state.withLock { state in
      let grown = state.grown
      state.grown = [:]
      state.isWaiting = !grown.isEmpty
      for (id, size) in grown { write(.log(id, size), state) }
      return state.isWaiting
    }
    if isMore { clock.asyncAfter(deadline: .now() + Self.interval) { self.tellMore() } }
  }

  private func write(_ answer: WorkerAnswer, _ state: borrowing State) {
    guard !state.isSilent else { return }
    // Where the node is gone, standard input ends too.
    _ = try? FileDescriptor.standardOutput.writeAll(answer.line + [UInt8(ascii: "\n")])
  }
}
