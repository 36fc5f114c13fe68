public import Ethereum
public import Hashing
public import Marketplace
public import Records

/// What a node commits itself to, and opens afterwards: the result of its own run, or that it could not run the job.
public struct JobResult: Equatable, Sendable {
  /// The hash of the result; nil for "could not run".
  public var resultHash: Digest32?
  /// The CID of the proof; of the reason where it could not run, or nothing.
  public var proofCID: String
  /// The root of the trace; zero where it could not run.
  public var traceRoot: Digest32
  /// The proof's own signature of the result, where it has one.
  public var signature: Signature?
  /// The element of a record's `proofs` that tells it; nil where none does.
  var element: JSON?

  /// Makes a result.
  public init(
    resultHash: Digest32, proofCID: String, traceRoot: Digest32, signature: Signature? = nil
  ) {
    self.resultHash = resultHash
    self.proofCID = proofCID
    self.traceRoot = traceRoot
    self.signature = signature
  }

  private init(reason: String) {
    resultHash = nil
    proofCID = reason
    traceRoot = .zero
  }

  /// That the job could not be run, with the CID of the reason.
  public static func couldNotRun(_ reason: String = "") -> JobResult { JobResult(reason: reason) }

  /// What a record says of a node's own run: of its proof, a run without a result hash being one that could not run.
  ///
  /// A record whose commitment was made as "could not run" stays that. Throws 65 where there is no proof of the node, or
  /// where it is not whole.
  public init(of record: Record, by node: Address) throws(Failure) {
    if try record.couldNotRun(node) {
      self = .couldNotRun()
      return
    }
    let found = try record.ownProofs(node)
    guard let proof = found.first else {
      throw Failure(
        .data, "the record has no proof of \(node)", code: "no-proof",
        hint: "'sr-proof build' adds it; '--could-not-run' commits to a run that failed before")
    }
    guard found.dropFirst().allSatisfy({ $0["resultHash"] == proof["resultHash"] }) else {
      throw Failure(.data, "the record has two results of \(node)", code: "two-results")
    }
    let cid = proof["cid"]?.string ?? ""
    guard let hash = proof["resultHash"], hash != .null else {
      self = .couldNotRun(cid)
      element = proof
      return
    }
    func digest(_ name: String) throws(Failure) -> Digest32 {
      guard let digest = proof[name]?.string.flatMap({ try? Digest32(hex: $0) }), digest != .zero
      else { throw Failure(.data, "malformed \"proofs\": no valid \"\(name)\"") }
      return digest
    }
    guard !cid.isEmpty else {
      throw Failure(
        .data, "the proof has no CID", code: "no-cid", hint: "'sr-ipfs add' gives it one")
    }
    var signature: Signature?
    if let value = proof["signature"], value != .null {
      signature = value.string.flatMap { try? Signature(parsing: $0) }
      guard signature != nil else {
        throw Failure(.data, "malformed \"proofs\": no valid \"signature\"")
      }
    }
    self.init(
      resultHash: try digest("resultHash"), proofCID: cid, traceRoot: try digest("traceRoot"),
      signature: signature)
    element = proof
  }

  /// The commitment to it that a node's secret makes.
  public func commitment(
    to jobId: Digest32, of node: Address, salt: Digest32
  ) throws(Failure) -> Commitment {
    do throws(CommitmentError) {
      return try Commitment(
        jobId: jobId, node: node, resultHash: resultHash ?? .zero, proofCID: proofCID, salt: salt)
    } catch { throw Failure(.data, "the proof has \(error)") }
  }
}

extension Record {
  /// The member of a node's element in `escrow.commitments` that says it could not run the job.
  static let couldNotRunName = "couldNotRun"

  /// The record with the mark of a node that could not run the job at its commitment, so that this is what is opened.
  public func markingCouldNotRun(_ node: Address) throws(Failure) -> Record {
    guard var escrow = try object("escrow"), var elements = escrow["commitments"]?.elements else {
      return self
    }
    for (index, element) in elements.enumerated() where element["node"]?.string == "\(node)" {
      guard var object = element.object else { continue }
      object[Self.couldNotRunName] = true
      elements[index] = .object(object)
    }
    escrow["commitments"] = .array(elements)
    return setting("escrow", to: .object(escrow))
  }

  /// The record with what a node committed to in the place of what it says itself: another run has another proof.
  public func telling(_ result: JobResult, of node: Address) throws(Failure) -> Record {
    guard let element = result.element else {
      return result.resultHash == nil ? try markingCouldNotRun(node) : self
    }
    let isTold = try ownProofs(node).contains {
      $0["cid"] == element["cid"] && $0["resultHash"] == element["resultHash"]
    }
    guard !isTold else { return self }
    var others: [JSON] = []
    if let proofs = try self["proofs"]?.elements {
      others = proofs.filter { $0["node"]?.string.flatMap { Address($0) } != node }
    }
    return setting("proofs", to: .array(others + [element]))
  }

  /// Whether the node's commitment was made as "could not run" whatever the record says else.
  fileprivate func couldNotRun(_ node: Address) throws(Failure) -> Bool {
    let commitments = try object("escrow")?["commitments"]?.elements ?? []
    return commitments.contains {
      $0["node"]?.string == "\(node)" && $0[Self.couldNotRunName] == true
    }
  }

  /// The elements of `proofs` that are a node's.
  fileprivate func ownProofs(_ node: Address) throws(Failure) -> [JSON] {
    guard let proofs = try self["proofs"], proofs != .null else { return [] }
    guard let elements = proofs.elements, elements.count <= 256 else {
      throw Failure(.data, "\"proofs\" is no array of at most 256 elements")
    }
    return elements.filter { $0["node"]?.string.flatMap { Address($0) } == node }
  }
}
