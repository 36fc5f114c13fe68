import Envelopes
import Ethereum
import Hashing
import Files
import Records
import SystemPackage
import TestSupport
import Testing

@testable import Proofs

#if canImport(Glibc)
  import Glibc
#endif

/// A committed proof of the fixture's run: whoever changes the format changes this file too, and says so.
///
/// `SANDRUN_RECORD=1` writes it anew.
@Suite struct GoldenProofTests {
  private static let file = Vectors.own.appending("proof.jsonl.zst")
  private static let record = Vectors.own.appending("proof.json")

  @Test func theCommittedProofStillPasses() async throws {
    let run = try RunFixture(escrowed: true)
    if unsafe getenv("SANDRUN_RECORD") != nil {
      let (file, entry) = try await run.prove()
      var record = run.record
      record["proofs"] = [entry]
      try Files.writeAtomically(file, to: Self.file)
      try Files.writeAtomically(JSON.object(record).bytes + [0x0A], to: Self.record)
    }
    let record = try Record(parsing: Array(try Files.read(Self.record).dropLast()))
    let proof = try Files.read(Self.file)
    let verification = Verification(
      record: try RunRecord(record), signers: [run.node.address], repository: run.repository)
    let descriptor = try run.folder.file(proof, "golden")
    defer { try? descriptor.close() }
    let entry = try #require(try record.proofs().first)
    let checks = verification.checks(of: entry, in: descriptor, named: "golden")
    #expect(checks.count == 12 && checks.allSatisfy { $0.status == .passed }, "\(checks)")
  }

  /// All but what libzstd's version decides: the frames' bytes, and so the root and what is signed over it.
  @Test func theSameRunIsWrittenTheSameWay() async throws {
    let run = try RunFixture(escrowed: true)
    let golden = try readAll(try Files.read(Self.file)).text.split(separator: "\n")
    let new = try readAll(try await run.prove().file).text.split(separator: "\n")
    #expect(golden.dropLast() == new.dropLast())
    func statement(_ lines: [Substring]) throws -> Statement {
      let line = try JSON(parsing: Array((lines.last ?? "").utf8))
      return try Statement(parsing: try Envelope(line["envelope"]).payload)
    }
    var written = try statement(new)
    let expected = try statement(golden)
    written.traceRoot = expected.traceRoot
    #expect(written == expected && written.json == expected.json)
  }

  /// What is signed, as eth-account 0.13.7 computed it from the committed files; it recovers the node from both.
  @Test func whatIsSignedIsWhatOthersCompute() throws {
    let record = try Record(parsing: Array(try Files.read(Self.record).dropLast()))
    let entry = try #require(try record.proofs().first)
    let lines = try readAll(try Files.read(Self.file)).text.split(separator: "\n")
    let line = try JSON(parsing: Array((lines.last ?? "").utf8))
    let envelope = try Envelope(line["envelope"])
    let message = PersonalMessage.digest(of: envelope.preAuthenticationEncoding)
    #expect(
      message.description == "0x710b930e3f614d615b8e1e0927dfde0685ba8acfdfc2f8bc5dd5958700a9fe98")
    let statement = try Statement(parsing: envelope.payload)
    let hash = try #require(entry.resultHash)
    let claim = Claim(statement, resultHash: hash, escrow: try RunRecord(record).escrow)
    #expect(
      claim?.digest.description
        == "0x3fcec518228c23c83e83797d5fe9fb3352c9ddd9796dfe03119e51808ad88c81")
  }
}
