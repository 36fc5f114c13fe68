internal import Commands
internal import HTTP
internal import HTTPTypes
internal import IPFS
internal import Records
internal import Synchronization

extension ContentSources {
  /// So many sources are asked at a time whether they have something.
  private static let width = 8

  /// What was learnt of some sources.
  struct ProbeRound: Sendable {
    /// The first to give the root's block, and the block.
    var holder: ContentSource?
    var block: [UInt8] = []
    /// Those that have been found not to; the others were not waited for.
    var refusals: [(ContentSource, ContentOutcome)] = []
  }

  private enum Probe: Sendable {
    case has([UInt8])
    case refuses(ContentOutcome)
  }

  /// Asks sources for the root's block, and takes the first that gives it: the dead and the slow hold nobody up.
  func probe(_ errand: Errand, among sources: [ContentSource]) async -> ProbeRound {
    await withTaskGroup(of: (ContentSource, Probe).self) { group in
      var round = ProbeRound()
      var rest = sources[...]
      func addNext() {
        guard let source = rest.popFirst() else { return }
        group.addTask { (source, await self.ask(source, for: errand.root, errand)) }
      }
      for _ in 0..<Self.width { addNext() }
      while let (source, probe) = await group.next() {
        // What was cancelled because another had it tells nothing.
        if round.holder != nil || Task.isCancelled { continue }
        switch probe {
        case .has(let block):
          (round.holder, round.block) = (source, block)
          group.cancelAll()
        case .refuses(let outcome):
          round.refusals.append((source, outcome))
          addNext()
        }
      }
      return round
    }
  }

  private func ask(_ source: ContentSource, for cid: CID, _ errand: Errand) async -> Probe {
    if cid.inlineBlock != nil { return .has([]) }
    let probe = await Pace.keep(errand.limits, until: errand.deadline) { pace -> Probe in
      do throws(HTTPError) {
        return .has(try await self.block(cid, from: source, pace))
      } catch {
        return .refuses(Self.outcome(error, of: source))
      }
    }
    guard let probe else { return .refuses(.none("\(source) is too slow")) }
    guard case .has(let bytes) = probe else { return probe }
    let found = CID(hashing: bytes, codec: cid.codec)
    guard found == cid.v1 else {
      return .refuses(.lie("\(source) gives other bytes than those of \(cid)"))
    }
    return probe
  }

  /// One block as a source gives it, unproved.
  func block(
    _ cid: CID, from source: ContentSource, _ pace: Pace
  ) async throws(HTTPError) -> [UInt8] {
    let request = source.endpoint.url("ipfs", "\(cid)", query: ["format": "raw"])
      .request(.get, [.accept: "application/vnd.ipld.raw"])
    return try await http.send(request, body: .none, call(to: source)) {
      (answer) throws(HTTPError) in
      var bytes: [UInt8] = []
      for try await chunk in try await answer.checked().body {
        pace.moved(chunk.count)
        guard bytes.count + chunk.count <= Block.maximumLength else {
          throw HTTPError(
            answer.url.description, .tooLarge(limit: Block.maximumLength), sent: .maybe)
        }
        bytes += chunk
      }
      return bytes
    }
  }

  func call(to source: ContentSource) -> HTTPCall {
    HTTPCall(
      followsRedirects: source.kind == .gateway,
      onRetry: { [world] error, _, _ in world.detail("\(error); trying again") })
  }

  /// What an error of a transfer says of its source.
  static func outcome(_ error: HTTPError, of source: ContentSource) -> ContentOutcome {
    switch error.category {
    case .protocolViolation: .lie("\(error)")
    case .local: .failure(Failure(error))
    case .unreachable, .temporary, .permission, .refused, .cancelled: .none("\(error)")
    }
  }
}

/// How far a transfer is, told by the one who reads and asked by the one who watches.
final class Pace: Sendable {
  private let bytes = Atomic(0)

  /// Says that so many bytes more came or went.
  func moved(_ count: Int) { bytes.add(count, ordering: .relaxed) }

  /// Says how many bytes went in all; a repetition begins anew and gains nothing by it.
  func moved(to count: Int) {
    let now = bytes.load(ordering: .relaxed)
    if count > now { bytes.add(count - now, ordering: .relaxed) }
  }

  /// Runs a transfer as long as it keeps pace; nil where it did not, or the time was up, and it was ended.
  static func keep<Value: Sendable>(
    _ limits: ContentLimits, until deadline: ContinuousClock.Instant,
    _ transfer: @escaping @Sendable (Pace) async -> Value
  ) async -> Value? {
    let pace = Pace()
    return await withTaskGroup(of: Value?.self) { group in
      group.addTask { await transfer(pace) }
      group.addTask {
        await pace.watch(limits, until: deadline)
        return nil
      }
      defer { group.cancelAll() }
      return await group.next() ?? nil
    }
  }

  /// Returns when the pace is too slow, or the time up.
  private func watch(_ limits: ContentLimits, until deadline: ContinuousClock.Instant) async {
    let start = ContinuousClock.now
    var next = min(start + limits.patience, deadline)
    while true {
      do { try await Task.sleep(until: next, clock: .continuous) } catch { return }
      let now = ContinuousClock.now
      guard now < deadline else { return }
      let due = Double(limits.pace) * ((now - start) / .seconds(1))
      guard Double(bytes.load(ordering: .relaxed)) >= due else { return }
      next = min(now + .seconds(1), deadline)
    }
  }
}
