import Ethereum
import EthereumRPC
import Hashing
import Records
import Synchronization
import SystemPackage
import Testing
import WideInteger

@testable import MarketplaceClient

/// Those who wait for something to become true of a job.
@Suite("A watch on the marketplace") struct MarketWatchTests {
  /// What a decision was told, look by look.
  private final class Notes<Value: Sendable>: Sendable {
    private let list = Mutex<[Value]>([])
    var values: [Value] { list.withLock { $0 } }
    func add(_ value: Value) { list.withLock { $0.append(value) } }

    /// Waits for so many.
    func reach(_ count: Int) async throws {
      let deadline = ContinuousClock.now + .seconds(60)
      while values.count < count {
        try #require(ContinuousClock.now < deadline, "no look came")
        try await Task.sleep(for: .milliseconds(2))
      }
    }
  }

  /// A chain with a job, and a watch on it that looks often.
  private func watching(
    _ body:
      @escaping @Sendable (RecordedChain, MarketWatch, RecordedJob, Listener) async throws
      -> Void
  ) async throws {
    try await RecordedChain.run { chain in
      try await chain.wire()
      let recorded = try RecordedJob.first { $0.current.entries.count > 1 }
      try await chain.answer(recorded.calls())
      try await chain.heads([RecordedChain.Head(1000, at: 5)])
      let listener = Listener()
      let finder = MarketFinder(
        chain.client, at: try chain.market.jobMarketplace, .init(folder: "/nonexistent"))
      let watch = MarketWatch(finder, every: .milliseconds(5), in: listener.world())
      let result = try await watch.whilePolling { () throws(Failure) -> Result<Void, any Error> in
        do { return .success(try await body(chain, watch, recorded, listener)) } catch {
          return .failure(error)
        }
      }
      try result.get()
    }
  }

