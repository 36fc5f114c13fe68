import Records
import Synchronization

/// What a pipeline has to write: in the input's order, held until no input waits or 64 KiB have gathered.
///
/// Before anything held is written, the verb's `commit` runs, so that a batch of records costs one sync.
final class PipelineOutput: Sendable {
  /// Bytes that wait to be written, with the input record that they answer.
  private struct Entry {
    var slot: Int
    /// Nil where the bytes are the record itself, passed on.
    var original: Record?
    var bytes: [UInt8]
    /// Told once the bytes are written.
    var written: (@Sendable () -> Void)?
  }

  private struct Waiting {
    var entries: [Entry] = []
    var isDone = false
    /// Whether it is to be written as soon as its turn comes.
    var isUrgent = false
  }

  private struct State: ~Copyable {
    var held: [UInt8] = []
    /// Who is told once what is held is written.
    var listeners: [@Sendable () -> Void] = []
    /// Only where there is a commit: what is to be written once it is done.
    var pending: [Entry] = []
    /// Bytes in the two.
    var size = 0
    var head = 0
    var waiting: [Int: Waiting] = [:]
    var failure: (slot: Int, status: Failure.Status)?
    /// Whether the input has nothing more for now.
    var isIdle = false
    var flushed = ContinuousClock.now
    var answer: (slot: Int, status: Failure.Status)?
  }

  private let sink: any ByteSink
  private let isOrdered: Bool
  private let commit: (@Sendable () throws(Failure) -> Void)?
  private let failed: @Sendable (Record, Failure) -> [UInt8]
  private let state = Mutex(State())

  init(
    _ sink: any ByteSink, isOrdered: Bool, commit: (@Sendable () throws(Failure) -> Void)?,
    failed: @escaping @Sendable (Record, Failure) -> [UInt8]
  ) {
    self.sink = sink
    self.isOrdered = isOrdered
    self.commit = commit
    self.failed = failed
  }

  /// Takes bytes that answer the record in a slot; `written` is called once the sink has taken them.
  func add(
    _ bytes: [UInt8], for original: Record?, slot: Int, written: (@Sendable () -> Void)? = nil
  ) throws(Failure) {
    try state.withLock { state throws(Failure) in
      let entry = Entry(slot: slot, original: original, bytes: bytes, written: written)
      if isOrdered, slot != state.head {
        state.waiting[slot, default: Waiting()].entries.append(entry)
      } else {
        try hold(entry, &state)
      }
    }
  }

  /// Says that nothing more comes for a slot: those that waited behind it go out.
  func finish(slot: Int) throws(Failure) {
    try state.withLock { state throws(Failure) in
      guard isOrdered else { return try writeIfDue(&state) }
      guard slot == state.head else {
        state.waiting[slot, default: Waiting()].isDone = true
        return
      }
      state.head += 1
      var isUrgent = false
      while let next = state.waiting.removeValue(forKey: state.head) {
        for entry in next.entries { try hold(entry, &state) }
        isUrgent = isUrgent || next.isUrgent
        guard next.isDone else { break }
        state.head += 1
      }
      if isUrgent { try write(&state) } else { try writeIfDue(&state) }
    }
  }

  /// The first slot that is not done.
  var head: Int { state.withLock { $0.head } }

  /// Says whether the input has nothing more for now: then nothing is held.
  func wait(for idle: Bool) throws(Failure) {
    try state.withLock { state throws(Failure) in
      state.isIdle = idle
      if idle { try write(&state) }
    }
  }

  /// Writes what is held where the input is idle, or where the record took so long that somebody may be waiting.
  private func writeIfDue(_ state: inout State) throws(Failure) {
    if state.isIdle || state.flushed.duration(to: .now) > .milliseconds(100) { try write(&state) }
  }

  /// Remembers how a record ended: the first failure in the input's order wins, then the first answer other than yes.
  func note(_ status: Failure.Status, isFailure: Bool, slot: Int) {
    guard status != .done else { return }
    state.withLock { state in
      if isFailure {
        if slot < state.failure?.slot ?? .max { state.failure = (slot, status) }
      } else if slot < state.answer?.slot ?? .max {
        state.answer = (slot, status)
      }
    }
  }

  /// The status of all that was noted.
  var status: Failure.Status {
    state.withLock { $0.failure?.status ?? $0.answer?.status ?? .done }
  }

  /// Writes what answers the record in a slot: at once, or as soon as all before it has its answers.
  func flush(slot: Int) throws(Failure) {
    try state.withLock { state throws(Failure) in
      if isOrdered, slot != state.head {
        state.waiting[slot, default: Waiting()].isUrgent = true
      } else {
        try write(&state)
      }
    }
  }

  /// Writes what is held.
  func flush() throws(Failure) {
    try state.withLock { state throws(Failure) in try write(&state) }
  }

  private func hold(_ entry: Entry, _ state: inout State) throws(Failure) {
    state.size += entry.bytes.count
    if commit == nil {
      take(entry, &state)
    } else {
      state.pending.append(entry)
    }
    if state.size >= 1 << 16 { try write(&state) }
  }

  private func take(_ entry: Entry, _ state: inout State) {
    state.held += entry.bytes
    if let written = entry.written { state.listeners.append(written) }
  }

  private func write(_ state: inout State) throws(Failure) {
    state.flushed = .now
    guard state.size > 0 else { return }
    if let commit {
      let entries = state.pending
      state.pending.removeAll(keepingCapacity: true)
      do throws(Failure) {
        try commit()
        for entry in entries { take(entry, &state) }
      } catch {
        spoil(entries, by: error, &state)
      }
    }
    let bytes = state.held
    state.held.removeAll(keepingCapacity: true)
    state.size = 0
    let listeners = state.listeners
    state.listeners.removeAll(keepingCapacity: true)
    try sink.write(bytes)
    for listener in listeners { listener() }
  }

  /// The batch was not committed: each record in it leaves with an error in place of its answer.
  private func spoil(_ entries: [Entry], by failure: Failure, _ state: inout State) {
    var last: Int?
    for entry in entries {
      guard let original = entry.original else {
        take(entry, &state)
        continue
      }
      guard entry.slot != last else { continue }
      last = entry.slot
      state.held += failed(original, failure)
      if entry.slot < state.failure?.slot ?? .max { state.failure = (entry.slot, failure.status) }
    }
  }
}
