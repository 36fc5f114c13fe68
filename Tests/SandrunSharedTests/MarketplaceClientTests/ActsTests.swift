import ABI
import Commands
import Ethereum
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// What nodes commit to and open, on a job that real contracts told: refused wherever the contract would, or money would be
/// lost.
@Suite("Commitments and openings") struct ActsTests {
  private let result = JobResult(
    resultHash: Keccak256.hash([1]), proofCID: "bafkproof", traceRoot: Keccak256.hash([2]))

  /// A job of four slots, three of them claimed, nothing committed.
  private func claimed() throws -> (RecordedJob, deadline: UInt64) {
    let recorded = try RecordedJob.first {
      $0.current.entries.count == 3 && $0.verdict.stage == .running
    }
    let job = try #require(try recorded.read())
    return (recorded, job.current.entries[0].claim.deadline)
  }

  private func commit(
    _ party: Party, _ escrow: EscrowMember, _ result: JobResult? = nil,
    within limit: Duration = .seconds(60)
  ) async -> String {
    await party.word {
      try await Committing(party.parts, in: party.world).commit(
        escrow, of: nil, to: result ?? self.result, within: limit)
    } _: {
      switch $0 {
      case .committed(let made, to: _): "\(made.tx)"
      case .dry: "dry"
      }
    }
  }

  private func open(
    _ party: Party, _ escrow: EscrowMember, _ result: JobResult? = nil,
    within limit: Duration = .seconds(60)
  ) async -> String {
    await party.word {
      try await Opening(party.parts, in: party.world).open(
        escrow, result ?? self.result, within: limit)
    } _: {
      switch $0 {
      case .opened(let vote, of: _): "\(vote.tx)"
      case .dry(let record): record == nil ? "held" : "dry"
      }
    }
  }

  /// The salt by which the party commits; its secret is made where there is none.
  private func commitment(_ party: Party, _ recorded: RecordedJob) throws -> Digest32 {
    let salt = try Salts(party.account, KeyStore(party.world.folders), in: party.world).salt(
      of: recorded.jobId, in: .sample, mayMake: true)
    return try result.commitment(to: recorded.jobId, of: party.account, salt: salt).hash
  }

  // MARK: Commitments

  @Test("are made through the last second, and no later") func inTime() async throws {
    let (recorded, deadline) = try claimed()
    try await Party.run(recorded, at: deadline) { party in
      let escrow = try party.escrow(recorded)
      let inTime = await commit(party, escrow)
      #expect(inTime == "dry")
      try await party.set(recorded, at: deadline + 1)
      let late = await commit(party, escrow)
      #expect(late == "1 too-late")
    }
  }

  @Test("are of a claim that is there and live, in a round that is not settled") func claims()
    async throws
  {
    let (recorded, deadline) = try claimed()
    try await Party.run(recorded, as: try RecordedJob.node(0x44), at: deadline) { party in
      let escrow = try party.escrow(recorded)
      let none = await commit(party, escrow)
      #expect(none == "1 no-claim")
      var dropped = recorded
      dropped.entries[party.account] = RecordedJob.entry(number: 8, deadline: .init(low: 1 << 50))
      try await party.set(dropped, at: deadline)
      let expired = await commit(party, escrow)
      #expect(expired == "1 too-late")
    }
    for stage in [1, 3, 4, 5] as [UInt256] {
      var settled = recorded
      settled.verdict(0, stage)
      let state = settled
      try await Party.run(state, at: deadline) { party in
        let late = await commit(party, try party.escrow(recorded))
        #expect(late == "1 too-late")
      }
    }
  }

  @Test("are refused for a record of another marketplace, and for a job that nobody posted")
  func nowhere()
    async throws
  {
    let (recorded, deadline) = try claimed()
    try await Party.run(recorded, at: deadline) { party in
      let other = EscrowMember(
        jobId: recorded.jobId, chainId: 1, contract: try Market.sample.jobMarketplace,
        verifier: try Market.sample.consensusManager)
      let another = await commit(party, other)
      #expect(another == "65 another-marketplace")
      let voted = await open(party, other)
      #expect(voted == "65 another-marketplace")
      var gone = recorded
      gone.job(0, 0)
      let escrow = try party.escrow(recorded)
      try await party.set(gone, at: deadline)
      let unposted = await commit(party, escrow, within: .milliseconds(200))
      #expect(unposted == "75 no-such-job")
    }
  }

