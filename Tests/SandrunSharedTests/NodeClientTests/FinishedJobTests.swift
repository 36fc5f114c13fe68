import Ethereum
import HTTP
import Hashing
import IPFS
import Marketplace
import NodeAPI
import Records
import Testing

@testable import NodeClient

@Suite struct FinishedJobTests {
  private let code = CID(SHA256.hash(Array("code".utf8)), codec: .dagPB)
  private let specification = CID(SHA256.hash(Array("spec".utf8)), codec: .raw)
  private let digest = Hex.digits(SHA256.hash([1]).bytes)

  private func signer(_ byte: UInt8 = 7) throws -> Signer {
    let secret = [UInt8](repeating: byte, count: 32)
    return Signer(try PrivateKey(SecretBytes(copying: secret.span)))
  }

  private func reference(_ signer: Signer) throws -> JobReference {
    JobReference(
      endpoint: try #require(Endpoint("http://127.0.0.1:1")),
      id: try #require(JobID("0123456789abcdef0123456789abcdef")), address: signer.address)
  }

  private func record() throws -> Record {
    Record(["code": ["cid": .string("\(code)"), "spec": .string("\(specification)")]])
  }

  private var result: JSONObject {
    let log: JSON = ["tail": "", "size": 0, "sha256": .string(digest), "truncated": false]
    return [
      "status": "completed", "exitCode": 0,
      "outputs": [
        "cid": .string("\(code)"),
        "files": [
          [
            "path": "a/b", "size": 1, "sha256": .string(digest), "cid": .string("\(specification)"),
          ]
        ],
      ],
      "logs": ["stdout": log, "stderr": log],
      "usage": ["cpuSeconds": 0, "wallSeconds": 1, "memoryPeak": .null], "executionTime": 1,
      "cost": .null, "trace": "/etc/passwd", "surprise": true,
    ]
  }

  private func status(_ signer: Signer, _ result: JSONObject?) throws -> JobStatus {
    var status = JobStatus(
      id: try reference(signer).id, state: .completed, specification: specification, code: code,
      worker: signer.address)
    status.result = result
    status.signature = signer.sign(try #require(status.statement).digest)
    return status
  }

  @Test func nothingButTheKnownPartsIsTaken() throws {
    let signer = try signer()
    let job = try FinishedJob(
      status(signer, result), of: reference(signer), submittedAs: record())
    #expect(
      job.result.members.map(\.name)
        == ["status", "exitCode", "outputs", "logs", "usage", "executionTime", "cost"])
    #expect(job.files.map(\.path) == ["a/b"])
    #expect(job.outputs == code)
    #expect(job.proof == nil)
  }

  @Test func anotherSignatureIsALie() throws {
    let signer = try signer()
    let other = try self.signer(8)
    let forged = try status(other, result)
    #expect { try FinishedJob(forged, of: reference(signer), submittedAs: record()) } throws: {
      ($0 as? Failure)?.status == .protocolViolation
    }
    var unsigned = try status(signer, result)
    unsigned.signature = nil
    #expect(throws: Failure.self) {
      try FinishedJob(unsigned, of: reference(signer), submittedAs: record())
    }
  }

  @Test func anotherJobIsALie() throws {
    let signer = try signer()
    var other = try status(signer, result)
    other.code = specification
    other.signature = signer.sign(try #require(other.statement).digest)
    #expect { try FinishedJob(other, of: reference(signer), submittedAs: record()) } throws: {
      ($0 as? Failure)?.message.contains("ran another job") ?? false
    }
  }

  @Test func aProofMustClaimThisResult() throws {
    let signer = try signer()
    var status = try status(signer, result)
    let own = try #require(code.sha256)
    let hash = ResultHash.of(
      specification: try #require(specification.sha256), code: own, outputs: own, exitStatus: 0)
    for (claimed, isRight) in [(hash, true), (own, false)] {
      status.proof = [
        "cid": .string("\(specification)"), "resultHash": .string("\(claimed)"),
        "traceRoot": .string("\(own)"), "node": .string("\(signer.address)"),
      ]
      status.signature = signer.sign(try #require(status.statement).digest)
      let job = try? FinishedJob(status, of: reference(signer), submittedAs: record())
      #expect((job?.proof?["resultHash"] == .string("\(hash)")) == isRight)
    }
  }

  @Test(arguments: [
    ("result.status", #"{"status":"failed"}"#), ("result.exitCode", #"{"exitCode":3}"#),
    ("result.exitCode", #"{"exitCode":256}"#), ("result.signal", #"{"signal":0}"#),
    ("result.reason", #"{"reason":"Be seeing you\u001b[2J"}"#),
    ("result.outputs.files[0].path", #"{"outputs":{"cid":null,"files":[{"path":1}]}}"#),
    ("result.outputs.cid", #"{"outputs":{"cid":"x"}}"#),
    ("result.logs.stdout", #"{"logs":{}}"#), ("result.executionTime", #"{"executionTime":-1}"#),
  ])
  func aBadResultIsNamed(_ member: String, _ change: String) throws {
    let signer = try signer()
    var bad = result
    let parts = try #require(try JSON(parsing: Array(change.utf8)).object)
    for part in parts.members { bad[part.name] = part.value }
    let status = try status(signer, bad)
    #expect { try FinishedJob(status, of: reference(signer), submittedAs: record()) } throws: {
      ($0 as? Failure)?.message.contains("'\(member)'") ?? false
    }
  }

  @Test(arguments: ["/etc/passwd", "../a", "a/../b", "a//b", "", ".", "a/", "a\0b"])
  func noFileLeadsOutOfItsFolder(_ path: String) {
    #expect(ResultFile(path: path, size: 1, sha256: digest, cid: nil) == nil)
  }

  @Test func aJobThatCouldNotRunIsAnError() throws {
    let signer = try signer()
    var failed = try status(signer, nil)
    failed.state = .failed
    failed.error = "no program \"julia\" on this machine"
    failed.signature = signer.sign(try #require(failed.statement).digest)
    #expect { try FinishedJob(failed, of: reference(signer), submittedAs: record()) } throws: {
      let failure = $0 as? Failure
      return failure?.status == .unavailable && failure?.message.contains("julia") ?? false
    }
  }

  @Test func aNodeOfAnotherKindTellsByMeasures() throws {
    let text = """
      {"job_id":"0123456789abcdef0123456789abcdef","status":"completed",
      "execution_metadata":{"cpu_seconds":0.5,"memory_peak_bytes":1024,"wall_time_ms":1500,"exit_code":0},
      "output_files":{"out.txt":{"size_bytes":1,"sha256":"\(digest)","type":"file"}}}
      """
    var reference = try reference(try signer())
    reference.address = nil
    let job = try FinishedJob(
      JobStatus(JSON(parsing: Array(text.utf8))), of: reference, submittedAs: Record())
    #expect(job.result["usage"]?["wallSeconds"]?.text == "1.5")
    #expect(job.files.map(\.path) == ["out.txt"])
    #expect(job.outputs == nil)
  }
}

@Suite struct EndpointTests {
  @Test(arguments: [
    ("http://127.0.0.1:8443", "http://127.0.0.1:8443"), ("http://h/", "http://h"),
    ("https://h:444/base/", "https://h:444/base"), ("http://[::1]:8", "http://[::1]:8"),
  ])
  func addressesAreRead(_ text: String, _ shown: String) throws {
    #expect(try #require(Endpoint(text)).description == shown)
  }

  @Test(arguments: [
    "", "h:80", "ftp://h", "http://", "http://u:p@h", "http://h?q", "http://h#f", "http://h:99999",
    "http://h /", "file:///etc", "http://h/a/../b", "http://h/%2e%2e",
  ])
  func othersAreNone(_ text: String) {
    #expect(Endpoint(text) == nil)
  }

  @Test func namesAreEncoded() throws {
    let endpoint = try #require(Endpoint("http://h:1/base"))
    #expect(
      endpoint.url("download", "x", "ä b", "..").description
        == "http://h:1/base/download/x/%C3%A4%20b/%2E%2E")
    #expect(
      endpoint.webSocketURL("logs", "x", query: ["offset": "7"]) == "ws://h:1/base/logs/x?offset=7")
  }
}
