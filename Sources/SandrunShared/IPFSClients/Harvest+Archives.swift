internal import Commands
internal import IPFS
internal import Records
internal import Synchronization
internal import Timing

extension Harvest {
  private enum StreamEvent: Sendable {
    case ended(Int)
    case late
    case abandoned
  }

  /// Which archive is to be asked for where a block is wanted; nil where the block is asked for by itself.
  func archive(for cid: CID) -> ArchiveRequest? {
    guard !candidates(forArchives: true).isEmpty else { return nil }
    return state.withLock { state -> ArchiveRequest? in
      if !state.hasAskedForAll {
        // Where the root is here already, a part of what it leads to is: the rest is asked for by itself.
        guard cid == path.root else { return nil }
        state.hasAskedForAll = true
        _ = state.followed.insert(cid)
        return appetite.request(path)
      }
      return nil
    } ?? below(cid)
  }

  private func below(_ cid: CID) -> ArchiveRequest? {
    guard cid.codec == .dagPB, !state.withLock({ $0.isResolving }), !isSmall(cid),
      let request = appetite.request(below: cid)
    else { return nil }
    // Whoever did not give it in an archive does not give it in the next.
    return state.withLock { $0.followed.insert(cid) } ? request : nil
  }

  /// Reads an archive: several providers are asked, each a little after the one before, and the first to give a block stays.
  func follow(_ request: ArchiveRequest, _ stream: Stream) async {
    await withTaskGroup(of: StreamEvent.self) { group in
      var rest = candidates(forArchives: true)[...]
      var running = 0
      func startNext() {
        guard stream.winner == nil, let index = rest.popFirst() else { return }
        running += 1
        group.addTask {
          await self.read(request, from: index, stream)
          return .ended(index)
        }
        guard !rest.isEmpty else { return }
        group.addTask {
          try? await Task.sleep(for: self.hedge)
          return .late
        }
      }
      group.addTask {
        await stream.abandon.wait(upTo: nil)
        return .abandoned
      }
      startNext()
      events: while running > 0, let event = await group.next() {
        guard !Task.isCancelled else { break }
        switch event {
        // Nobody else gives anything once one gave a block: who is silent still is not waited for.
        case .ended(let index) where index == stream.winner: break events
        case .ended: running -= 1
        case .abandoned: break events
        case .late: break
        }
        startNext()
      }
      group.cancelAll()
    }
    state.withLock { $0.stream = nil }
    bell.ring()
  }

  /// Reads what one provider sends, and judges it.
  private func read(_ request: ArchiveRequest, from index: Int, _ stream: Stream) async {
    let name = providers[index].name
    var gleaner = Gleaner(request.path.root, for: self, stream, from: index)
    var told: Conduct?
    do throws(Failure) {
      try await providers[index].archive(request) { (chunk) throws(Failure) in
        guard stream.winner ?? index == index else { throw .interrupted }
        do throws(Gleaner.Refusal) { try gleaner.feed(chunk) } catch {
          told = conduct(error, of: name)
          throw Failure.interrupted
        }
      }
      do throws(Gleaner.Refusal) {
        try gleaner.finish()
        if gleaner.isEmpty { told = .lacks }
      } catch {
        told = conduct(error, of: name)
      }
    } catch {
      if told == nil, error != .interrupted { told = Conduct(error) }
    }
    if let told, !Task.isCancelled { judge(index, told) }
  }

  /// What an archive that was not read to its end says of who sent it.
  private func conduct(_ refusal: Gleaner.Refusal, of name: String) -> Conduct? {
    switch refusal {
    case .late: return nil
    case .stale, .unordered:
      world.detail("\(name) is asked block by block: its archive brings nothing new")
      return nil
    case .stranger:
      return .hopeless(
        Failure(.protocolViolation, "\(name) sends blocks that nobody asked for", code: "stranger"))
    case .broken(let error):
      close(error)
      return nil
    case .bad(.truncated(let offset)):
      return .failed(
        Failure(
          .temporary, "\(name) gives an archive that ends inside a section, at byte \(offset)"))
    case .bad(.unsupportedHash): return .single
    case .bad(let error):
      return .hopeless(
        Failure(
          .protocolViolation, "\(name) gives a bad archive: \(error)", code: "bad-archive"))
    }
  }
}
