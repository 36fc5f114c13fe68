internal import Commands
internal import Ethereum
internal import Hashing
internal import IPFS
internal import Marketplace
internal import MarketplaceClient
internal import NodeClient
internal import Proofs
internal import Records
internal import SystemPackage

/// The proof of a node that agrees: what it signed on the chain, and its file where that could be had.
struct AgreedProof: Sendable {
  let opening: MarketEvent.Opening
  let cid: CID?
  let path: FilePath?

  /// The element of `proofs`.
  var json: JSONObject {
    var entry: JSONObject = [:]
    entry["path"] = path.map { .string($0.string) }
    entry["cid"] = cid.map { .string("\($0)") }
    entry["resultHash"] = opening.resultHash.map { .string("\($0)") }
    entry["traceRoot"] = .string("\(opening.traceRoot)")
    entry["node"] = .string("\(opening.node)")
    entry["signature"] = .string(Hex.encode(opening.signature))
    return entry
  }
}

extension EscrowedJobs {
  /// How long a proof that nobody gives yet is waited for: nodes show nothing before some blocks lie on their openings.
  private static let patience = Duration.seconds(60)

  /// Brings the proofs of those that agree; one that cannot be had is told of.
  func proofs(
    _ openings: [MarketEvent.Opening], from endpoints: [Endpoint]
  ) async throws(Failure) -> [AgreedProof] {
    let end = ContinuousClock.now + Self.patience
    var found: [Address: FilePath] = [:]
    while true {
      let isLast = ContinuousClock.now >= end
      for opening in openings where found[opening.node] == nil {
        do throws(Failure) {
          found[opening.node] = try await proof(of: opening, from: endpoints)
        } catch {
          if error.code == Failure.interrupted.code { throw error }
          let words = "the proof of \(opening.node) could not be had: \(error.message)"
          if isLast { world.note(words) } else { world.detail(words) }
        }
      }
      if found.count == openings.count || isLast { break }
      do { try await Task.sleep(for: .seconds(1)) } catch { throw .interrupted }
    }
    return openings.map { opening in
      AgreedProof(
        opening: opening, cid: try? CID(parsing: opening.proofCID), path: found[opening.node])
    }
  }

  private func proof(
    of opening: MarketEvent.Opening, from endpoints: [Endpoint]
  ) async throws(Failure) -> FilePath {
    guard let cid = try? CID(parsing: opening.proofCID) else {
      throw Failure(.data, "\(JSON.string(opening.proofCID).text) is no CID")
    }
    try await bring(cid, from: endpoints, bytes: Nodes.longestProof)
    return try nodes.lay(proof: cid)
  }

  private func bring(
    _ cid: CID, from endpoints: [Endpoint], bytes: Int
  ) async throws(Failure) {
    try await sources.bring(
      [cid], into: ContentStore(try nodes.repository()), from: endpoints,
      limits: ContentLimits(bytes: bytes))
  }

  /// The member `result` on which nodes agree, its outputs in the local repository.
  ///
  /// From what a node says of its run, else from the statement in a proof: either way it must come to the chain's hash.
  func result(
    _ record: Record, _ hash: Digest32, _ job: MarketJob, told: [HeardNode],
    proofs: [AgreedProof], from endpoints: [Endpoint]
  ) async throws(Failure) -> JSONObject {
    var last: Failure?
    // Usage and logs are one run's own: they are to be those of a run whose proof is at hand.
    let backed = Set(proofs.filter { $0.path != nil }.map(\.opening.node))
    let told = told.filter { node in
      backed.isEmpty || node.reference.address.map { backed.contains($0) } == true
    }
    for node in told {
      guard let outputs = node.job.outputs else { continue }
      do throws(Failure) {
        try await bring(outputs, from: endpoints, bytes: Self.room(in: record))
        try nodes.check(node.job.files, in: outputs, from: node.reference.endpoint)
        return node.job.result
      } catch {
        if error.code == Failure.interrupted.code { throw error }
        world.note(error.message)
        last = error
      }
    }
    for proof in proofs {
      guard let statement = try statement(of: proof, hash, in: record),
        let outputs = statement.outputs
      else { continue }
      do throws(Failure) {
        try await bring(outputs, from: endpoints, bytes: Self.room(in: record))
        return result(statement, try nodes.files(in: outputs))
      } catch {
        if error.code == Failure.interrupted.code { throw error }
        world.note(error.message)
        last = error
      }
    }
    throw Failure(
      .unavailable,
      "job \(job.jobId): nodes agree on \(hash), and nobody gives its outputs"
        + (last.map { ": \($0.message)" } ?? ""),
      code: "outputs-missing",
      hint:
        "feed the record again; a result that nobody shows can be challenged with 'sr-chain challenge'",
      isRetryable: true)
  }

  /// A job's files lie in its memory; their blocks have names and links beside.
  private static func room(in record: Record) -> Int {
    let memory = (try? record.object("job"))??["memory"]?.integer ?? 16 << 30
    let (room, overflow) = memory.addingReportingOverflow(memory / 16 + 64 << 20)
    return overflow ? .max : room
  }

  /// What a node states of its run in the proof, where it is its own word and comes to the hash; nil, told of, where not.
  private func statement(
    of proof: AgreedProof, _ hash: Digest32, in record: Record
  ) throws(Failure) -> Statement? {
    guard let path = proof.path else { return nil }
    func aside(_ reason: String) {
      world.note("the proof of \(proof.opening.node) is set aside: \(reason)")
    }
    do {
      let descriptor = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
      defer { try? descriptor.close() }
      let summary = try ProofSummary(descriptor, named: path).json
      guard summary["signedBy"]?.string == "\(proof.opening.node)", let told = summary["statement"]
      else {
        aside("another signed it")
        return nil
      }
      let statement = try Statement(parsing: told.bytes)
      let run = try RunRecord(record)
      guard statement.specification.sha256 == run.specification?.digest,
        statement.code.sha256 == run.code?.sha256,
        let specification = statement.specification.sha256, let code = statement.code.sha256,
        let outputs = statement.outputs?.sha256, let exit = statement.exit.hashedStatus,
        ResultHash.of(
          specification: specification, code: code, outputs: outputs, exitStatus: exit) == hash
      else {
        aside("its statement does not come to \(hash)")
        return nil
      }
      return statement
    } catch {
      aside("\(error)")
      return nil
    }
  }

  private func result(_ statement: Statement, _ files: [ResultFile]) -> JSONObject {
    var result: JSONObject = ["status": .string(statement.exit.status)]
    result["exitCode"] = statement.exit.exitCode.map { .integer($0) }
    result["outputs"] = [
      "cid": statement.outputs.map { .string("\($0)") } ?? .null,
      "files": .array(files.map(\.json)),
    ]
    let usage = statement.usage.json
    result["usage"] = usage
    result["executionTime"] = usage["wallSeconds"]
    return result
  }
}
