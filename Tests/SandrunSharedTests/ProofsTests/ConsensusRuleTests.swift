import Ethereum
import Hashing
import Marketplace
import Records
import Testing

@testable import Proofs

/// The rules, and records that are judged as a group.
@Suite struct ConsensusRuleTests {
  @Test(arguments: [
    // strategy, quorum, votes, needed
    ("k-of-n", "2-of-3", 2, 2), ("k-of-n", "2-of-3", 3, 2), ("k-of-n", "2-of-3", 4, 3),
    ("k-of-n", "5-of-7", 7, 5), ("k-of-n", "1-of-1", 0, 1),
    ("majority-rule", "5-of-7", 5, 4), ("majority-rule", "2-of-3", 9, 5),
    ("majority-rule", "3-of-4", 4, 3),
    ("byzantine-fault-tolerant", "3-of-4", 3, 3), ("byzantine-fault-tolerant", "3-of-5", 5, 4),
    ("byzantine-fault-tolerant", "4-of-6", 6, 4), ("byzantine-fault-tolerant", "4-of-7", 7, 5),
    ("byzantine-fault-tolerant", "6-of-10", 9, 7), ("byzantine-fault-tolerant", "8-of-13", 1, 9),
    ("fastest-wins", "2-of-3", 3, 1),
  ])
  func needed(strategy: String, quorum: String, votes: Int, needed: Int) throws {
    let strategy = try #require(ConsensusStrategy(rawValue: strategy))
    #expect(strategy.needed(of: try #require(Quorum(quorum)), votes: votes) == needed)
  }

  /// Save where the fastest wins, two results never both have enough.
  @Test func noTwoResultsCanBothHaveEnough() throws {
    for strategy in ConsensusStrategy.allCases where strategy != .fastestWins {
      for nodes in 1...15 {
        for agreeing in (nodes / 2 + 1)...nodes {
          let quorum = try #require(Quorum("\(agreeing)-of-\(nodes)"))
          for votes in 0...32 {
            let needed = strategy.needed(of: quorum, votes: votes)
            #expect(2 * needed > votes)
            // Whatever f of 3f+1 nodes do, what the others agree on has enough, and nothing else can.
            guard strategy == .byzantineFaultTolerant, nodes >= votes else { continue }
            let liars = (nodes - 1) / 3
            #expect(needed <= nodes - liars && 2 * needed - nodes > liars)
          }
        }
      }
    }
  }

  @Test func tooFewNodesForLiarsAreRefused() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let record = try fixture.together()
    #expect(throws: Failure.self) {
      try fixture.decide(record, "2-of-3", .byzantineFaultTolerant)
    }
    #expect(try fixture.decide(record, "3-of-4", .byzantineFaultTolerant).resultHash == nil)
  }

  @Test func theFastestWinsByItsOwnClock() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let agreement = try fixture.decide(try fixture.together(), "2-of-3", .fastestWins)
    let third = fixture.runs[2]
    #expect(agreement.agreed.map(\.node) == [third.run.node.address])
    #expect(agreement.resultHash == (try ProofEntry(third.entry).resultHash))
    #expect(agreement.disagreed.count == 2)
    let own = try fixture.together(resultOf: 2)
    #expect(try fixture.decide(own, "2-of-3", .fastestWins).objection(to: own) == nil)
    // A run that was ended wins nothing, however early.
    var ended = try ConsensusFixture()
    try await ended.add(RunFixture(node: 1, started: 5))
    try await ended.add(RunFixture(killed: true, node: 2))
    let proofs = try ended.together()
    let decided = try ended.decide(proofs, "1-of-1", .fastestWins)
    #expect(decided.agreed.map(\.proof) == [0])
  }

  @Test func aVoteOfMoreNodesThanTheJobNeedsMoreThanHalf() async throws {
    var fixture = try await ConsensusFixture.twoOfThree()
    try await fixture.add(RunFixture(node: 4, output: "wasp"))
    let record = try fixture.together()
    let agreement = try fixture.decide(record)
    #expect(agreement.needed == 3 && agreement.resultHash == nil)
    #expect(try agreement.objection(to: record) == "3 of 4 must agree, and 2 do")
  }

  @Test func recordsOfOneJobAreOne() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    var group = RecordGroup()
    for index in [2, 1, 0, 1] { try group.add(try fixture.single(index)) }
    let first = try group.record(of: nil)
    let agreement = try fixture.decide(first)
    #expect(agreement.agreed.count == 2 && agreement.disagreed.count == 1)
    #expect(try first.proofs().count == 3)
    let record = try group.record(of: agreement.resultHash)
    #expect(try agreement.objection(to: record) == nil)
    #expect(try record["result"] == fixture.runs[1].run.record["result"])
    let keys = try (0..<3).map { try RecordGroup.Key(try fixture.single($0)) }
    #expect(Set(keys).count == 1)
    let escrowed = try RunFixture(escrowed: true)
    #expect(try RecordGroup.Key(Record(escrowed.record)) != keys[0])
    #expect(throws: Failure.self) { try RecordGroup.Key(Record()) }
  }

  /// A node that tells each asker another result is found out where its records meet.
  @Test func twoResultsOfOneNodeMeetInAGroup() async throws {
    var fixture = try ConsensusFixture()
    try await fixture.add(RunFixture(node: 1))
    try await fixture.add(RunFixture(node: 1, output: "wasp"))
    try await fixture.add(RunFixture(node: 2))
    var group = RecordGroup()
    for index in 0..<3 { try group.add(try fixture.single(index)) }
    let ballot = try Ballot(try group.record(of: nil))
    #expect(ballot.votes.map(\.proof) == [2] && ballot.rejected.count == 2)
  }

  @Test func aGroupHasABound() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    var entry = try #require(fixture.runs[0].entry.object)
    var group = RecordGroup()
    var taken = 0
    #expect(throws: Failure.self) {
      for index in 0...Record.mostProofs {
        let other = SHA256.hash([UInt8(index & 255), UInt8(index >> 8)])
        entry["traceRoot"] = .string(other.description)
        try group.add(
          Record(fixture.runs[0].run.record).setting("proofs", to: [.object(entry)]))
        taken += 1
      }
    }
    #expect(taken == Record.mostProofs)
    #expect(try group.record(of: nil).proofs().count == Record.mostProofs)
  }
}
