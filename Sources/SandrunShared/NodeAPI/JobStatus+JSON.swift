public import Ethereum
internal import Hashing
internal import IPFS
public import Records

extension JobStatus {
  /// The body of the answer.
  public var json: JSON {
    var object: JSONObject = [
      "job_id": .string("\(id)"), "status": .string(state.rawValue),
      "queue_position": position.map { .integer($0) } ?? .null,
    ]
    object["submitted_at"] = submittedAt.map { .string("\($0)") }
    object["started_at"] = startedAt.map { .string("\($0)") }
    object["finished_at"] = finishedAt.map { .string("\($0)") }
    object["starts"] = .integer(starts)
    if let result { object["execution_metadata"] = .object(Self.metadata(result)) }
    if !isHidden, let hash = statement?.jobHash {
      object["job_hash"] = .string(Hex.digits(hash.bytes))
    }
    object["spec_cid"] = specification.map { .string("\($0)") }
    object["code_cid"] = code.map { .string("\($0)") }
    object["output_files"] = .object(
      JSONObject(
        outputs.map { file in
          JSONObject.Member(
            name: file.path,
            value: [
              "size_bytes": .integer(file.size),
              "sha256": .string(Hex.digits(file.sha256.bytes)), "type": "file",
            ])
        }))
    object["outputs_cid"] = result?["outputs"]?["cid"] ?? .null
    object["proof_cid"] = proof?["cid"] ?? .null
    object["result"] = result.map { .object($0) }
    object["proof"] = proof.map { .object($0) }
    object["error"] = error.map { .string($0) }
    object["log_size"] = .integer(logSize)
    object["escrow"] = escrow
    if isHidden { object["hidden"] = true }
    object["worker_metadata"] = [
      "worker_id": worker.map { .string("\($0)") } ?? .null,
      "signature": signature.map { .string("\($0)") } ?? .null,
    ]
    return .object(object)
  }

  /// The measures that other clients know by these names.
  private static func metadata(_ result: JSONObject) -> JSONObject {
    var object: JSONObject = [:]
    object["exit_code"] = result["exitCode"] ?? .null
    object["cpu_seconds"] = result["usage"]?["cpuSeconds"] ?? .null
    object["memory_peak_bytes"] = result["usage"]?["memoryPeak"] ?? .null
    if case .number(let seconds)? = result["usage"]?["wallSeconds"],
      let value = Double(seconds.description)
    {
      object["wall_time_ms"] = .integer(Int(max(0, min(value * 1000, 1e15))))
    }
    object["signal"] = result["signal"]
    object["reason"] = result["reason"]
    return object
  }

  /// Reads an answer, trusting none of it; throws `APIError` naming the member.
  ///
  /// The signature is read, not judged: see `isSigned(by:)`.
  public init(_ json: JSON) throws(APIError) {
    guard let id = json["job_id"]?.string.flatMap({ JobID($0) }) else { throw APIError("job_id") }
    guard let state = json["status"]?.string.flatMap(JobState.init) else {
      throw APIError("status")
    }
    self.init(
      id: id, state: state, specification: try Self.cid(json, "spec_cid"),
      code: try Self.cid(json, "code_cid"),
      worker: json["worker_metadata"]?["worker_id"]?.string.flatMap { Address($0) })
    position = json["queue_position"]?.integer
    submittedAt = try Self.time(json["submitted_at"], "submitted_at")
    startedAt = try Self.time(json["started_at"], "started_at")
    finishedAt = try Self.time(json["finished_at"], "finished_at")
    starts = json["starts"]?.integer ?? 0
    result = try Self.object(json["result"], "result")
    measures = try Self.object(json["execution_metadata"], "execution_metadata")
    proof = try Self.object(json["proof"], "proof")
    error = json["error"]?.string
    logSize = max(0, json["log_size"]?.integer ?? 0)
    escrow = try Self.object(json["escrow"], "escrow").map { .object($0) }
    isHidden = json["hidden"]?.boolean ?? false
    outputs = try Self.outputs(json["output_files"])
    if let text = json["worker_metadata"]?["signature"], text != .null, worker != nil {
      guard let signature = text.string.flatMap({ try? Signature(parsing: $0) }) else {
        throw APIError("worker_metadata.signature")
      }
      self.signature = signature
    }
  }

  private static func cid(_ json: JSON, _ name: String) throws(APIError) -> CID? {
    guard let text = json[name], text != .null else { return nil }
    guard let cid = cid(text) else { throw APIError(name) }
    return cid
  }

  /// Whether the node signed what it says of the finished job.
  public func isSigned(by address: Address) -> Bool {
    guard let signature, let statement, worker == address else { return false }
    return signature.isValid(for: statement.digest, by: address)
  }

  private static func outputs(_ json: JSON?) throws(APIError) -> [OutputFile] {
    guard let json, json != .null else { return [] }
    guard let members = json.object?.members else { throw APIError("output_files") }
    var files: [OutputFile] = []
    for member in members {
      guard let size = member.value["size_bytes"]?.integer, size >= 0,
        let sha256 = digest(member.value["sha256"])
      else { throw APIError("output_files.\(member.name)") }
      files.append(OutputFile(path: member.name, size: size, sha256: sha256))
    }
    return files
  }

  private static func object(_ json: JSON?, _ name: String) throws(APIError) -> JSONObject? {
    guard let json, json != .null else { return nil }
    guard let object = json.object else { throw APIError(name) }
    return object
  }

  private static func time(_ json: JSON?, _ name: String) throws(APIError) -> Timestamp? {
    guard let json, json != .null else { return nil }
    guard let time = json.string.flatMap({ try? Timestamp($0) }) else { throw APIError(name) }
    return time
  }
}
