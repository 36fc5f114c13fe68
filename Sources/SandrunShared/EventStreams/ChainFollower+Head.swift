internal import Commands
internal import EthereumRPC
internal import Hashing
internal import Records

extension ChainFollower {
  private var window: [EventBlock] { position.window }
  private var reader: ChainReader { stream.reader }

  /// Looks at the head, and goes towards it.
  func advance() async throws(Trouble) -> Outcome {
    if let end, position.next > end { return .done }
    let head = try await ask { () throws(RPCError) in try await reader.head() }
    let (reach, isTooShort) = head.number.subtractingReportingOverflow(
      stream.options.confirmations - 1)
    guard !isTooShort else { return stream.options.follows ? .idle : .done }
    if end == nil, !stream.options.follows { end = settle(reach) }
    let target = min(reach, end ?? reach)
    if target >= position.next {
      let limit = UInt64(stream.options.window)
      if target - position.next >= limit {
        return try await readRanges(to: target - limit, target)
      }
      return try await readBlocks(to: target, head)
    }
    if let end, position.next > end { return .done }
    return try await look(at: target, head)
  }

  /// Where a stream ends that does not follow.
  private func settle(_ reach: UInt64) -> UInt64 {
    if let wanted = stream.options.end, wanted > reach {
      stream.world.note("block \(wanted) is not there yet: reading to block \(reach)")
    }
    if position.start > reach {
      stream.world.note("block \(position.start) is not there yet")
    }
    return min(stream.options.end ?? reach, reach)
  }

  /// Sees whether the block of a height is the one that was written.
  ///
  /// A head that went down takes nothing back by itself: the node may lag behind the one that answered before. Only where
  /// another block stands at its height, what was written of it and of those above it is no more in the chain.
  private func look(at target: UInt64, _ head: EventBlock) async throws(Trouble) -> Outcome {
    guard let first = window.first, target >= first.number else { return .idle }
    let written = window[Int(target - first.number)]
    let found = try await ask { () throws(RPCError) in
      head.number == target ? head : try await reader.blocks(target...target)[0]
    }
    guard let found, found.hash != written.hash else { return .idle }
    return try await retreat(below: target)
  }

  // MARK: Forward

  /// Reads blocks one by one: each linked to the one before it, its logs asked for by its hash.
  private func readBlocks(to target: UInt64, _ head: EventBlock) async throws(Trouble) -> Outcome {
    let first = position.next
    let link = position.link
    let found = try await ask { () throws(RPCError) -> [EventBlock?] in
      guard head.number == target else { return try await reader.blocks(first...target) }
      return first < target ? try await reader.blocks(first...target - 1) + [head] : [head]
    }
    // As far as the node has them, and as they are of one chain.
    var blocks: [EventBlock] = []
    for case let block? in found.prefix(while: { $0 != nil }) {
      if let last = blocks.last, block.parentHash != last.hash { break }
      blocks.append(block)
    }
    guard let next = blocks.first else { return .moved(nil) }
    if let link, next.parentHash != link {
      return try await retreat(below: next.number, next)
    }
    let isWhole = blocks.count == found.count
    while !blocks.isEmpty {
      let part = Array(blocks.prefix(ChainReader.batch))
      blocks.removeFirst(part.count)
      let whole: [EventBlock]
      do throws(RPCError) { whole = try await reader.withLogs(part) } catch {
        // The node does not know the block any more, or not yet.
        guard error.isRefusal else { throw .node(error) }
        return .moved(error)
      }
      for block in whole { try take(EventStep(adding: block)) }
    }
    if let end, position.next > end { return .done }
    return isWhole ? .idle : .moved(nil)
  }

  // MARK: Back

  /// Takes back what was written of blocks that are no more in the chain, down to the last one that still is.
  ///
  /// `next`, where there is one, is the block whose parent is not the last that was written.
  func retreat(below top: UInt64, _ next: EventBlock? = nil) async throws(Trouble) -> Outcome {
    try await checkChain()
    guard let first = window.first, let last = window.last else {
      return try await judge(next)
    }
    var above = next
    var high = min(top, last.number)
    var kept: UInt64?
    while kept == nil {
      let low = high - min(high - first.number, 15)
      let found = try await ask { () throws(RPCError) in try await reader.blocks(low...high) }
      for block in found.reversed() {
        guard let block else { return .moved(nil) }
        if let above, above.number == block.number + 1, above.parentHash != block.hash {
          return .moved(Self.unlinked(above, block))
        }
        if block.hash == window[Int(block.number - first.number)].hash {
          kept = block.number
          break
        }
        above = block
      }
      if kept != nil || low == first.number { break }
      high = low - 1
    }
    if kept == nil, first.number > position.start, above?.parentHash != first.parentHash {
      throw .final(tooDeep(first.number))
    }
    let lost = window.filter { block in kept.map { block.number > $0 } ?? true }
    // The block that was in doubt is the chain's after all.
    guard !lost.isEmpty else { return .moved(nil) }
    stream.world.detail(
      "the chain was reorganised: \(lost.count) blocks from block \(lost[0].number) on are replaced"
    )
    for block in lost.reversed() { try take(EventStep(removing: block)) }
    return .again
  }

  /// What a block says that is not linked to what was written, where nothing of that can be taken back.
  private func judge(_ next: EventBlock?) async throws(Trouble) -> Outcome {
    guard let next, next.number > 0, let anchor = position.anchor else { return .moved(nil) }
    let before = next.number - 1
    let found = try await ask { () throws(RPCError) in try await reader.blocks(before...before)[0] }
    guard let found else { return .moved(nil) }
    guard found.hash != anchor else { return .moved(Self.unlinked(next, found)) }
    throw .final(tooDeep(next.number))
  }

  private static func unlinked(_ block: EventBlock, _ before: EventBlock) -> RPCError {
    .badAnswer(
      method: "eth_getBlockByNumber",
      reason:
        "block \(block.number) has the parent \(block.parentHash), but block \(before.number) is \(before.hash)"
    )
  }

  private func tooDeep(_ number: UInt64) -> Failure {
    let window = stream.options.window
    return Failure(
      .protocolViolation,
      "the chain was reorganised below block \(number), deeper than the \(window) blocks that can be taken back",
      code: "deep-reorg",
      hint:
        "what was written of blocks before \(number) may be void; go on with another --cursor, if any, and --from BLOCK"
    )
  }

  /// Sees that the node is still on the stream's chain: a development chain may have begun anew at the same address.
  func checkChain() async throws(Trouble) {
    let requests = [RPCRequest.chainId, .block("0x0")]
    let (id, genesis) = try await ask { () throws(RPCError) in
      let answers = try await reader.client.batch(requests)
      let block = try answers[1].answer(to: requests[1])
      // Some nodes have thrown their oldest blocks away.
      let hash = block.isNull ? stream.chain.genesis : try block.member("hash").digest()
      return (try answers[0].answer(to: requests[0]).quantity(), hash)
    }
    guard id == stream.chain.chainId, genesis == stream.chain.genesis else {
      throw .final(
        Failure(
          .protocolViolation,
          "\(reader.client.name) is on another chain than before: on chain \(id), whose block 0 is \(genesis)",
          code: "wrong-chain"))
    }
  }
}
