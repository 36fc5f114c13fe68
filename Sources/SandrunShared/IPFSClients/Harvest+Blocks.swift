internal import IPFS
internal import Records
internal import Synchronization
internal import Timing

extension Harvest {
  /// So many blocks are asked for ahead, for each provider and in all.
  private static let aheadEach = 4
  private static let aheadAtMost = 16
  /// So many bytes are, as links tell it: it bounds memory.
  private static let aheadLength: UInt64 = 6 << 20
  /// A node of a DAG that says to be no larger than this is asked for by itself.
  static let smallLength: UInt64 = 2 << 20

  private enum Event: Sendable {
    case answered(Int, Result<[UInt8], Failure>)
    case late
  }

  /// Asks for one block, first one provider, then others as it fails or is late, and keeps what proves to be the block.
  ///
  /// Records why nobody gave it, where `isWanted`. Where it came instead of an archive that is silent, that one is given up; who sends
  /// that is asked last.
  func fetch(_ cid: CID, turn: Int, isWanted: Bool, insteadOf stream: Stream?) async {
    let winner = stream?.winner
    // It may have come since somebody looked.
    let order = candidates(turn: turn)
    let failure =
      isHere(cid)
      ? nil : await race(cid, order.filter { $0 != winner } + order.filter { $0 == winner })
    if let stream, failure == nil {
      stream.abandon.ring()
      if let winner { noteLate(winner) }
    }
    state.withLock { state in
      state.asked.remove(cid)
      // The archive may still bring it.
      if failure != nil, stream != nil { state.left.insert(cid) }
      if let failure, isWanted, stream == nil { state.refused[cid] = failure }
    }
    bell.ring()
  }

  /// Gives nil where the block came.
  private func race(_ cid: CID, _ order: [Int]) async -> Failure? {
    await withTaskGroup(of: Event.self) { group in
      var rest = order[...]
      var running: Set<Int> = []
      var reasons: [Failure] = []
      var haveNone = 0
      func startNext() {
        guard let index = rest.popFirst() else { return }
        running.insert(index)
        group.addTask {
          do throws(Failure) {
            return .answered(index, .success(try await self.providers[index].block(cid)))
          } catch {
            return .answered(index, .failure(error))
          }
        }
        guard !rest.isEmpty else { return }
        group.addTask {
          try? await Task.sleep(for: self.hedge)
          return .late
        }
      }
      startNext()
      while !running.isEmpty, let event = await group.next() {
        guard !Task.isCancelled else { break }
        guard case .answered(let index, let result) = event else {
          startNext()
          continue
        }
        running.remove(index)
        switch result {
        case .success(let bytes) where cid.matches(bytes) == true:
          judge(index, .gave)
          // Who was asked before, and is still silent.
          for early in order.prefix(while: { $0 != index }) where running.contains(early) {
            noteLate(early)
          }
          group.cancelAll()
          keep(cid, bytes)
          return nil
        case .success:
          let reason = Failure(
            .protocolViolation, "\(providers[index].name) gives other bytes than those of \(cid)",
            code: "wrong-block")
          judge(index, .hopeless(reason))
          reasons.append(reason)
        case .failure(let failure):
          if failure.code == "not-found" { haveNone += 1 } else { reasons.append(failure) }
          judge(index, Conduct(failure))
        }
        startNext()
      }
      group.cancelAll()
      return nobody(gave: cid, reasons, haveNone: haveNone)
    }
  }

  /// Takes a block that was proved; where it cannot be kept nothing can.
  func keep(_ cid: CID, _ bytes: [UInt8]) {
    do throws(RepositoryError) { try accept(cid, bytes) } catch { close(error) }
  }

  /// Why a block is not to be had: nobody has it, or who said what.
  private func nobody(gave cid: CID, _ reasons: [Failure], haveNone: Int) -> Failure {
    guard haveNone < providers.count else {
      return Failure(.unavailable, "nobody has \(cid)", code: "not-found", isRetryable: true)
    }
    var reasons = reasons
    for standing in state.withLock({ $0.standings }) {
      guard let verdict = standing.verdict, !reasons.contains(verdict) else { continue }
      reasons.append(verdict)
    }
    return Failure("nobody gives \(cid)", reasons, haveNone: haveNone, of: providers.count)
  }

  // MARK: Ahead of the reader

  /// What is likely to be wanted behind a block: its next siblings that are not here.
  func behind(_ cid: CID) -> [CID] {
    guard appetite.readsOn else { return [] }
    let most = min(Self.aheadAtMost, Self.aheadEach * max(1, candidates().count))
    let links = state.withLock { state -> ArraySlice<DAGNode.Link> in
      guard !state.isResolving else { return [] }
      for node in state.nodes.reversed() {
        if let place = node.firstIndex(where: { $0.cid == cid }) { return node[(place + 1)...] }
      }
      return []
    }
    var found: [CID] = []
    var length: UInt64 = 0
    // What is here already is passed over, but not without end.
    for link in links.prefix(16 * most) where isSmall(link) && link.cid.isProvable {
      guard found.count < most, length < Self.aheadLength else { break }
      guard !isHere(link.cid), !found.contains(link.cid) else { continue }
      found.append(link.cid)
      length += min(link.cumulativeSize ?? Self.smallLength, Self.smallLength)
    }
    return found
  }

  /// Whether a link says that one block is all that is below it, or little more.
  func isSmall(_ link: DAGNode.Link) -> Bool {
    link.cid.codec != .dagPB || (link.cumulativeSize ?? .max) <= Self.smallLength
  }

  /// Whether a node that was read says so of one below it.
  func isSmall(_ cid: CID) -> Bool {
    guard cid.codec == .dagPB else { return true }
    let link = state.withLock { state in
      state.nodes.lazy.reversed().compactMap { $0.first { $0.cid == cid } }.first
    }
    return link.map(isSmall) ?? false
  }
}
