import Ethereum
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// What a node does next to have a slot, on jobs that real contracts told.
@Suite("The judge of claims") struct ClaimJudgeTests {
  private let node: Address

  init() throws { node = try RecordedJob.node(0x55) }

  /// What a judge decides, as a word: the code where it throws.
  private func decision(
    _ recorded: RecordedJob, at time: UInt64, block: UInt64 = 1000, number: UInt256 = 1,
    confirmations: UInt64 = 3, by node: Address? = nil, of terms: RecordedJob? = nil
  ) throws -> String {
    let node = node ?? self.node
    let job = try recorded.read(at: time, block: block, asking: [node])
    var escrow = try EscrowMember(recorded.jobId, in: .sample)
    if let known = try (terms ?? recorded).read() { escrow.add(known) }
    let judge = ClaimJudge(
      escrow: escrow, node: node, number: number,
      limits: Claiming.Limits(confirmations: confirmations))
    do throws(Failure) {
      switch try judge.step(job) {
      case .done: return "done"
      case .draw: return "draw"
      case .claim: return "claim"
      case .hold(let reason): return reason
      }
    } catch { return "\(error.status.rawValue) \(error.code)" }
  }

  /// A job of several slots whose draw is known, posted in block 900.
  private func drawn(_ round: Int = 0) throws -> (job: RecordedJob, start: UInt64, end: UInt64) {
    var recorded = try RecordedJob.first(round) {
      $0.current.terms.slots > $0.current.entries.count && $0.posted.windows.claim > 100
        && [.running, .challenged].contains($0.verdict.stage)
    }
    recorded.round(round, 2, 900)
    recorded.round(round, 3, try UInt256(bytes: Keccak256.hash([1]).bytes))
    recorded.job(10, 1000)
    let job = try #require(try recorded.read())
    return (recorded, job.current.state.startedAt, job.current.state.claimDeadline)
  }

  @Test(
    "waits for the second of the draw, and claims through the last of the window",
    arguments: [0, 1])
  func draw(_ round: Int) throws {
    let (recorded, start, end) = try drawn(round)
    let job = try #require(try recorded.read())
    for number in 1...20 as ClosedRange<UInt64> {
      let number = UInt256(low: UInt128(number))
      let admitted = Sortition.admittedFrom(
        seed: try #require(job.current.terms.seed), number: number, startedAt: start,
        claimWindow: job.posted.windows.claim)
      if admitted > start {
        let early = try decision(recorded, at: admitted - 1, number: number)
        #expect(early == "the draw admits \(node) in 1 s")
      }
      #expect(try decision(recorded, at: admitted, number: number) == "claim")
      #expect(try decision(recorded, at: end, number: number) == "claim")
      #expect(try decision(recorded, at: end + 1, number: number) == "1 too-late")
    }
  }

  @Test("has nodes drawn from the block after the post, and not in its own", arguments: [0, 1])
  func undrawn(_ round: Int) throws {
    var (recorded, start, _) = try drawn(round)
    recorded.round(round, 3, 0)
    #expect(try decision(recorded, at: start, block: 900) == "it has not been drawn yet")
    // A node that lags behind the post.
    #expect(try decision(recorded, at: start, block: 899) == "it has not been drawn yet")
    #expect(try decision(recorded, at: start, block: 901) == "draw")
  }

  @Test("holds until the post lies so deep") func depth() throws {
    let (recorded, _, end) = try drawn()
    #expect(try decision(recorded, at: end, block: 899) == "0 of 3 blocks hold its post")
    #expect(try decision(recorded, at: end, block: 901) == "2 of 3 blocks hold its post")
    #expect(try decision(recorded, at: end, block: 902) == "claim")
    #expect(try decision(recorded, at: end, block: 900, confirmations: 1) == "claim")
    let deep = try decision(recorded, at: end, block: 1 << 63, confirmations: .max)
    #expect(deep.hasSuffix("of \(UInt64.max) blocks hold its post"))
  }

  @Test("draws nothing for a single slot") func single() throws {
    var recorded = try RecordedJob.first { $0.posted.nodes == 1 }
    recorded.claimants[0] = []
    recorded.round(0, 2, 900)
    recorded.round(0, 4, 0)
    recorded.round(0, 3, 0)
    recorded.job(10, 1)
    let start = try #require(try recorded.read()).current.state.startedAt
    #expect(try decision(recorded, at: start) == "claim")
    #expect(try decision(recorded, at: start, block: 900) == "1 of 3 blocks hold its post")
  }

