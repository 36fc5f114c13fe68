public import Records
import Synchronization

/// Where a verb puts its answers to one record.
public struct Emitter: Sendable {
  let output: PipelineOutput
  let turns: Turns
  let slot: Int
  let original: Record?
  /// Whether the record is one that failed here before, and that this tool takes up again.
  public let isTakenUpAgain: Bool
  private let kept = Kept()

  /// What has become of the record so far, where it may not be lost, and who wants to know when it is out.
  private final class Kept: Sendable {
    let record = Mutex<Record?>(nil)
    let written = Mutex<(@Sendable () -> Void)?>(nil)
  }

  init(
    output: PipelineOutput, turns: Turns, slot: Int, original: Record?, isTakenUpAgain: Bool = false
  ) {
    self.isTakenUpAgain = isTakenUpAgain
    self.output = output
    self.turns = turns
    self.slot = slot
    self.original = original
  }

  /// Puts out a record, and remembers the answer that it stands for.
  public func emit(_ record: Record, status: Failure.Status = .done) throws(Failure) {
    var bytes = record.bytes
    bytes.append(UInt8(ascii: "\n"))
    try write(bytes)
    note(status, isFailure: false)
  }

  /// Puts out raw bytes.
  public func write(_ bytes: [UInt8]) throws(Failure) {
    do throws(Failure) {
      try output.add(bytes, for: original, slot: slot, written: takeListener())
    } catch {
      // Standard output is gone: no later record can fare better.
      throw error.fatal
    }
  }

  /// Lets out what was put out so far, as soon as the input's order allows it.
  ///
  /// For bytes that somebody watches, and for those that may not be lost with the process.
  public func flush() throws(Failure) {
    do throws(Failure) { try output.flush(slot: slot) } catch { throw error.fatal }
  }

  /// The record that leaves with `error` where the verb fails from here on, in place of the one that came; nil undoes it.
  ///
  /// For what may not be lost: a transaction that was signed, and that a node may hold.
  public func keep(_ record: Record?) {
    kept.record.withLock { $0 = record }
  }

  /// Calls an action once the next bytes that answer this record are written, be they its own or those of its failure.
  ///
  /// That may be long after `emit`, where records before it take longer; never, where the output fails. It is called
  /// while nothing else can be written, so that it must not wait, nor emit.
  public func whenWritten(_ action: @escaping @Sendable () -> Void) {
    kept.written.withLock { $0 = action }
  }

  private func takeListener() -> (@Sendable () -> Void)? {
    kept.written.withLock { written in
      defer { written = nil }
      return written
    }
  }

  /// Does a step in the input's order: once each earlier record has done its own, or is finished without one.
  ///
  /// At most once for a record. Later records wait, so that what takes long belongs before it or behind it.
  public func inTurn<Value>(
    _ step: () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    await turns.wait(for: slot)
    defer { turns.finish(slot) }
    return try await step()
  }

  /// The record that a failure rides on.
  func failing(_ record: Record) -> Record { kept.record.withLock { $0 } ?? record }

  /// Whether something may not be lost.
  var keeps: Bool { kept.record.withLock { $0 != nil } }

  func passOn(_ bytes: [UInt8]) throws(Failure) {
    try output.add(bytes, for: nil, slot: slot, written: takeListener())
  }

  func note(_ status: Failure.Status, isFailure: Bool) {
    output.note(status, isFailure: isFailure, slot: slot)
  }
}
