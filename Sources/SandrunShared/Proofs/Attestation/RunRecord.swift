public import Ethereum
public import Hashing
public import IPFS
public import Marketplace
public import Records

/// What a record says of a run, as far as proofs are about it; each part is nil where the record has none.
public struct RunRecord: Sendable {
  /// The specification of `job`.
  public var specification: Specification?
  /// `code.cid`.
  public var code: CID?
  /// `code.spec`.
  public var specificationCID: CID?
  /// The members of `result`.
  public var result: JSONObject?
  /// `result.outputs.cid`.
  public var outputs: CID?
  /// `escrow`: the job's place on its chain, and the contract that checks claims.
  public var escrow: (job: EscrowedJob, verifier: Address)?
  /// The addresses of `run.nodes`; nil where the record has no `run`.
  public var nodes: [Address]?

  /// Reads the members; one that is there but malformed throws, with its name.
  public init(_ record: Record) throws(Failure) {
    if let job = try record.object("job") {
      do {
        specification = try Specification(of: job)
      } catch {
        throw Failure(.data, "malformed \"job\": \(error)")
      }
    }
    if let code = try record.object("code") {
      self.code = try Self.cid(code["cid"], "code.cid")
      specificationCID = try Self.cid(code["spec"], "code.spec")
    }
    result = try record.object("result")
    outputs = try Self.cid(result?["outputs"]?["cid"], "result.outputs.cid")
    if let escrow = try record.object("escrow") {
      guard let job = EscrowedJob(.object(escrow)),
        let verifier = escrow["verifier"]?.string.flatMap({ Address($0) })
      else {
        throw Failure(
          .data, "malformed \"escrow\": jobId, chainId, contract and verifier are needed")
      }
      self.escrow = (job, verifier)
    }
    if let run = try record.object("run") {
      var nodes: [Address] = []
      for node in run["nodes"]?.elements ?? [] {
        // A node of another kind goes by no address, and signs no proof.
        if node["address"] == .null { continue }
        guard let address = node["address"]?.string.flatMap({ Address($0) }) else {
          throw Failure(.data, "malformed \"run.nodes\": every node needs its address")
        }
        nodes.append(address)
      }
      self.nodes = nodes
    }
  }

  /// The hash of the result that the record itself tells; nil where its run was ended, or something is missing.
  public var resultHash: Digest32? {
    guard let status = result.flatMap({ RunExit(.object($0)) })?.hashedStatus,
      let specification = specificationCID?.sha256, let code = code?.sha256,
      let outputs = outputs?.sha256
    else { return nil }
    return ResultHash.of(
      specification: specification, code: code, outputs: outputs, exitStatus: status)
  }

  private static func cid(_ json: JSON?, _ name: String) throws(Failure) -> CID? {
    guard let json, json != .null else { return nil }
    guard let cid = json.string.flatMap({ try? CID(parsing: $0) }), cid.sha256 != nil else {
      throw Failure(.data, "\"\(name)\" is no CID with a SHA-256 digest")
    }
    return cid
  }
}

/// One element of `proofs`.
public struct ProofEntry: Equatable, Sendable {
  /// Where the proof file lies on this machine.
  public var path: String?
  /// The proof file's CID.
  public var cid: CID?
  /// The hash that was claimed.
  public var resultHash: Digest32?
  /// The trace root that was claimed.
  public var traceRoot: Digest32?
  /// Who claims.
  public var node: Address?
  /// The EIP-712 signature over the claim, 65 bytes.
  public var signature: [UInt8]?

  /// Reads an element; a member that is there but malformed throws, with its name.
  public init(_ json: JSON) throws(Failure) {
    guard json.object != nil else { throw Failure(.data, "\"proofs\" holds \(json.kind)") }
    func member<T>(_ name: String, _ read: (String) -> T?) throws(Failure) -> T? {
      guard let value = json[name], value != .null else { return nil }
      guard let found = value.string.flatMap(read) else {
        throw Failure(.data, "malformed \"proofs\": no valid \"\(name)\"")
      }
      return found
    }
    path = try member("path") { $0 }
    cid = try member("cid") { try? CID(parsing: $0) }
    resultHash = try member("resultHash") { try? Digest32(hex: $0) }
    traceRoot = try member("traceRoot") { try? Digest32(hex: $0) }
    node = try member("node") { Address($0) }
    signature = try member("signature") { try? Hex.decode($0) }
  }
}
