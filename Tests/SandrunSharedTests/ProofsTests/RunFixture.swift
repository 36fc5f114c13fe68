import Ethereum
import Files
import Hashing
import IPFS
import Marketplace
import Records
import SystemPackage

@testable import Proofs

/// A small run with everything a proof is held against: job, code, outputs in a repository, trace, result.
struct RunFixture {
  let folder: TemporaryFolder
  let repository: Repository
  var record: JSONObject
  /// The trace's text, as `exec` would have written it.
  var trace: String
  let node: Signer

  /// A key made of one repeated byte.
  static func signer(_ byte: UInt8) -> Signer {
    let secret = SecretBytes(copying: [UInt8](repeating: byte, count: 32).span)
    guard let key = try? PrivateKey(secret) else { fatalError("no key") }
    return Signer(key)
  }

  static let code = CID(hashing: Array("code".utf8), codec: .dagPB)

  init(
    escrowed: Bool = false, killed: Bool = false, node key: UInt8 = 1, output: String = "bee",
    exitCode: Int = 0, started: Int = 0, usage: TraceUsage = Sample.usage
  ) throws {
    node = Self.signer(key)
    folder = try TemporaryFolder()
    repository = try Repository(at: folder.path.appending("ipfs"))
    let file = Array(output.utf8)
    let leaf = try repository.put(file, codec: .raw)
    let directory = DAGNode(
      links: [.init(leaf, name: Array("b.txt".utf8), cumulativeSize: UInt64(file.count))],
      data: UnixFSData(.directory).bytes)
    let outputs = try repository.put(directory.bytes, codec: .dagPB)
    let job: JSONObject = [
      "id": "000102030405060708090a0b0c0d0e0f", "source": "/somewhere", "entrypoint": "hello.py",
      "args": ["1"], "memory": 536_870_912, "timeout": 60, "consensus": "1-of-1",
    ]
    let specification = CID(try Specification(of: job).digest, codec: .raw)
    let path = folder.path.appending("trace.jsonl.zst")
    var start = Sample.start
    start.code = Self.code.description
    start.specification = specification.description
    start.date.seconds += started
    let clock = StoppedClock()
    let writer = try TraceWriter(creating: path, start: start) { clock.now }
    try writer.output(.stdout, Array("hello\n".utf8).span)
    clock.advance(.seconds(1))
    try writer.sample(TraceSample(cpuTime: .milliseconds(100), memory: 8_000_000, processes: 1))
    let logs = try writer.exit(
      status: killed || exitCode != 0 ? "failed" : "completed", reason: killed ? "timeout" : nil,
      exitCode: killed ? nil : exitCode, signal: killed ? 9 : nil, usage: usage)
    let digest = SHA256.hash(file)
    try writer.finish(
      outputs: [.init(path: "b.txt", size: file.count, sha256: digest, cid: leaf.description)],
      folder: outputs.description)
    trace = try readAll(try Files.read(path)).text
    var result: JSONObject = [
      "status": .string(killed || exitCode != 0 ? "failed" : "completed")
    ]
    if killed { result["reason"] = "timeout" }
    result[killed ? "signal" : "exitCode"] = killed ? 9 : .integer(exitCode)
    result["outputs"] = [
      "cid": .string(outputs.description),
      "files": [
        [
          "path": "b.txt", "size": .integer(file.count),
          "sha256": .string(Hex.digits(digest.bytes)),
          "cid": .string(leaf.description),
        ]
      ],
    ]
    result["logs"] = [
      "stdout": [
        "tail": "hello\n", "size": 6, "sha256": .string(Hex.digits(logs.stdout.sha256.bytes)),
        "truncated": false,
      ]
    ]
    result["usage"] = usage.json
    record = [
      "job": .object(job),
      "code": [
        "cid": .string(Self.code.description), "size": 4,
        "spec": .string(specification.description),
      ],
      "result": .object(result),
    ]
    if escrowed {
      record["escrow"] = [
        "jobId": .string(SHA256.hash(Array("job".utf8)).description), "chainId": 1337,
        "contract": .string(Self.signer(3).address.description),
        "verifier": .string(Self.signer(4).address.description),
      ]
    }
  }

  /// Changes a member of a member of the record.
  mutating func set(_ path: String..., to value: JSON?) {
    func setting(_ object: JSONObject, _ path: ArraySlice<String>) -> JSONObject {
      var object = object
      guard let name = path.first else { return object }
      if path.count == 1 {
        object[name] = value
      } else {
        object[name] = .object(setting(object[name]?.object ?? [:], path.dropFirst()))
      }
      return object
    }
    record = setting(record, path[...])
  }

  /// A proof of the run as it is now: the file's bytes and the element for `proofs`.
  func prove(
    changing change: (inout Statement) -> Void = { _ in }
  ) async throws -> (file: [UInt8], entry: JSON) {
    let input = try folder.file(Array(trace.utf8), "trace.jsonl")
    let output = try folder.file([], "proof")
    defer {
      try? input.close()
      try? output.close()
    }
    var writer = ProofWriter(output, named: "proof")
    let facts = try await writer.add(trace: input, named: "trace.jsonl")
    let record = try RunRecord(Record(record))
    let attestation = try Attestation(record, facts, signedBy: node)
    var statement = attestation.statement
    change(&statement)
    let signed = Attestation(statement, escrow: record.escrow, signedBy: node)
    try writer.finish(attestation: signed.line)
    return (try Files.read(folder.path.appending("proof")), signed.entry(path: "/proof"))
  }

  /// The checks of a proof, by name.
  func judge(
    _ file: [UInt8], _ entry: JSON, signers: [Address]? = nil, asksNobody: Bool = false
  ) throws -> Verdict {
    let descriptor = try folder.file(file, "judged")
    defer { try? descriptor.close() }
    let verification = Verification(
      record: try RunRecord(Record(record)),
      signers: asksNobody ? nil : signers ?? [node.address], repository: repository)
    return Verdict(
      checks: verification.checks(of: try ProofEntry(entry), in: descriptor, named: "proof"))
  }
}

/// The names of the checks by how they came out.
struct Verdict {
  var checks: [Check]
  var failed: [Check.Name] { checks.filter { $0.status == .failed }.map(\.name) }
  var missing: [Check.Name] { checks.filter { $0.status == .missing }.map(\.name) }
  var isOK: Bool { checks.allSatisfy { $0.status == .passed } }
}
