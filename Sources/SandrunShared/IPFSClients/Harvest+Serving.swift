internal import Commands
internal import IPFS
internal import Records
internal import Synchronization
internal import Timing

extension Harvest {
  /// Fetches what the reader waits for, and what he will want next, until it is cancelled; then nobody waits any more.
  func serve() async {
    // What ended is forgotten at once: another group would keep each until it is asked for.
    await withDiscardingTaskGroup { group in
      var turn = 0
      while !Task.isCancelled {
        let want = state.withLock { state in state.isClosed ? nil : state.wants.first }
        if let want {
          await advance(want, &turn, &group)
        } else {
          await pause(upTo: nil)
        }
      }
      group.cancelAll()
    }
    close()
  }

  /// One step towards a block that is waited for.
  private func advance(
    _ want: Want, _ turn: inout Int, _ group: inout DiscardingTaskGroup
  ) async {
    let cid = want.cid
    guard cid.isProvable else { return end(want, .failure(.unsupportedHash(cid))) }
    do throws(RepositoryError) {
      // It may have come between the look and the wait.
      if let bytes = try here(cid) { return end(want, .success(bytes)) }
    } catch {
      return end(want, .failure(error))
    }
    let (isAsked, stream, isRefused, isLeft) = state.withLock { state in
      (
        state.asked.contains(cid), state.stream, state.refused[cid] != nil,
        state.left.contains(cid)
      )
    }
    // What was given up for want of time is nobody's refusal.
    if Task.isCancelled { return }
    if isRefused { return end(want, .failure(.notFound(cid))) }
    if isAsked { return await pause(upTo: nil) }
    if let stream {
      let others = !isLeft && candidates().contains { $0 != stream.winner }
      let silence = ContinuousClock.now - max(want.since, stream.progress)
      guard others, silence >= hedge * 2 else {
        return await pause(upTo: others ? hedge * 2 - silence : nil)
      }
      // Another may be faster: then the rest is not waited for.
      return ask(for: cid, &turn, &group, insteadOf: stream)
    }
    if let request = archive(for: cid) {
      let stream = Stream()
      state.withLock { $0.stream = stream }
      group.addTask { await self.follow(request, stream) }
      return
    }
    ask(for: cid, &turn, &group)
    for next in behind(cid) { ask(for: next, &turn, &group, isWanted: false) }
  }

  /// Asks for one block, unless somebody is being asked for it.
  private func ask(
    for cid: CID, _ turn: inout Int, _ group: inout DiscardingTaskGroup, isWanted: Bool = true,
    insteadOf stream: Stream? = nil
  ) {
    guard state.withLock({ $0.asked.insert(cid).inserted }) else { return }
    let place = turn
    turn += 1
    group.addTask {
      await self.fetch(cid, turn: place, isWanted: isWanted, insteadOf: stream)
    }
  }

  private func end(_ want: Want, _ result: Result<[UInt8], RepositoryError>) {
    state.withLock { state in state.wants.removeAll { $0 === want } }
    want.end(result)
  }

  /// Waits for something to happen, and puts on disk meanwhile what has waited long enough for it.
  private func pause(upTo limit: Duration?) async {
    let isWaiting = state.withLock { !$0.window.isEmpty }
    let bound = isWaiting ? min(limit ?? Self.uncommittedTime, Self.uncommittedTime) : limit
    await bell.wait(upTo: bound)
    let isDue = state.withLock { state in
      !state.window.isEmpty
        && ContinuousClock.now - state.windowStart >= Self.uncommittedTime
    }
    guard isDue else { return }
    do throws(RepositoryError) { try commit() } catch { close(error) }
  }
}
