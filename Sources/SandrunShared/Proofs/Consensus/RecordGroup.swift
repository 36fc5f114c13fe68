internal import Ethereum
public import Hashing
internal import IPFS
public import Records

/// The records of one job that several nodes ran, to be judged together.
///
/// It keeps one record for each result, and of the others their proofs, checks and nodes.
public struct RecordGroup: Sendable {
  /// What the records of one group have in common: specification and escrow.
  public struct Key: Hashable, Sendable {
    private let parts: [String]

    /// The key of a record; throws where it names no specification.
    public init(_ record: Record) throws(Failure) {
      let run = try RunRecord(record)
      guard let specification = run.specificationCID else {
        throw Failure(
          .data, "the record has no \"code.spec\" to group it by", hint: "run 'sr-ipfs add' first")
      }
      parts =
        ["\(specification.v1)"]
        + (run.escrow.map { ["\($0.job.chainID)", "\($0.job.contract)", "\($0.job.jobID)"] } ?? [])
    }
  }

  private var records: [(hash: Digest32?, record: Record)] = []
  private var proofs: [[UInt8]] = []
  private var claims: [ProofEntry] = []
  private var checks: [JSON] = []
  private var nodes: [JSON] = []

  /// A group without records.
  public init() {}

  /// Takes a record in; throws, and takes nothing, where it is malformed or there are too many proofs.
  public mutating func add(_ record: Record) throws(Failure) {
    let hash = try RunRecord(record).resultHash
    let entries = try record.proofs()
    let texts = try record.proofTexts()
    let judged = try record.object("verdict")?["checks"]?.elements ?? []
    var added = self
    for (index, entry) in entries.enumerated() {
      // A line that is fed twice is the same proof.
      var claim = entry
      claim.path = nil
      guard !claims.contains(claim) else { continue }
      for check in judged where check["proof"]?.integer == index {
        guard var object = check.object else { continue }
        object["proof"] = .integer(added.proofs.count)
        added.checks.append(.object(object))
      }
      added.proofs.append(texts[index])
      added.claims.append(claim)
    }
    guard added.proofs.count <= Record.mostProofs else {
      throw Failure(.data, "more than \(Record.mostProofs) proofs of one job")
    }
    for node in try record.object("run")?["nodes"]?.elements ?? []
    where !nodes.contains(where: { $0["address"] == node["address"] }) {
      added.nodes.append(node)
    }
    if !records.contains(where: { $0.hash == hash }) { added.records.append((hash, record)) }
    self = added
  }

  /// One record with all proofs and checks: of those that came in, the first with this result, or the first of all.
  public func record(of hash: Digest32?) throws(Failure) -> Record {
    guard let found = records.first(where: { $0.hash == hash }) ?? records.first else {
      throw Failure(.internalError, "a group without records")
    }
    var record = found.record
    record = record.setting("proofs", toText: Self.array(proofs))
    if !checks.isEmpty || record.has("verdict") {
      let isOK = !checks.isEmpty && checks.allSatisfy { $0["status"] == "passed" }
      record = record.setting("verdict", to: ["ok": .bool(isOK), "checks": .array(checks)])
    }
    guard var run = try record.object("run") else { return record }
    run["nodes"] = .array(nodes)
    return record.setting("run", to: .object(run))
  }

  private static func array(_ texts: [[UInt8]]) -> [UInt8] {
    [UInt8(ascii: "[")] + texts.joined(separator: [UInt8(ascii: ",")]) + [UInt8(ascii: "]")]
  }
}

extension Record {
  /// The elements of `proofs` byte for byte.
  fileprivate func proofTexts() throws(Failure) -> [[UInt8]] {
    guard let text = text.text(of: "proofs"), try self["proofs"] != .null else { return [] }
    do {
      return try ArrayText(parsing: Array(text)).elements
    } catch {
      throw Failure(.data, "malformed \"proofs\": \(error)")
    }
  }
}
