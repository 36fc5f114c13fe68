internal import Envelopes
public import Ethereum
internal import Hashing
internal import IPFS
internal import Marketplace
public import Records

/// What a node signs once a run is over: the statement in the proof file, and the claim in the record.
public struct Attestation: Sendable {
  /// The statement.
  public let statement: Statement
  /// The line that ends the proof file, without its newline.
  public let line: [UInt8]
  private let signature: Signature?

  /// States what the record and the trace agree on, and signs it; throws where they differ or something is missing.
  public init(
    _ record: RunRecord, _ trace: ProofTrace, signedBy signer: Signer
  ) throws(Failure) {
    guard let specification = record.specificationCID, let code = record.code else {
      throw Failure(.data, "the record has no \"code\"", hint: "run 'sr-ipfs add' first")
    }
    if let job = record.specification, job.digest != specification.sha256 {
      throw Failure(.data, "the record's \"job\" is not the one that code.spec names")
    }
    let exit = RunExit(trace.exit)
    try Self.compare("exit", record.result.flatMap { RunExit(.object($0)) }, exit)
    try Self.compare("code.cid", code.v1, Self.cid(trace.start.code))
    try Self.compare("code.spec", specification.v1, Self.cid(trace.start.specification))
    try Self.compare("outputs", record.outputs?.v1, trace.end.outputs.flatMap(Self.cid))
    var hash: Digest32?
    if let status = exit.hashedStatus, let outputs = record.outputs?.sha256,
      let specification = specification.sha256, let code = code.sha256
    {
      hash = ResultHash.of(
        specification: specification, code: code, outputs: outputs, exitStatus: status)
    }
    let statement = Statement(
      specification: specification.v1, code: code.v1, outputs: record.outputs?.v1,
      traceRoot: trace.root, leaves: trace.leaves, exit: exit, usage: trace.exit.usage,
      node: signer.address, resultHash: hash, escrow: record.escrow?.job)
    self.init(statement, escrow: record.escrow, signedBy: signer)
  }

  /// Signs a statement, and the claim that goes with it.
  init(
    _ statement: Statement, escrow: (job: EscrowedJob, verifier: Address)?,
    signedBy signer: Signer
  ) {
    self.statement = statement
    let envelope = Envelope(statement, signedBy: signer)
    line = (["type": "attestation", "envelope": envelope.json] as JSON).bytes
    signature = statement.resultHash
      .flatMap { Claim(statement, resultHash: $0, escrow: escrow) }
      .map { signer.sign($0.digest) }
  }

  /// The element for `proofs`: the file's path and the claim; without hash and signature where the run was ended.
  public func entry(path: String) -> JSON {
    var entry: JSONObject = ["path": .string(path)]
    entry["resultHash"] = statement.resultHash.map { .string($0.description) }
    entry["traceRoot"] = .string(statement.traceRoot.description)
    entry["node"] = .string(statement.node.description)
    entry["signature"] = signature.map { .string($0.description) }
    return .object(entry)
  }

  private static func cid(_ text: String) -> CID? { (try? CID(parsing: text))?.v1 }

  private static func compare<T: Equatable>(
    _ name: String, _ told: T?, _ traced: T?
  ) throws(Failure) {
    guard told == traced else {
      throw Failure(.data, "the trace and the record differ on \(name)")
    }
  }
}
