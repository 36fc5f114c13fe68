import ABI
import Ethereum
import EthereumRPC
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// The claims that a node owes a commitment to: `--max-open` is held against how many there are.
@Suite("Open claims") struct OpenClaimsTests {
  private static let now: UInt64 = 1_800_000_000
  private let ann: Address

  init() throws { ann = try RecordedJob.node(1) }

  private func job(_ number: UInt8) -> Digest32 { Keccak256.hash([number, 7]) }

  private func log(_ job: Digest32, block: UInt64, index: UInt64) throws -> JSON {
    RecordedChain.log(
      try Market.sample.jobMarketplace, JobMarketplace.jobClaimed,
      [job.bytes, try RecordedJob.word(ann).bytes], [], block: block, index: index)
  }

  private func registered(_ claims: UInt8) throws -> RegisteredNode {
    let word = try RecordedJob.word(ann).bytes
    let words = word + word + RecordedJob.word(1) + RecordedJob.word(5) + RecordedJob.word(0)
    let found = try RegisteredNode(
      answer: words + RecordedJob.word(UInt256(claims)) + [UInt8](repeating: 0, count: 5 * 32))
    return try #require(found)
  }

  /// Says how a claim stands.
  private func stand(
    _ chain: RecordedChain, _ job: Digest32, deadline: UInt64, live: Bool = true,
    number: UInt256 = 3, committed: Bool = false
  ) async throws {
    let arguments: [ABIValue] = [.bytes(job.bytes), .address(ann)]
    let claim = RecordedJob.entry(
      number: number, deadline: UInt256(low: UInt128(deadline)), live: live
    ).claim
    try await chain.answer(.jobMarketplace, JobMarketplace.claims, arguments, claim)
    try await chain.answer(
      .proofVerification, ProofVerification.commitments, arguments,
      RecordedJob.word(committed ? 9 : 0))
  }

  @Test("are those without a commitment, through the last second for it") func standing()
    async throws
  {
    try await RecordedChain.run { chain in
      let jobs = (0..<6).map { job(UInt8($0)) }
      try await chain.heads([RecordedChain.Head(900, at: Self.now)])
      try await chain.tell(
        "logs", .array(jobs.enumerated().map { try log($1, block: 50, index: UInt64($0)) }))
      try await stand(chain, jobs[0], deadline: Self.now)
      try await stand(chain, jobs[1], deadline: Self.now - 1)
      try await stand(chain, jobs[2], deadline: .max, committed: true)
      try await stand(chain, jobs[3], deadline: .max, live: false)
      // A reorganisation has taken the claim.
      try await stand(chain, jobs[4], deadline: 0, live: false, number: 0)
      try await stand(chain, jobs[5], deadline: .max)
      let open = OpenClaims(of: ann)
      let market = try chain.market
      let expected = [jobs[0], jobs[5]].sorted { "\($0)" < "\($1)" }
      #expect(try await open.jobs(in: market, registered(6)) == expected)
      // A second later the first is too late.
      try await chain.heads([RecordedChain.Head(901, at: Self.now + 1)])
      #expect(try await open.jobs(in: market, registered(6)) == [jobs[5]])
      // A commitment closes one, and the claim that came back is there again.
      try await stand(chain, jobs[5], deadline: .max, committed: true)
      try await stand(chain, jobs[4], deadline: .max)
      #expect(try await open.jobs(in: market, registered(6)) == [jobs[4]])
    }
  }

  @Test("cost no look where the contract counts none") func none() async throws {
    try await RecordedChain.run { chain in
      let open = OpenClaims(of: ann)
      let jobs = try await open.jobs(in: chain.market, registered(0))
      #expect(jobs.isEmpty)
      #expect(try await chain.asked("eth_getLogs") == 0)
      #expect(try await chain.asked("eth_getBlockByNumber") <= 1)
    }
  }

  @Test("are found beyond what is read at once, and as far as a claim can matter") func farBack()
    async throws
  {
    try await RecordedChain.run { chain in
      let (near, far, lost) = (job(1), job(2), job(3))
      let late = Self.now - JobWindows.limit - 1
      try await chain.heads([
        RecordedChain.Head(5001, at: late), RecordedChain.Head(15_001, at: Self.now - 100),
        RecordedChain.Head(25_000, at: Self.now),
      ])
      for _ in 0..<2 { _ = try await chain.client.call("eth_blockNumber") }
      try await chain.tell(
        "logs",
        [
          log(near, block: 24_999, index: 0), log(far, block: 5001, index: 1),
          log(lost, block: 5000, index: 2),
        ])
      for job in [near, far, lost] { try await stand(chain, job, deadline: .max) }
      let open = OpenClaims(of: ann)
      let found = try await open.jobs(in: chain.market, registered(3))
      #expect(Set(found) == [near, far])
    }
  }

  @Test("throw where the node lies or fails") func lies() async throws {
    try await RecordedChain.run { chain in
      let market = try chain.market
      try await chain.heads([RecordedChain.Head(900, at: Self.now)])
      try await chain.tell("logs", [log(job(0), block: 50, index: 0)])
      // Nothing is there.
      let none = await failure { try await OpenClaims(of: ann).jobs(in: market, registered(1)) }
      #expect(none?.code == "bad-answer")
      try await stand(chain, job(0), deadline: .max)
      #expect(try await OpenClaims(of: ann).jobs(in: market, registered(1)) == [job(0)])
      try await chain.tell("fail", 1000)
      let failed = await failure { try await OpenClaims(of: ann).jobs(in: market, registered(1)) }
      #expect(failed?.isRetryable == true)
    }
  }
}
