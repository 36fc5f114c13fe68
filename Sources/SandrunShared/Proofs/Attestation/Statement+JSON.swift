internal import Ethereum
internal import Hashing
internal import IPFS
internal import Records

extension Statement {
  /// The statement as in-toto writes it: subjects with their digests, then the run as predicate.
  var json: JSON {
    var subjects: [JSON] = [
      Self.subject("specification", specification), Self.subject("code", code),
    ]
    if let outputs { subjects.append(Self.subject("outputs", outputs)) }
    subjects.append([
      "name": "trace", "digest": ["sha256": .string(Hex.digits(traceRoot.bytes))],
    ])
    var predicate: JSONObject = [
      "node": .string(node.description), "exit": exit.json, "usage": usage.json,
      "trace": ["root": .string(traceRoot.description), "leaves": .integer(leaves)],
    ]
    predicate["resultHash"] = resultHash.map { .string($0.description) }
    predicate["escrow"] = escrow?.json
    return [
      "_type": .string(Self.type), "subject": .array(subjects),
      "predicateType": .string(Self.predicateType), "predicate": .object(predicate),
    ]
  }

  private static func subject(_ name: String, _ cid: CID) -> JSON {
    [
      "name": .string(name), "uri": .string("ipfs://\(cid)"),
      // The digest is that of the root block, which binds the whole below it.
      "digest": ["sha256": .string(Hex.digits(cid.digest))],
    ]
  }

  /// Reads a statement; anything that this version would not have written itself is refused.
  public init(parsing payload: [UInt8]) throws(AttestationError) {
    let json: JSON
    do { json = try JSON(parsing: payload) } catch { throw .malformed(error) }
    let types = (json["_type"]?.string ?? "", json["predicateType"]?.string ?? "")
    guard types.0 == Self.type else { throw .unknownStatement(types.0) }
    guard types.1 == Self.predicateType else { throw .unknownStatement(types.1) }
    guard let predicate = json["predicate"] else { throw .badMember("predicate") }
    guard let subjects = json["subject"]?.elements else { throw .badMember("subject") }
    guard let specification = Self.cid("specification", in: subjects),
      let code = Self.cid("code", in: subjects)
    else { throw .badMember("subject") }
    guard let exit = RunExit(predicate["exit"]) else { throw .badMember("exit") }
    guard let text = predicate["node"]?.string, let node = Address(text) else {
      throw .badMember("node")
    }
    guard let usage = predicate["usage"].flatMap({ try? TraceUsage($0) }) else {
      throw .badMember("usage")
    }
    guard let root = Self.digest(predicate["trace"]?["root"]),
      let leaves = predicate["trace"]?["leaves"]?.integer
    else { throw .badMember("trace") }
    self.init(
      specification: specification, code: code, outputs: Self.cid("outputs", in: subjects),
      traceRoot: root, leaves: leaves, exit: exit, usage: usage, node: node,
      resultHash: Self.digest(predicate["resultHash"]),
      escrow: EscrowedJob(predicate["escrow"]))
    // One meaning, one text: an unknown member, or one that was not understood, shows here.
    guard self.json == json else { throw .badMember("predicate") }
  }

  private static func cid(_ name: String, in subjects: [JSON]) -> CID? {
    let subject = subjects.first { $0["name"]?.string == name }
    guard let uri = subject?["uri"]?.string, uri.hasPrefix("ipfs://") else { return nil }
    return try? CID(parsing: String(uri.dropFirst(7)))
  }

  private static func digest(_ json: JSON?) -> Digest32? {
    json?.string.flatMap { try? Digest32(hex: $0) }
  }
}

extension RunExit {
  /// `{"status","reason"?,"exitCode"?,"signal"?}`.
  var json: JSON {
    var object: JSONObject = ["status": .string(status)]
    object["reason"] = reason.map { .string($0) }
    object["exitCode"] = exitCode.map { .integer($0) }
    object["signal"] = signal.map { .integer($0) }
    return .object(object)
  }

  /// What an object with these members, among others, tells; nil where it has no status.
  init?(_ json: JSON?) {
    guard let json, let status = json["status"]?.string else { return nil }
    self.init(
      status: status, reason: json["reason"]?.string, exitCode: json["exitCode"]?.integer,
      signal: json["signal"]?.integer)
  }
}

extension EscrowedJob {
  /// `{"chainId","contract","jobId"}`.
  var json: JSON {
    [
      "chainId": .integer(chainID), "contract": .string(contract.description),
      "jobId": .string(jobID.description),
    ]
  }

  /// What an object with these members, among others, tells; nil where one is missing or malformed.
  init?(_ json: JSON?) {
    guard let chainID = json?["chainId"]?.integer, chainID > 0,
      let contract = json?["contract"]?.string.flatMap({ Address($0) }),
      let jobID = json?["jobId"]?.string.flatMap({ try? Digest32(hex: $0) })
    else { return nil }
    self.init(chainID: UInt64(chainID), contract: contract, jobID: jobID)
  }
}
