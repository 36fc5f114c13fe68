import Ethereum
import Hashing
import IPFS
import NodeAPI
import Records
import Testing

@Suite struct JobStatusTests {
  private let code = CID(SHA256.hash(Array("code".utf8)), codec: .raw)
  private let specification = CID(SHA256.hash(Array("spec".utf8)), codec: .raw)

  private func signer(_ byte: UInt8 = 7) throws -> Signer {
    let secret = [UInt8](repeating: byte, count: 32)
    return Signer(try PrivateKey(SecretBytes(copying: secret.span)))
  }

  private func finished(by signer: Signer) throws -> JobStatus {
    let id = try #require(JobID("00112233445566778899aabbccddeeff"))
    var status = JobStatus(
      id: id, state: .completed, specification: specification, code: code, worker: signer.address)
    let empty = Hex.digits(SHA256.hash([]).bytes)
    status.result = [
      "status": "completed", "exitCode": 0,
      "outputs": ["cid": .string("\(code)"), "files": []],
      "logs": ["stdout": ["sha256": .string(empty)], "stderr": ["sha256": .string(empty)]],
      "usage": [
        "cpuSeconds": 0, "wallSeconds": .number(try #require(JSONNumber("0.25"))), "memoryPeak": 1,
      ],
    ]
    status.proof = ["cid": .string("\(specification)")]
    status.outputs = [.init(path: "a/b.txt", size: 3, sha256: SHA256.hash([1, 2, 3]))]
    status.finishedAt = try Timestamp("2026-01-02T03:04:05Z")
    status.signature = signer.sign(try #require(status.statement).digest)
    return status
  }

  @Test func whatANodeWritesAClientReads() throws {
    let status = try finished(by: try signer())
    var read = try JobStatus(try JSON(parsing: status.json.bytes))
    #expect(read.measures?["wall_time_ms"] == 250)
    #expect(read.measures?["exit_code"] == 0)
    read.measures = nil
    #expect(read == status)
  }

  @Test func aSignatureHoldsForTheStatementAlone() throws {
    let signer = try signer()
    let status = try finished(by: signer)
    #expect(status.isSigned(by: signer.address))
    let other = try self.signer(8)
    #expect(!status.isSigned(by: other.address))
    var changed = status
    changed.state = .failed
    #expect(!changed.isSigned(by: signer.address))
    changed = status
    changed.proof = ["cid": .string("\(code)")]
    #expect(!changed.isSigned(by: signer.address))
    changed = status
    changed.code = specification
    #expect(!changed.isSigned(by: signer.address))
    changed = status
    changed.signature = nil
    #expect(!changed.isSigned(by: signer.address))
  }

  @Test func theStatementIsEightLinesOfText() throws {
    let lines = try #require(try finished(by: try signer()).statement).message
      .split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count == 8)
    #expect(lines[0] == "sandrun result")
    #expect(lines[1] == "00112233445566778899aabbccddeeff")
    #expect(lines[3] == "completed")
    #expect(lines[4] == "0")
    #expect(lines[5] == "\(code)")
  }

  @Test func aNodeOfAnotherKindTellsLess() throws {
    let text =
      #"{"job_id":"job-1a","status":"running","worker_metadata":{"worker_id":"B64=","signature":"x"}}"#
    let status = try JobStatus(try JSON(parsing: Array(text.utf8)))
    #expect(status.state == .running)
    #expect(status.worker == nil && status.signature == nil && status.statement == nil)
  }

  @Test(arguments: [
    (#"{"status":"queued"}"#, "job_id"), (#"{"job_id":"../a","status":"queued"}"#, "job_id"),
    (#"{"job_id":"a","status":"odd"}"#, "status"),
    (#"{"job_id":"a","status":"queued","spec_cid":"x"}"#, "spec_cid"),
    (#"{"job_id":"a","status":"queued","output_files":{"b":{"size_bytes":-1}}}"#, "output_files.b"),
    (#"{"job_id":"a","status":"queued","output_files":[]}"#, "output_files"),
    (#"{"job_id":"a","status":"queued","result":3}"#, "result"),
    (#"{"job_id":"a","status":"queued","started_at":"noon"}"#, "started_at"),
    (#"[]"#, "job_id"),
  ])
  func aBadAnswerIsNamed(_ text: String, _ member: String) throws {
    let json = try JSON(parsing: Array(text.utf8))
    #expect(throws: APIError(member)) { try JobStatus(json) }
  }
}