  @Test("that were made are told by their log, and never made another") func made() async throws {
    let (recorded, deadline) = try claimed()
    try await Party.run(recorded, at: deadline) { party in
      let escrow = try party.escrow(recorded)
      var committed = recorded
      RecordedJob.put(1, at: 0, in: &committed.tallies[0])
      RecordedJob.put(UInt256(low: UInt128(deadline - 9)), at: 1, in: &committed.tallies[0])
      committed.entries[party.account]?.commitment = Keccak256.hash([5]).bytes
      // Somebody committed with a secret that is not here: none is made in its place.
      try await party.set(committed, at: deadline)
      let lost = await commit(party, escrow)
      #expect(lost.hasPrefix("66") || lost.hasPrefix("77"), "\(lost)")
      let unopened = await open(party, escrow)
      #expect(unopened == lost)
      let hash = try commitment(party, recorded)
      let other = await commit(party, escrow)
      #expect(other == "65 other-commitment")
      committed.entries[party.account]?.commitment = hash.bytes
      try await party.set(committed, at: deadline + 1)
      let unlogged = await commit(party, escrow)
      #expect(unlogged == "76 bad-answer")
      let log = RecordedChain.log(
        try Market.sample.proofVerification, ProofVerification.proofSubmitted,
        [recorded.jobId.bytes, try RecordedJob.word(party.account).bytes],
        RecordedJob.word(0) + hash.bytes, block: 999, index: 4)
      try await party.chain.tell("logs", [log])
      // Done is done, however late it is.
      let told = await commit(party, escrow)
      #expect(told == "\(Keccak256.hash([4, 3]))")
      var changed = self.result
      changed.proofCID = "bafkother"
      let different = await commit(party, escrow, changed)
      #expect(different == "65 other-commitment")
    }
  }

  // MARK: Openings

  /// A job of four whose nodes have all committed; the second of them may open through one second.
  private func committed() throws -> (RecordedJob, from: UInt64, until: UInt64) {
    var recorded = try RecordedJob.first { $0.verdict.stage == .refunded }
    recorded.verdict(0, 0)
    let job = try #require(try recorded.read())
    let from = job.current.tally.last
    return (recorded, from, from + job.posted.windows.open)
  }

  @Test("are made through the last second, of what was committed") func openings() async throws {
    let (given, from, until) = try committed()
    var changed = given
    // The second node is one that can sign.
    let signer = Signer(PrivateKey.random())
    changed.entries[signer.address] = changed.entries[changed.claimants[0][1]]
    changed.claimants[0][1] = signer.address
    let recorded = changed
    let statement = ResultStatement(
      jobId: recorded.jobId, node: signer.address, resultHash: Keccak256.hash([1]),
      traceRoot: result.traceRoot)
    let domain = ResultStatement.domain(
      chainId: 31337, verifier: try Market.sample.consensusManager)
    var signed = result
    signed.signature = signer.sign(statement.digest(in: domain))
    let result = signed
    try await Party.run(recorded, as: signer.address, at: from) { party in
      let escrow = try party.escrow(recorded)
      let hash = try commitment(party, recorded)
      let other = await open(party, escrow)
      #expect(other == "65 other-commitment")
      var mine = recorded
      mine.entries[party.account]?.commitment = hash.bytes
      for time in [from, until] {
        try await party.set(mine, at: time)
        let opened = await open(party, escrow, result)
        #expect(opened == "dry")
      }
      try await party.set(mine, at: until + 1)
      let late = await open(party, escrow)
      #expect(late == "1 too-late")
      mine.verdict(0, 5)
      try await party.set(mine, at: from)
      let settled = await open(party, escrow)
      #expect(settled == "1 too-late")
    }
  }

  @Test("wait while another commitment can follow, and are none of too few") func early()
    async throws
  {
    let (recorded, deadline) = try claimed()
    let job = try #require(try recorded.read())
    let end = max(
      job.current.state.claimDeadline, job.current.entries.map(\.claim.deadline).max() ?? 0)
    try await Party.run(recorded, at: deadline) { party in
      let escrow = try party.escrow(recorded)
      let nothing = await open(party, escrow)
      #expect(nothing == "1 no-commitment")
      var committed = recorded
      let hash = try commitment(party, recorded)
      RecordedJob.put(1, at: 0, in: &committed.tallies[0])
      RecordedJob.put(UInt256(low: UInt128(deadline - 9)), at: 1, in: &committed.tallies[0])
      committed.entries[party.account]?.commitment = hash.bytes
      try await party.set(committed, at: end)
      let held = await open(party, escrow)
      #expect(held == "held")
      try await party.set(committed, at: end + 1)
      let few = await open(party, escrow)
      #expect(few == "1 too-few-commitments")
    }
  }
}
