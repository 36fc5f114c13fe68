public import Records

/// Where a verb puts its answers to one record.
public struct Emitter: Sendable {
  let output: PipelineOutput
  let slot: Int
  let original: Record?

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
      try output.add(bytes, for: original, slot: slot)
    } catch {
      // Standard output is gone: no later record can fare better.
      throw error.fatal
    }
  }

  /// Lets out what was put out so far: for bytes that come slowly and that somebody watches.
  public func flush() throws(Failure) {
    do throws(Failure) { try output.flush() } catch { throw error.fatal }
  }

  func passOn(_ bytes: [UInt8]) throws(Failure) {
    try output.add(bytes, for: nil, slot: slot)
  }

  func note(_ status: Failure.Status, isFailure: Bool) {
    output.note(status, isFailure: isFailure, slot: slot)
  }
}
