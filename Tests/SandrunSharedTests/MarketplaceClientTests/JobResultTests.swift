import Ethereum
import Hashing
import Marketplace
import MarketplaceClient
import Records
import Testing

/// What a node commits to, by a record.
@Suite("The result of a record") struct JobResultTests {
  private let ann: Address
  private let bob: Address

  init() throws {
    ann = try Address(bytes: [UInt8](repeating: 1, count: 20))
    bob = try Address(bytes: [UInt8](repeating: 2, count: 20))
  }

  private func proof(_ node: Address, _ change: (inout JSONObject) -> Void = { _ in }) -> JSON {
    var proof: JSONObject = [
      "path": "/somewhere", "cid": "bafkqaaa", "resultHash": .string("\(Keccak256.hash([1]))"),
      "traceRoot": .string("\(Keccak256.hash([2]))"), "node": .string("\(node)"),
    ]
    change(&proof)
    return .object(proof)
  }

  @Test("is that of the node's own proof") func own() throws {
    let record = Record(["proofs": [proof(bob) { $0["cid"] = "bob" }, proof(ann)]])
    let result = try JobResult(of: record, by: ann)
    #expect(result.resultHash == Keccak256.hash([1]) && result.proofCID == "bafkqaaa")
    #expect(result.traceRoot == Keccak256.hash([2]) && result.signature == nil)
  }

  @Test("is 'could not run' without a result hash, and where that was committed to") func none()
    throws
  {
    let ended = Record(["proofs": [proof(ann) { $0["resultHash"] = nil }]])
    let endedResult = try JobResult(of: ended, by: ann)
    #expect(endedResult.resultHash == nil && endedResult.proofCID == "bafkqaaa")
    #expect(endedResult.traceRoot == .zero && endedResult.signature == nil)
    let null = Record(["proofs": [proof(ann) { $0["resultHash"] = .null }]])
    let nullResult = try JobResult(of: null, by: ann)
    #expect(nullResult.resultHash == nil && nullResult.proofCID == "bafkqaaa")
    #expect(nullResult.traceRoot == .zero && nullResult.signature == nil)
    let escrow: JSON = ["commitments": [["node": .string("\(ann)"), "round": 0]]]
    let committed = Record(["escrow": escrow, "proofs": [proof(ann)]])
    #expect(try JobResult(of: committed, by: ann).resultHash != nil)
    let marked = try committed.markingCouldNotRun(ann)
    #expect(try JobResult(of: marked, by: ann) == .couldNotRun())
    #expect(try JobResult(of: committed.markingCouldNotRun(bob), by: ann).resultHash != nil)
  }

  @Test("is refused where there is none, or none that is whole") func bad() throws {
    func code(_ proofs: JSON) -> String? {
      do throws(Failure) {
        _ = try JobResult(of: Record(["proofs": proofs]), by: ann)
        return nil
      } catch { return error.code }
    }
    #expect(code([]) == "no-proof")
    #expect(code(.null) == "no-proof")
    #expect(code([proof(bob)]) == "no-proof")
    #expect(code([proof(ann) { $0["cid"] = nil }]) == "no-cid")
    #expect(code([proof(ann) { $0["traceRoot"] = nil }]) == "data")
    #expect(code([proof(ann) { $0["resultHash"] = "0x12" }]) == "data")
    let zero = JSON.string("\(Digest32.zero)")
    // Zero would be another thing than it says.
    #expect(code([proof(ann) { $0["resultHash"] = zero }]) == "data")
    #expect(
      code([proof(ann), proof(ann) { $0["resultHash"] = .string("\(Keccak256.hash([9]))") }])
        == "two-results")
    #expect(code([proof(ann), proof(ann)]) == nil)
    #expect(code(["far": "off"]) == "data")
  }

  @Test("makes the contract's commitment, and a CID too long makes none") func commitment() throws {
    let salt = Keccak256.hash([3])
    let job = Keccak256.hash([4])
    let result = JobResult.couldNotRun("why")
    let made = try result.commitment(to: job, of: ann, salt: salt)
    let expected = try Commitment(
      jobId: job, node: ann, resultHash: .zero, proofCID: "why", salt: salt)
    #expect(made == expected && !made.isOfResult)
    let long = JobResult.couldNotRun(String(repeating: "x", count: 129))
    #expect(throws: Failure.self) { try long.commitment(to: job, of: ann, salt: salt) }
  }
}
