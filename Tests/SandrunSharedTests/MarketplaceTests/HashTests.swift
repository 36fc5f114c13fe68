import Ethereum
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

/// What contracts hash and draw, against rows of the contracts themselves and rows computed by other hands.
@Suite struct HashTests {
  private func rows(_ kind: String) throws -> [Row] {
    try Row.own("marketplace.jsonl", kind: kind) + Row.own("marketplace-hashes.jsonl", kind: kind)
  }

  @Test func jobIds() throws {
    let rows = try rows("jobId")
    for row in rows {
      let key = try JobKey(
        chainId: row.number("chainId"), marketplace: row.address("marketplace"),
        submitter: row.address("submitter"), id: row.text("id"),
        specification: row.digest("specification"))
      #expect(try key.jobId == row.digest("jobId"))
    }
    #expect(rows.count == 20)
  }

  /// Every part of the key is part of the id.
  @Test func eachPartOfAKeyCounts() throws {
    let (one, two) = (try address(1), try address(2))
    let id = String(repeating: "0", count: 32)
    let specification = try Digest32([UInt8](repeating: 7, count: 32))
    func jobId(
      _ chainId: UInt256, _ marketplace: Address, _ submitter: Address, _ id: String,
      _ specification: Digest32
    ) throws -> Digest32 {
      try JobKey(
        chainId: chainId, marketplace: marketplace, submitter: submitter, id: id,
        specification: specification
      ).jobId
    }
    let ids: Set<Digest32> = [
      try jobId(1, one, one, id, specification), try jobId(2, one, one, id, specification),
      try jobId(1, two, one, id, specification), try jobId(1, one, two, id, specification),
      try jobId(1, one, one, id.dropLast() + "1", specification), try jobId(1, one, one, id, .zero),
    ]
    #expect(ids.count == 6)
  }

  @Test(arguments: ["", "0", String(repeating: "A", count: 32), String(repeating: "g", count: 32)])
  func whatIsNoJobId(text: String) throws {
    let bad = [text, text + "\n", "0x" + String(repeating: "0", count: 30)]
    for text in bad {
      #expect(throws: JobError.self) {
        try JobKey(
          chainId: 1, marketplace: address(1), submitter: address(1), id: text,
          specification: .zero)
      }
    }
  }

  @Test func commitments() throws {
    let rows = try rows("commitment")
    for row in rows {
      let commitment = try Commitment(
        jobId: row.digest("jobId"), node: row.address("node"), resultHash: row.digest("resultHash"),
        proofCID: row.text("proofCID"), salt: row.digest("salt"))
      #expect(try commitment.hash == row.digest("hash"))
      #expect(try commitment.isOfResult == (row.digest("resultHash") != .zero))
    }
    #expect(rows.count == 40)
  }

  @Test func aCIDThatContractsRefuse() throws {
    for (cid, count) in [
      (String(repeating: "a", count: 129), 129), (String(repeating: "𝄞", count: 33), 132),
    ] {
      #expect(throws: CommitmentError.longCID(count)) {
        try Commitment(
          jobId: .zero, node: address(1), resultHash: .zero, proofCID: cid, salt: .zero)
      }
    }
  }

  @Test func resultsAndTheirSigners() throws {
    let rows = try rows("result")
    for row in rows {
      let statement = try ResultStatement(
        jobId: row.digest("jobId"), node: row.address("node"),
        resultHash: row.digest("resultHash"), traceRoot: row.digest("traceRoot"))
      let domain = try ResultStatement.domain(
        chainId: row.number("chainId"), verifier: row.address("verifier"))
      let digest = statement.digest(in: domain)
      #expect(try digest == row.digest("digest"))
      let signature = try Signature(parsing: row.text("signature"))
      #expect(try signature.signer(of: digest)?.address == row.address("node"))
    }
    #expect(rows.count == 17)
  }

  @Test func draws() throws {
    let rows = try rows("draw")
    for row in rows {
      let (seed, number) = (try row.digest("seed"), try row.number("number"))
      if let ticket = row.json["ticket"]?.string {
        #expect(Sortition.ticket(seed: seed, number: number) == UInt128(ticket))
      }
      let admitted = try Sortition.admittedFrom(
        seed: seed, number: number, startedAt: UInt64(row.count("startedAt")),
        claimWindow: UInt64(row.count("claimWindow")))
      #expect(try admitted == UInt64(row.count("admittedFrom")))
    }
    #expect(rows.count == 100)
  }

  /// What a node of a chain may tell: nothing traps.
  @Test func drawsAtTheLimits() {
    for number in 0..<100 {
      let time = Sortition.admittedFrom(
        seed: .zero, number: UInt256(number), startedAt: .max - 5, claimWindow: .max)
      #expect(time >= UInt64.max - 5)
      let early = Sortition.admittedFrom(
        seed: .zero, number: UInt256(number), startedAt: 0, claimWindow: .max)
      #expect(early <= UInt64.max / 2)
    }
  }

  private func address(_ number: UInt8) throws -> Address {
    try Address(bytes: [UInt8](repeating: number, count: 20))
  }
}
