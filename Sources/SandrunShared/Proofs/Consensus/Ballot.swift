public import Ethereum
public import Hashing
public import Records

/// What one node says came out of a job.
public struct Vote: Equatable, Sendable {
  /// The place in `proofs`.
  public var proof: Int
  /// Who says it.
  public var node: Address
  /// The result; nil where a limit or a signal ended the run.
  public var resultHash: Digest32?
}

/// Who voted for what: one vote a node, and only from proofs that were judged and found good.
public struct Ballot: Sendable {
  /// A proof that counts for nothing.
  public struct Rejected: Equatable, Sendable {
    /// The place in `proofs`.
    public var proof: Int
    /// Who is named as its node.
    public var node: Address?
    /// Why.
    public var reason: String
  }

  /// The votes, in the order of the proofs.
  public private(set) var votes: [Vote] = []
  /// The proofs that are no vote, in their order.
  public private(set) var rejected: [Rejected] = []
  /// Whether the proofs' own words were taken, judged or not.
  public let isUnverified: Bool

  /// Reads `proofs` and, in `verdict.checks`, how each was judged.
  ///
  /// Throws where nothing was judged, unless told to take each node's word.
  public init(_ record: Record, takingTheirWord isUnverified: Bool = false) throws(Failure) {
    self.isUnverified = isUnverified
    let entries = try record.proofs()
    if isUnverified {
      for (index, entry) in entries.enumerated() { add(entry, index, Judged()) }
      return
    }
    guard let checks = try record.object("verdict")?["checks"]?.elements else {
      throw Failure(
        .missingInput, "the record's proofs were not judged",
        hint: "run 'sr-proof verify' before; --unverified takes each node's word")
    }
    let own = try RunRecord(record).resultHash
    let isEscrowed = record.has("escrow")
    let judged = entries.indices.map { Judged(checks, of: $0) }
    let liars = Self.liars(entries, judged)
    for (index, entry) in entries.enumerated() {
      // A result other than the record's own is another vote, and no fault of the proof.
      let differs = entry.resultHash != nil && entry.resultHash != own
      let needed = Check.Name.allCases.filter { name in
        switch name {
        case .outputs, .exit: !differs
        case .escrow: isEscrowed
        default: true
        }
      }
      if let node = entry.node, liars.contains(node) {
        reject(entry, index, "the node has signed two results")
      } else if judged[index].node != entry.node {
        reject(entry, index, "not judged by 'sr-proof verify'")
      } else if let name = needed.first(where: { !judged[index].passed.contains($0) }) {
        let reason = judged[index].reasons[name].map { ": \($0)" } ?? ""
        reject(entry, index, "the check '\(name)' did not pass\(reason)")
      } else {
        add(entry, index, judged[index])
      }
    }
  }

  private mutating func add(_ entry: ProofEntry, _ index: Int, _ judged: Judged) {
    guard let node = entry.node else { return reject(entry, index, "the record names no node") }
    guard !votes.contains(where: { $0.node == node }) else {
      return reject(entry, index, "the node has voted before")
    }
    votes.append(Vote(proof: index, node: node, resultHash: entry.resultHash))
  }

  private mutating func reject(_ entry: ProofEntry, _ index: Int, _ reason: String) {
    rejected.append(Rejected(proof: index, node: entry.node, reason: reason))
  }

  /// The nodes whose signatures stand under two results: their word is worth nothing.
  private static func liars(_ entries: [ProofEntry], _ judged: [Judged]) -> Set<Address> {
    var signed: [Address: Set<Digest32>] = [:]
    for (entry, judged) in zip(entries, judged) where judged.passed.contains(.claim) {
      guard let node = entry.node, let hash = entry.resultHash, judged.node == node else {
        continue
      }
      signed[node, default: []].insert(hash)
    }
    return Set(signed.filter { $0.value.count > 1 }.keys)
  }
}

/// How one proof was judged.
private struct Judged {
  var node: Address?
  var passed: Set<Check.Name> = []
  var reasons: [Check.Name: String] = [:]

  init() {}

  init(_ checks: [JSON], of proof: Int) {
    var others: Set<Check.Name> = []
    for check in checks where check["proof"]?.integer == proof {
      guard let name = check["name"]?.string.flatMap({ Check.Name(rawValue: $0) }) else { continue }
      node = node ?? check["node"]?.string.flatMap { Address($0) }
      if check["status"]?.string == Check.Status.passed.rawValue {
        passed.insert(name)
      } else {
        others.insert(name)
        reasons[name] = reasons[name] ?? check["reason"]?.string
      }
    }
    passed.subtract(others)
  }
}