  @Test("looks once a block for all who wait") func together() async throws {
    try await watching { chain, watch, recorded, _ in
      let (heads, waiters) = (10, 20)
      let notes = Notes<UInt64>()
      let before = try await chain.asked("eth_call")
      try await withThrowingTaskGroup(of: UInt64.self) { group in
        for _ in 0..<waiters {
          group.addTask {
            try await watch.held(recorded.jobId, awaiting: "the last block") {
              (job) throws(Failure) -> UInt64? in
              guard let block = job?.block else { return nil }
              notes.add(block)
              return block == 1000 + UInt64(heads) ? block : nil
            }
          }
        }
        for head in 1...heads {
          try await notes.reach(waiters * head)
          try await chain.heads([RecordedChain.Head(1000 + UInt64(head), at: 5)])
        }
        for try await block in group { #expect(block == 1000 + UInt64(heads)) }
      }
      // Each block was told to each of them, and once.
      let counts = Dictionary(grouping: notes.values) { $0 }.mapValues(\.count)
      #expect(counts.count == heads + 1 && counts.values.allSatisfy { $0 == waiters })
      // A look is two requests; one for each who waits would be some 400.
      let asked = try await chain.asked("eth_call") - before
      #expect(asked < 2 * waiters * heads / 2, "\(asked)")
    }
  }

  @Test("takes back what a reorganisation took") func reorganised() async throws {
    try await watching { chain, watch, recorded, _ in
      let notes = Notes<Bool>()
      async let end = watch.held(recorded.jobId, awaiting: "an end") {
        (job) throws(Failure) -> UInt64? in
        notes.add(job != nil)
        return job.flatMap { $0.block == 1002 ? $0.time : nil }
      }
      try await notes.reach(1)
      var gone = recorded
      gone.job(0, 0)
      try await chain.answer(gone.calls())
      // As high as the block before.
      try await chain.heads([RecordedChain.Head(1000, 1, at: 6)])
      try await notes.reach(2)
      try await chain.answer(recorded.calls())
      try await chain.heads([RecordedChain.Head(1002, at: 7)])
      #expect(try await end == 7)
      #expect(notes.values == [true, false, true])
    }
  }

  @Test("waits a failing node out, and tells people once") func failing() async throws {
    try await watching { chain, watch, recorded, listener in
      let notes = Notes<UInt64>()
      async let end = watch.held(recorded.jobId, awaiting: "an end") {
        (job) throws(Failure) -> UInt64? in
        notes.add(job?.block ?? 0)
        return job?.block == 1001 ? 1001 : nil
      }
      try await notes.reach(1)
      let asked = try await chain.asked("eth_getBlockByNumber")
      try await chain.tell("fail", 1000)
      let deadline = ContinuousClock.now + .seconds(60)
      while try await chain.asked("eth_getBlockByNumber") < asked + 5 {
        try #require(ContinuousClock.now < deadline, "nobody asks again")
        try await Task.sleep(for: .milliseconds(5))
      }
      try await chain.heads([RecordedChain.Head(1001, at: 5)])
      try await chain.tell("fail", 0)
      #expect(try await end == 1001)
      #expect(listener.text.components("; waiting") == 1, "\(listener.text)")
      #expect(notes.values == [1000, 1001])
    }
  }

  @Test("throws what the first look brought, and later waits out whatever a node answers")
  func throwing() async throws {
    try await watching { chain, watch, recorded, listener in
      try await chain.tell("fail", 1000)
      let first = await failure {
        try await watch.held(recorded.jobId, awaiting: "a job") { (job) throws(Failure) in job }
      }
      #expect(first?.isRetryable == true && first?.code != "not-yet")
      try await chain.tell("fail", 0)
      let notes = Notes<UInt64>()
      async let end = watch.held(recorded.jobId, awaiting: "an end") {
        (job) throws(Failure) -> UInt64? in
        notes.add(job?.block ?? 0)
        return job?.block == 1002 ? 1002 : nil
      }
      try await notes.reach(1)
      var bent = recorded
      bent.verdict(0, 6)
      try await chain.answer(bent.calls())
      try await chain.heads([RecordedChain.Head(1001, at: 5)])
      let deadline = ContinuousClock.now + .seconds(60)
      while listener.text.components("; waiting") == 0 {
        try #require(ContinuousClock.now < deadline, "nobody is told")
        try await Task.sleep(for: .milliseconds(5))
      }
      #expect(notes.values == [1000])
      try await chain.answer(recorded.calls())
      try await chain.heads([RecordedChain.Head(1002, at: 5)])
      #expect(try await end == 1002)
      // Between the two calls it may ask once more of the old head, and hear the truth.
      #expect(notes.values.filter { $0 != 1001 } == [1000, 1002])
      // Who asks of the job again lets go of it as little.
      try await chain.answer(bent.calls())
      try await chain.heads([RecordedChain.Head(1003, at: 5)])
      let late = await failure {
        try await watch.held(
          recorded.jobId, within: .milliseconds(200), awaiting: "an end"
        ) { (job) throws(Failure) in job }
      }
      #expect(late?.code == "not-yet")
      // What the decision throws ends it.
      try await chain.answer(recorded.calls())
      let thrown = await failure {
        try await watch.held(recorded.jobId, awaiting: "an end") {
          (_) throws(Failure) -> UInt64? in throw Failure(.answerNo, "no", code: "mine")
        }
      }
      #expect(thrown?.code == "mine")
    }
  }

  @Test("ends for who is cancelled, and for nobody else") func cancelled() async throws {
    try await watching { chain, watch, recorded, _ in
      let notes = Notes<UInt64>()
      let hold = { @Sendable (last: UInt64) in
        await failure {
          try await watch.held(recorded.jobId, awaiting: "an end") {
            (job) throws(Failure) -> UInt64? in
            notes.add(job?.block ?? 0)
            return job?.block == last ? last : nil
          }
        }
      }
      let given = Task { await hold(0) }
      async let kept = hold(1001)
      try await notes.reach(2)
      given.cancel()
      #expect(await given.value == .interrupted)
      try await chain.heads([RecordedChain.Head(1001, at: 5)])
      #expect(await kept == nil)
      let before = Task {
        while !Task.isCancelled { await Task.yield() }
        return await hold(0)
      }
      before.cancel()
      #expect(await before.value == .interrupted)
    }
  }

  @Test("says what did not come in time") func limited() async throws {
    try await watching { chain, watch, recorded, _ in
      let late = await failure {
        try await watch.held(
          recorded.jobId, within: .milliseconds(50), awaiting: "the claim"
        ) { (_) throws(Failure) -> UInt64? in nil }
      }
      #expect(late?.code == "not-yet" && late?.status == .temporary)
      #expect(late?.message == "job \(recorded.jobId): the claim did not come in time")
      // Nor does a job that nobody posts.
      let none = await failure {
        try await watch.existing(Keccak256.hash([0]), within: .milliseconds(50))
      }
      #expect(none?.code == "bad-answer" || none?.code == "no-such-job")
      var gone = recorded
      gone.job(0, 0)
      try await chain.answer(gone.calls())
      let unposted = await failure {
        try await watch.existing(recorded.jobId, within: .milliseconds(50))
      }
      #expect(unposted?.code == "no-such-job" && unposted?.status == .temporary)
    }
  }

  @Test("after a block holds until there is another") func after() async throws {
    try await watching { chain, watch, recorded, _ in
      let seen = try await watch.existing(recorded.jobId, within: nil)
      let same = await failure {
        try await watch.held(
          recorded.jobId, after: seen.blockHash, within: .milliseconds(100), awaiting: "a block"
        ) { (job) throws(Failure) in job }
      }
      #expect(same?.code == "not-yet")
      try await chain.heads([RecordedChain.Head(1000, 4, at: 9)])
      let next = try await watch.held(
        recorded.jobId, after: seen.blockHash, awaiting: "a block"
      ) { (job) throws(Failure) in job }
      #expect(next.time == 9 && next.block == 1000)
    }
  }
}

extension String {
  /// How often a part is in it.
  fileprivate func components(_ part: String) -> Int { split(separator: part).count - 1 }
}
