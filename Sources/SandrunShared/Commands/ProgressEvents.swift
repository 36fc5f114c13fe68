import Dispatch
import Files
import Records
import Synchronization

/// Where a program reads how far a run has come: JSON Lines, each with `event`, `verb`, `operand` and figures.
///
/// Who tells never waits: what was told is written behind his back. A reader that goes away, one that takes nothing, or a disk that is
/// full does not end the work or hold it up; what finds no room is left out, by whole lines.
final class ProgressEvents: Sendable {
  /// So many bytes wait for a reader.
  private static let room = 1 << 20
  /// So long a reader who takes nothing is waited for at the end, in seconds.
  private static let patience = 2.0

  private struct State {
    var waiting: [UInt8] = []
    var isWriting = false
  }

  private enum Destination {
    /// Standard error, which is waited for as for any message.
    case sink(any ByteSink, Interruption)
    case file(EventsFile)
  }

  private let destination: Destination
  private let state = Mutex(State())
  private let queue = DispatchQueue(label: "sandrun.events")
  private let writing = DispatchGroup()

  init(_ sink: any ByteSink, until interruption: Interruption) {
    destination = .sink(sink, interruption)
  }

  init(appendingTo path: String) throws(Failure) {
    do throws(FileError) { destination = .file(try EventsFile(path)) } catch {
      throw Failure(.cannotCreate, "cannot write events: \(error)")
    }
  }

  /// Tells what a record has come to.
  func tell(
    _ event: String, _ verb: String, _ operand: String, _ figures: ProgressFigures,
    _ rate: RateWindow
  ) {
    var members: JSONObject = [
      "event": .string(event), "verb": .string(verb), "operand": .string(operand),
      "bytes": .integer(figures.bytes),
    ]
    if figures.items > 0 { members["items"] = .integer(figures.items) }
    if let total = figures.total { members["total"] = .integer(total) }
    if event != "start" {
      let bytesPerSecond = rate.bytesPerSecond
      members["milliseconds"] = .integer(rate.milliseconds)
      members["rate"] = bytesPerSecond.map { .integer($0) }
      if event == "progress", let left = figures.secondsLeft(at: bytesPerSecond) {
        members["eta"] = .integer(left)
      }
    }
    var line = Record(members).bytes
    line.append(UInt8(ascii: "\n"))
    send(line)
  }

  /// Waits until all is written, or nobody takes it.
  func finish() {
    switch destination {
    case .sink: writing.wait()
    case .file(let file):
      var before = -1
      while writing.wait(timeout: .now() + Self.patience) == .timedOut {
        guard file.taken != before else { return }
        before = file.taken
      }
      file.awaitReader(seconds: Self.patience)
    }
  }

  private func send(_ line: [UInt8]) {
    let isIdle = state.withLock { state in
      guard state.waiting.count + line.count <= Self.room else { return false }
      state.waiting += line
      defer { state.isWriting = true }
      return !state.isWriting
    }
    guard isIdle else { return }
    writing.enter()
    queue.async {
      while let bytes = self.next() { self.write(bytes) }
      self.writing.leave()
    }
  }

  /// All that waits; nil where nothing does, and the writer may go.
  private func next() -> [UInt8]? {
    state.withLock { state in
      guard !state.waiting.isEmpty else {
        state.isWriting = false
        return nil
      }
      defer { state.waiting = [] }
      return state.waiting
    }
  }

  private func write(_ bytes: [UInt8]) {
    switch destination {
    case .sink(let sink, let interruption):
      // By whole lines: messages for people go there, too.
      EventsFile.withoutSIGPIPE { try? sink.write(lines: bytes, until: interruption) }
    case .file(let file): file.write(bytes)
    }
  }
}
