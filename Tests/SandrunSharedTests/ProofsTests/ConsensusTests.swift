import Ethereum
import Hashing
import Marketplace
import Records
import Testing

@testable import Proofs

/// Votes are counted from real proofs, as `verify` judged them.
@Suite struct ConsensusTests {
  @Test func twoAgreeAndTheThirdIsNamed() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let record = try fixture.together()
    let agreement = try fixture.decide(record)
    let address = fixture.runs.map(\.run.node.address)
    #expect(agreement.agreed.map(\.node) == [address[0], address[1]])
    #expect(agreement.disagreed.map(\.node) == [address[2]])
    #expect(agreement.ballot.rejected.isEmpty)
    #expect(try agreement.objection(to: record) == nil)
    #expect(agreement.resultHash == (try RunRecord(record).resultHash))
    let difference = try ResultDifference(
      of: agreement.disagreed[0], from: agreement.agreed[0], in: record, at: fixture.location)
    #expect(difference.part == "outputs" && difference.path == "b.txt")
    #expect(difference.leading?["size"] == 3 && difference.other?["size"] == 4)
    let wasp = Hex.digits(SHA256.hash(Array("wasp".utf8)).bytes)
    #expect(difference.other?["sha256"]?.string == wasp)
    let verdict = try agreement.verdict(in: record, objection: nil, differences: [difference])
    #expect(verdict["ok"] == true && verdict["agreement"]?["needed"] == 2)
    #expect(verdict["checks"] == (try record["verdict"]?["checks"]))
  }

  @Test func anotherNodesUsageIsNoFault() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let verification = Verification(
      record: try RunRecord(try fixture.together()),
      signers: fixture.runs.map(\.run.node.address), repository: nil)
    let entries = try fixture.together().proofs()
    let judged = verification.checks(of: entries, at: fixture.location)
    #expect(judged[1].allSatisfy { $0.status == .passed })
    // Of another result: that is not what the record says, and nothing else is wrong.
    #expect(judged[2].filter { $0.status != .passed }.map(\.name) == [.outputs])
    // Alone, without the proof of the run that the result is of, it does not back that result.
    let alone = verification.checks(of: [entries[1]], at: fixture.location)[0]
    #expect(alone.filter { $0.status != .passed }.map(\.name) == [.exit])
  }

  @Test func theRecordsOwnResultMustBeTheAgreedOne() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let record = try fixture.together(resultOf: 2)
    let agreement = try fixture.decide(record)
    let winner = try RunRecord(Record(fixture.runs[0].run.record)).resultHash
    #expect(agreement.resultHash == winner && agreement.agreed.count == 2)
    #expect(try agreement.objection(to: record)?.contains("the record's own result") == true)
  }

  @Test func nothingIsCountedThatWasNotJudged() async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let record = try fixture.together()
    #expect(throws: Failure.self) { try Ballot(record.removing("verdict")) }
    #expect(throws: Failure.self) { try Ballot(record.setting("verdict", to: ["ok": true])) }
    let empty = try Ballot(record.setting("verdict", to: ["checks": []]))
    #expect(empty.votes.isEmpty && empty.rejected.count == 3)
    // The proofs in another order are not the ones that were judged.
    let swapped = record.setting("proofs", to: .array(fixture.runs.map(\.entry).reversed()))
    #expect(try Ballot(swapped).votes.map(\.proof) == [1])
    let told = try Ballot(record.removing("verdict"), takingTheirWord: true)
    #expect(told.votes.count == 3 && told.isUnverified)
  }

  /// A check that is left out counts as one that failed.
  @Test(arguments: Check.Name.allCases.filter { $0 != .escrow })
  func everyCheckIsNeeded(name: Check.Name) async throws {
    let fixture = try await ConsensusFixture.twoOfThree()
    let record = try fixture.together()
    let checks = try #require(record["verdict"]?["checks"]?.elements)
    let kept = checks.filter { $0["proof"] != 1 || $0["name"]?.string != name.rawValue }
    #expect(kept.count == checks.count - 1)
    let ballot = try Ballot(record.setting("verdict", to: ["checks": .array(kept)]))
    #expect(ballot.votes.map(\.proof) == [0, 2] && ballot.rejected.map(\.proof) == [1])
    #expect(ballot.rejected[0].reason.contains("'\(name.rawValue)'"))
  }

  @Test func whatFailsIsNoVote() async throws {
    var fixture = try await ConsensusFixture.twoOfThree()
    try await fixture.add(RunFixture(node: 4)) { $0.resultHash = SHA256.hash([UInt8]()) }
    let ballot = try Ballot(try fixture.together())
    #expect(ballot.votes.count == 3 && ballot.rejected.map(\.proof) == [3])
    #expect(ballot.rejected[0].reason.contains("'result'"))
    // Nobody's key but those of the record's nodes.
    let strangers = try fixture.judged(
      Record(fixture.runs[0].run.record), fixture.runs.map(\.entry),
      [fixture.runs[0].run.node.address])
    #expect(try Ballot(strangers).votes.map(\.proof) == [0])
  }

  @Test func oneVoteANode() async throws {
    var fixture = try ConsensusFixture()
    for _ in 0..<3 { try await fixture.add(RunFixture(node: 1)) }
    let again = try Ballot(try fixture.together())
    #expect(again.votes.map(\.proof) == [0] && again.rejected.count == 2)
    // Who signs two results has none.
    fixture = try ConsensusFixture()
    try await fixture.add(RunFixture(node: 1))
    try await fixture.add(RunFixture(node: 1, output: "wasp"))
    try await fixture.add(RunFixture(node: 2))
    let ballot = try Ballot(try fixture.together())
    #expect(ballot.votes.map(\.proof) == [2])
    #expect(ballot.rejected.allSatisfy { $0.reason == "the node has signed two results" })
  }

  @Test func exitStatusIsPartOfTheResult() async throws {
    var fixture = try ConsensusFixture()
    try await fixture.add(RunFixture(node: 1))
    try await fixture.add(RunFixture(node: 2, exitCode: 3))
    let record = try fixture.together()
    let agreement = try fixture.decide(record)
    #expect(agreement.resultHash == nil && agreement.agreed.isEmpty)
    #expect(agreement.disagreed.count == 2)
    #expect(try agreement.objection(to: record) == "2 of 3 must agree, and 1 do")
    let votes = agreement.ballot.votes
    let difference = try ResultDifference(
      of: votes[1], from: votes[0], in: record, at: fixture.location)
    #expect(difference.part == "exit" && difference.other?["exitCode"] == 3)
  }

  @Test func runsThatWereEndedAgreeOnNothing() async throws {
    var fixture = try ConsensusFixture()
    for node: UInt8 in 1...3 { try await fixture.add(RunFixture(killed: true, node: node)) }
    let record = try fixture.together()
    let agreement = try fixture.decide(record)
    #expect(agreement.ballot.votes.count == 3 && agreement.resultHash == nil)
    #expect(try agreement.objection(to: record) == "2 of 3 must agree, and 0 do")
  }

  @Test func aProofInEscrowNeedsItsCheck() async throws {
    var fixture = try ConsensusFixture()
    for node: UInt8 in 1...2 { try await fixture.add(RunFixture(escrowed: true, node: node)) }
    let record = try fixture.together()
    #expect(try fixture.decide(record).agreed.count == 2)
    let checks = try #require(record["verdict"]?["checks"]?.elements)
    let kept = checks.filter { $0["name"] != "escrow" }
    #expect(kept.count == checks.count - 2)
    #expect(try Ballot(record.setting("verdict", to: ["checks": .array(kept)])).votes.isEmpty)
  }
}
