internal import Hashing

/// Gathers, batch by batch, what a proof says of its trace.
struct TraceFacts {
  private var lines = 0
  private var firstLine: [UInt8] = []
  private var exitLine: [UInt8]?
  private var lastLine: [UInt8] = []

  mutating func take(_ batch: PackedBatch) {
    if lines == 0 { firstLine = batch.firstLine }
    lines += batch.lines
    exitLine = exitLine ?? batch.exitLine
    lastLine = batch.lastLine
  }

  /// The whole; throws where the trace has no first line, no `exit`, or another last line than the count of all.
  func proofTrace(_ leaves: [Digest32]) throws(ProofError) -> ProofTrace {
    guard case .start(let start) = try event(firstLine, 1).kind else {
      throw .trace(TraceError(line: 1, .misplaced(try event(firstLine, 1).type)))
    }
    guard case .end(let end) = try event(lastLine, lines).kind, let exitLine,
      case .exit(let exit) = try event(exitLine, lines).kind
    else { throw .trace(TraceError(line: lines, .unfinished)) }
    guard end.count == lines else {
      throw .trace(TraceError(line: lines, .badCount(expected: lines, found: end.count)))
    }
    return ProofTrace(
      root: MerkleTree.root(of: leaves), leaves: leaves.count, start: start, exit: exit, end: end)
  }

  private func event(_ line: [UInt8], _ number: Int) throws(ProofError) -> TraceEvent {
    do throws(TraceErrorReason) {
      return try TraceEvent(parsing: line.span)
    } catch {
      throw .trace(TraceError(line: number, error.reason))
    }
  }
}