  @Test("has nothing more to do for a node with a slot, and nothing for one that lost it")
  func had()
    throws
  {
    var (recorded, start, end) = try drawn()
    recorded.entries[node] = RecordedJob.entry(number: 4, deadline: 5)
    #expect(try decision(recorded, at: start) == "1 expired")
    // Terms and windows do not matter to who has a slot.
    let mine = try #require(recorded.claimants[0].first)
    #expect(try decision(recorded, at: end + 1, by: mine) == "done")
    recorded.entries[node] = RecordedJob.entry()
    #expect(try decision(recorded, at: end) == "claim")
  }

  @Test("refuses whom the contract refuses") func refusals() throws {
    let (recorded, _, end) = try drawn()
    #expect(try decision(recorded, at: end, number: 1000) == "claim")
    #expect(try decision(recorded, at: end, number: 1001) == "1 not-admitted")
    let submitter = try #require(try recorded.read()).submitter
    #expect(try decision(recorded, at: end, by: submitter) == "1 not-admitted")
    let (challenged, _, last) = try drawn(1)
    let challenger = try #require(try challenged.read()?.posted.challenger)
    #expect(try decision(challenged, at: last, by: challenger) == "1 not-admitted")
    var closed = recorded
    closed.job(13, 1)
    #expect(try decision(closed, at: end) == "1 too-late")
    for stage in [1, 3, 4, 5] as [UInt256] {
      var settled = recorded
      settled.verdict(0, stage)
      #expect(try decision(settled, at: end) == "1 too-late")
    }
    var full = recorded
    let job = try #require(try recorded.read())
    for place in job.current.entries.count..<job.current.terms.slots {
      let other = try RecordedJob.node(UInt8(0x60 + place))
      full.claimants[0].append(other)
      full.entries[other] = RecordedJob.entry(number: 2, deadline: 1 << 40, live: true)
    }
    full.round(0, 4, UInt256(low: UInt128(job.current.terms.slots)))
    #expect(try decision(full, at: end) == "1 no-slot")
  }

  @Test("binds no bond to other terms than the record's") func terms() throws {
    let (recorded, _, end) = try drawn()
    let zero = try #require(try recorded.read()).posted
    #expect(zero.token == nil)
    for (place, value) in [(0, 77), (2, 1), (3, 1), (4, 101), (5, 33), (6, 33), (7, 33), (8, 9)] {
      var other = recorded
      other.job(place, UInt256(low: UInt128(value)))
      #expect(try decision(recorded, at: end, of: other) == "65 other-terms", "\(place)")
    }
    // The payment may have grown, and must not have shrunk.
    var poor = recorded
    poor.job(9, zero.payment - 1)
    #expect(try decision(recorded, at: end, of: poor) == "claim")
    #expect(try decision(poor, at: end, of: recorded) == "65 other-terms")
    var nobody = recorded
    nobody.job(0, 0)
    #expect(try decision(recorded, at: end, of: nobody) == "65 no-terms")
    #expect(try decision(nobody, at: end) == "75 no-such-job")
  }

  @Test("refuses a node without the stake that a claim binds") func stake() throws {
    var (recorded, _, _) = try drawn()
    recorded.job(3, 100)
    let job = try #require(try recorded.read())
    let judge = ClaimJudge(
      escrow: try EscrowMember(recorded.jobId, in: .sample), node: node, number: 1,
      limits: Claiming.Limits())
    func refusal(_ stake: UInt256, _ bound: UInt256 = 0, active: Bool = true, owner: Address? = nil)
      throws -> String?
    {
      let words = [
        try RecordedJob.word(node), try RecordedJob.word(owner ?? node), active ? 1 : 0, stake,
        bound, 0, 0, 0, 0, 0, 0,
      ]
      let found = try RegisteredNode(answer: words.flatMap(\.bytes))
      let registered = try #require(found)
      do throws(Failure) {
        try judge.check(registered, job)
        return nil
      } catch { return error.code }
    }
    #expect(try refusal(100) == nil)
    #expect(try refusal(99) == "no-stake")
    #expect(try refusal(150, 51) == "no-stake")
    #expect(try refusal(150, 50) == nil)
    // Nonsense of a node of the chain.
    #expect(try refusal(100, .max) == "no-stake")
    #expect(try refusal(.max, active: false) == "not-a-node")
    #expect(try refusal(.max, owner: job.submitter) == "not-admitted")
  }
}
