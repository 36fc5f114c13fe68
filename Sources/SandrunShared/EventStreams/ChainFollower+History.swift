internal import Commands
internal import EthereumRPC
internal import Records
internal import Timing

extension ChainFollower {
  /// Reads blocks far below the head, a range at a time: as many blocks as the node takes.
  ///
  /// The ranges are linked by the hashes of the blocks at their ends, so that none is of another branch.
  func readRanges(to last: UInt64, _ target: UInt64) async throws(Trouble) -> Outcome {
    while position.next <= last {
      let first = position.next
      let (sum, isBeyond) = first.addingReportingOverflow(size.blocks - 1)
      let numbers = first...(isBeyond ? last : min(last, sum))
      let count = numbers.upperBound - first + 1
      let range: ChainReader.Range
      do throws(RPCError) { range = try await stream.reader.range(numbers) } catch {
        guard error.mayBeTooMuch, size.failed(count) else { throw .node(error) }
        stream.world.detail("\(error); asking for \(size.blocks) blocks instead of \(count)")
        do throws(Failure) { try await waitIfBusy(error) } catch { throw .final(error) }
        continue
      }
      guard let lower = range.first, let upper = range.last else { return .moved(nil) }
      if let link = position.link, lower.parentHash != link {
        return try await retreat(below: lower.number, lower)
      }
      for block in [lower, upper] {
        for log in range.logs where log.blockNumber == block.number && log.blockHash != block.hash {
          return .moved(
            .badAnswer(
              method: "eth_getLogs",
              reason: "a log of block \(block.number) has another block hash than the block"))
        }
      }
      size.succeeded(count, logs: range.logs.count)
      busy.reset()
      stream.world.detail(
        "blocks \(first) to \(numbers.upperBound) of \(target): \(range.logs.count) logs")
      try take(EventStep(range: numbers, anchor: upper.hash, logs: range.logs))
    }
    return .again
  }

  /// Gives a node time that may have refused for its load alone.
  private func waitIfBusy(_ error: RPCError) async throws(Failure) {
    guard Failure(error).status == .temporary else { return }
    try await pause(busy.next())
  }
}
