public import IPFS
public import NodeAPI
public import Records
internal import Ethereum
public import Hashing
internal import Marketplace

/// What a node says of a job that is over, held against what was submitted; of what it sends nothing else is taken.
public struct FinishedJob: Sendable {
  /// The member `result`, made anew of the parts that the tools know.
  public let result: JSONObject
  /// The files of `result.outputs`, in their order.
  public let files: [ResultFile]
  /// The folder of outputs; nil where there are none.
  public let outputs: CID?
  /// The element for `proofs`, without `path`; nil where the run has no proof.
  public let proof: JSONObject?
  /// The proof's file.
  public let proofCID: CID?
  /// What nodes must agree on; nil where the run was ended, or the node is of another kind.
  public let resultHash: Digest32?

  /// Judges the final status of a job; throws 76 where the node broke the protocol, and how the job failed to be run.
  public init(
    _ status: JobStatus, of reference: JobReference, submittedAs record: Record
  ) throws(Failure) {
    try Self.check(status, of: reference, submittedAs: record)
    guard let told = status.result ?? Self.foreign(status) else {
      guard status.state == .cancelled else {
        let reason = status.error.map { ": \($0)" } ?? ""
        throw Failure(
          .unavailable, "\(reference.endpoint) could not run the job\(reason)", code: "not-run",
          isRetryable: false)
      }
      (result, files, outputs, proof, proofCID) = (Self.cancelled, [], nil, nil, nil)
      resultHash = nil
      return
    }
    do throws(APIError) {
      let checked = try JobResult(told)
      guard checked.status == status.state.rawValue else { throw APIError("result.status") }
      guard checked.outputs != nil || checked.files.isEmpty || reference.address == nil else {
        throw APIError("result.outputs.cid")
      }
      result = checked.json
      files = checked.files
      outputs = checked.outputs
      proof = try status.proof.map { (entry) throws(APIError) in
        try Self.proof(entry, by: reference.address)
      }
      proofCID = proof?["cid"]?.string.flatMap { try? CID(parsing: $0) }
      let hash = Self.resultHash(of: checked, status)
      resultHash = hash
      guard proof == nil || proof?["resultHash"] == hash.map({ .string("\($0)") }) else {
        throw APIError("proof.resultHash")
      }
    } catch {
      throw Failure(.protocolViolation, "bad answer from \(reference.endpoint): \(error)")
    }
  }

  private static func check(
    _ status: JobStatus, of reference: JobReference, submittedAs record: Record
  ) throws(Failure) {
    func refuse(_ what: String) -> Failure {
      Failure(.protocolViolation, "\(reference.endpoint) \(what)", code: "node-lies")
    }
    guard status.id == reference.id else {
      throw refuse("answers for job \(status.id) where \(reference.id) was asked for")
    }
    if let address = reference.address, !status.isSigned(by: address) {
      throw refuse("did not sign its result as \(address)")
    }
    if let job = try record.object("job"), let told = status.specification {
      let own: Specification
      do throws(CanonicalError) { own = try Specification(of: job) } catch {
        throw Failure(.data, "malformed 'job': \(error)")
      }
      guard told.sha256 == own.digest else {
        throw refuse("ran another job: its specification is \(told)")
      }
    }
    guard let code = try record.object("code") else { return }
    for (name, told) in [("cid", status.code), ("spec", status.specification)] {
      guard let told else { continue }
      guard let own = code[name]?.string.flatMap({ try? CID(parsing: $0) }) else { continue }
      guard own.v1 == told.v1 else {
        throw refuse("ran another job: its \(name) is \(told), not \(own)")
      }
    }
  }

  /// The hash that the proof of this result must claim; nil where the run was ended and there is none.
  private static func resultHash(of result: JobResult, _ status: JobStatus) -> Digest32? {
    guard result.json["reason"] == nil, result.json["signal"] == nil, result.status != "cancelled",
      let code = result.json["exitCode"]?.integer.flatMap(UInt8.init(exactly:)),
      let outputs = result.outputs?.sha256, let specification = status.specification?.sha256,
      let folder = status.code?.sha256
    else { return nil }
    return ResultHash.of(
      specification: specification, code: folder, outputs: outputs, exitStatus: code)
  }

  /// The result that a node of another kind tells by its measures and its list of files; nil where it tells none.
  private static func foreign(_ status: JobStatus) -> JSONObject? {
    guard let measures = status.measures else { return nil }
    var result: JSONObject = ["status": .string(status.state.rawValue)]
    result["exitCode"] = measures["exit_code"]
    let files = status.outputs.map { file -> JSON in
      [
        "path": .string(file.path), "size": .integer(file.size),
        "sha256": .string(Hex.digits(file.sha256.bytes)),
      ]
    }
    result["outputs"] = ["cid": .null, "files": .array(files)]
    let wall = measures["wall_time_ms"]?.integer.map { milliseconds in
      JSON.number(JSONNumber(Duration.milliseconds(max(0, milliseconds))))
    }
    result["usage"] = [
      "cpuSeconds": measures["cpu_seconds"] ?? .null, "wallSeconds": wall ?? .null,
      "memoryPeak": measures["memory_peak_bytes"] ?? .null,
    ]
    result["executionTime"] = wall
    return result
  }

  /// How a job ends that was cancelled before it was started.
  private static let cancelled: JSONObject = [
    "status": "cancelled", "outputs": ["cid": .null, "files": []],
  ]

  /// The parts of a proof's entry, each of its own shape.
  private static func proof(
    _ entry: JSONObject, by address: Address?
  ) throws(APIError) -> JSONObject {
    guard let cid = entry["cid"]?.string.flatMap({ try? CID(parsing: $0) }) else {
      throw APIError("proof.cid")
    }
    guard let node = entry["node"]?.string.flatMap({ Address($0) }), node == address ?? node else {
      throw APIError("proof.node")
    }
    guard let root = entry["traceRoot"]?.string.flatMap({ try? Digest32(hex: $0) }) else {
      throw APIError("proof.traceRoot")
    }
    var checked: JSONObject = ["cid": .string("\(cid)")]
    if let text = entry["resultHash"], text != .null {
      guard let hash = text.string.flatMap({ try? Digest32(hex: $0) }) else {
        throw APIError("proof.resultHash")
      }
      checked["resultHash"] = .string("\(hash)")
    }
    checked["traceRoot"] = .string("\(root)")
    checked["node"] = .string("\(node)")
    if let text = entry["signature"], text != .null {
      guard let signature = text.string.flatMap({ try? Signature(parsing: $0) }) else {
        throw APIError("proof.signature")
      }
      checked["signature"] = .string("\(signature)")
    }
    return checked
  }
}
