import Ethereum
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

/// The `escrow` member, as verbs write it and strangers may.
@Suite struct EscrowTests {
  private static let ann = "0x00000000000000000000000000000000000000A1"
  private static let ben = "0x00000000000000000000000000000000000000B2"
  private static let hash = "0x" + String(repeating: "ab", count: 32)
  private static let place = """
    "jobId":"\(hash)","chainId":31337,"contract":"\(ann)","verifier":"\(ben)"
    """

  private func member(_ rest: String = "") throws -> EscrowMember {
    let record = try Record(parsing: Array("{\"escrow\":{\(Self.place)\(rest)}}".utf8))
    return try #require(try record.escrow())
  }

  private func address(_ text: String) throws -> Address { try Address(parsing: text) }

  @Test func whatVerbsAddIsReadAgain() throws {
    let hash = try Digest32(hex: Self.hash)
    var escrow = EscrowMember(
      jobId: hash, chainId: 31337, contract: try address(Self.ann),
      verifier: try address(Self.ben))
    let terms = JobTerms(
      nodes: 3, quorum: 2, payment: UInt256(low: .max), token: try address(Self.ben), bond: 7,
      windows: JobWindows(claim: 1, commit: 2, open: 3, challenge: JobWindows.limit))
    escrow.set(submitter: try address(Self.ann), terms: terms)
    escrow.set(tx: hash, block: 12)
    escrow.add(
      EscrowMember.Claim(
        node: try address(Self.ann), number: .max, round: 1, tx: hash, deadline: 1_700_000_000))
    escrow.add(
      EscrowMember.Commitment(
        node: try address(Self.ann), round: 0, commitment: hash, tx: hash))
    escrow.add(
      EscrowMember.Vote(
        node: try address(Self.ben), round: 0, accept: false, resultHash: .zero,
        proofCid: "no \"driver\"", traceRoot: .zero, tx: hash))
    escrow.add(EscrowMember.Challenge(challenger: try address(Self.ben), bond: 9, tx: hash))
    let text = Record().setting(escrow)
    let read = try #require(try Record(parsing: text.bytes).escrow())
    #expect(read == escrow)
    #expect(read.terms == terms)
    #expect(read.claims[0].deadline == 1_700_000_000)
    #expect(read.json["claims"]?.elements?[0]["deadline"] == "2023-11-14T22:13:20Z")
    #expect(
      read.json["windows"]
        == ["claim": 1, "commit": 2, "open": 3, "challenge": .integer(JobWindows.limit)])
  }

  /// Fed again it is the same; another element of the same node takes the place of the first; others stay.
  @Test func elementsAreAddedOnce() throws {
    let claim = """
      {"node":"\(Self.ann)","number":"1","round":0,"tx":"\(Self.hash)","deadline":"2026-01-01T00:00:00Z","mine":1e400}
      """
    var escrow = try member(",\"later\":[0.10],\"claims\":[\(claim)]")
    let before = escrow
    escrow.add(escrow.claims[0])
    #expect(escrow == before)
    var changed = escrow.claims[0]
    changed.number = 2
    escrow.add(changed)
    changed.node = try address(Self.ben)
    escrow.add(changed)
    #expect(escrow.claims.map(\.number) == [2, 2])
    #expect(
      escrow.json["claims"]?.elements?[0].text
        == claim.replacing("\"number\":\"1\"", with: "\"number\":\"2\""))
    #expect(escrow.json["later"]?.text == "[0.10]")
    #expect(escrow.isSameJob(as: before))
  }

  @Test(arguments: [
    (",\"block\":-1", "escrow.block is no whole number below 2^63"),
    (",\"tx\":\"0x12\"", "escrow.tx is no 32 bytes in hexadecimal digits"),
    (",\"submitter\":\"0x12\"", "escrow.submitter is no address"),
    (",\"payment\":\"1\"", "escrow.windows is missing"),
    (",\"claims\":{}", "escrow.claims is no array"),
    (",\"claims\":[1]", "escrow.claims[0] is no object"),
    (",\"claims\":[{}]", "escrow.claims[0].node is missing"),
    (
      ",\"commitments\":[{\"node\":\"\(EscrowTests.ann)\",\"round\":2}]",
      "escrow.commitments[0].round is neither 0 nor 1"
    ),
    (
      ",\"challenges\":[{\"challenger\":\"\(EscrowTests.ann)\",\"bond\":1}]",
      "escrow.challenges[0].bond is no decimal integer below 2^256, as a string"
    ),
  ])
  func whatIsWrongIsNamed(rest: String, message: String) throws {
    let failure = #expect(throws: Failure.self) { try member(rest) }
    #expect(failure?.status == .data)
    #expect(failure?.message == "malformed \"escrow\": \(message)")
  }

  @Test func itNeedsItsPlace() throws {
    let record = try Record(parsing: Array("{\"escrow\":{\"jobId\":\"\(Self.hash)\"}}".utf8))
    let failure = #expect(throws: Failure.self) { try record.escrow() }
    #expect(failure?.message == "malformed \"escrow\": escrow.chainId is missing")
    #expect(try Record().escrow() == nil)
  }

  // MARK: Terms

  private func terms(
    _ nodes: Int = 3, _ quorum: Int = 2, payment: UInt256 = 100, bond: UInt256 = 0,
    windows: JobWindows = JobTerms.usualWindows(timeout: 300)
  ) -> JobTerms {
    JobTerms(
      nodes: nodes, quorum: quorum, payment: payment, token: nil, bond: bond, windows: windows)
  }

  @Test func termsThatNoContractTakes() throws {
    try terms().check()
    #expect(throws: JobTermsError.badNodes(16)) { try terms(16, 9).check() }
    #expect(throws: JobTermsError.badQuorum(2, of: 4)) { try terms(4, 2).check() }
    #expect(throws: JobTermsError.badQuorum(4, of: 3)) { try terms(3, 4).check() }
    #expect(throws: JobTermsError.smallPayment(2, 3)) { try terms(payment: 2).check() }
    let over = UInt256(low: .max) + 1
    #expect(throws: JobTermsError.largePayment) { try terms(payment: over).check() }
    #expect(throws: JobTermsError.largeBond) { try terms(bond: over).check() }
    var windows = JobTerms.usualWindows(timeout: 300)
    #expect(windows == JobWindows(claim: 600, commit: 900, open: 600, challenge: 3600))
    windows.open = 0
    #expect(throws: JobTermsError.badWindow("open", 0)) { try terms(windows: windows).check() }
    #expect(JobTerms.usualWindows(timeout: .max).commit == JobWindows.limit)
    #expect(JobTerms.usualWindows(timeout: Job.timeoutLimit).areFit)
  }

  /// The usual bond pays for a challenge that turns the word of all nodes; two wei less do not.
  @Test(arguments: [1, 2, 3, 7, 15], [100, 1_000_000_007, UInt256(low: .max / 64)] as [UInt256])
  func theUsualBondPays(nodes: Int, payment: UInt256) throws {
    let count = UInt256(low: UInt128(nodes))
    // Without dust, which goes to the challenger too.
    let payment = payment / count * count
    let bond = JobTerms.usualBond(payment: payment, nodes: nodes)
    let terms = terms(nodes, nodes, payment: payment, bond: bond)
    let challenger = try address(Self.ann)
    let put = try #require(terms.challengeBond)
    let settlement = try Settlement(
      paying: payment, nodes: nodes, submitter: try address(Self.ben), winners: [],
      challenge: .init(
        challenger: challenger, bond: put,
        checkers: Array(repeating: try address(Self.ben), count: 2 * nodes + 1), isTurned: true,
        isFilled: true))
    let credits = settlement.credits.filter { $0.account == challenger }
    let back = credits.reduce(UInt256(0)) { $0 + $1.amount }
    func half(of bond: UInt256) -> UInt256 {
      LostBond(bond, reason: .otherResult, isTurned: true).toChallenger
    }
    #expect(back + half(of: bond) * count >= put)
    #expect(back + half(of: bond - 2) * count < put)
  }

  @Test func whatASubmitterShouldKnow() {
    #expect(terms(bond: JobTerms.usualBond(payment: 100, nodes: 3)).warnings(timeout: 300) == [])
    #expect(terms(bond: 1).warnings(timeout: 300).count == 1)
    let warnings = terms(bond: 0).warnings(timeout: 900)
    #expect(warnings.count == 2)
    #expect(warnings[0].contains("not longer than the job's timeout of 900 s"))
    #expect(warnings[1].contains("with a bond of 0"))
    #expect(terms(payment: .max).challengeBond == nil)
  }
}
