public import Ethereum
public import Hashing
public import Records

/// What a verifier demands of an attestation.
public struct GPUDemands: Sendable {
  /// His seed; nil where any will do.
  public var seed: Digest32?
  /// How long it may take until the record is there, and how long it took by his clock; nil where he does not look.
  public var time: (limit: Duration, taken: Duration)?
  /// Whose records he takes; none where anybody's.
  public var signers: [Address]
  /// How many bytes must have been filled; nil for three quarters of what the inventory says.
  public var memory: Int?
  /// How many cells must be opened.
  public var openings: Int

  /// Makes them from their parts.
  public init(
    seed: Digest32? = nil, time: (limit: Duration, taken: Duration)? = nil,
    signers: [Address] = [], memory: Int? = nil, openings: Int = ArrayShape.defaultOpenings
  ) {
    self.seed = seed
    self.time = time
    self.signers = signers
    self.memory = memory
    self.openings = openings
  }
}

/// How an attestation fares against demands, check by check.
public struct GPUVerdict: Sendable {
  /// What failed, with the reason; what passed has none.
  public private(set) var checks: [(name: String, reason: String?)] = []

  /// Whether nothing failed.
  public var isOK: Bool { checks.allSatisfy { $0.reason == nil } }

  /// `{"ok","checks"}`, as `sr-proof verify` writes it.
  public var json: JSON {
    let checks = self.checks.map { check -> JSON in
      var object: JSONObject = [
        "name": .string(check.name), "status": check.reason == nil ? "passed" : "failed",
      ]
      object["reason"] = check.reason.map { .string($0) }
      return .object(object)
    }
    return ["ok": .bool(isOK), "checks": .array(checks)]
  }

  /// Judges; `gpu` is the inventory that the record shows, which must be the one that is signed.
  public init(_ attestation: GPUAttestation, gpu: JSON?, _ demands: GPUDemands) {
    let statement = attestation.statement
    let signer = attestation.signer
    judge("signature", signer == statement.node ? nil : "it is not \(statement.node)'s")
    if !demands.signers.isEmpty {
      judge("signer", demands.signers.contains(statement.node) ? nil : "it is by \(statement.node)")
    }
    if let seed = demands.seed {
      judge("seed", statement.seed == seed ? nil : "it is \(statement.seed)")
    }
    if let time = demands.time {
      judge(
        "time",
        time.taken <= time.limit
          ? nil
          : "it came after \(JSONNumber(time.taken)) s, not within \(JSONNumber(time.limit)) s")
    }
    judge("gpu", gpu == .object(statement.gpu) ? nil : "the record's \"gpu\" is not what is signed")
    judge("memory", Self.lack(of: statement, demands.memory))
    do throws(ArrayFault) {
      guard statement.shape.openings >= demands.openings else {
        throw ArrayFault("\(statement.shape.openings) cells are opened, not \(demands.openings)")
      }
      try statement.challenge.check(attestation.evidence)
      judge("openings", nil)
    } catch { judge("openings", error.description) }
  }

  private mutating func judge(_ name: String, _ reason: String?) {
    checks.append((name, reason))
  }

  private static func lack(of statement: GPUStatement, _ wanted: Int?) -> String? {
    let filled = statement.shape.byteCount
    let told = statement.gpu["memory"]?.integer
    // Another layout of as many bytes may be easier to fill with less.
    guard ArrayShape(fitting: filled, openings: statement.shape.openings) == statement.shape else {
      return "\(filled) bytes are not laid out in \(statement.shape.lanes) lanes"
    }
    if let told, filled > told { return "\(filled) bytes were filled, of \(told) that it has" }
    if let wanted {
      return filled >= wanted ? nil : "\(filled) bytes were filled, not \(wanted)"
    }
    guard let told, told >= 0 else { return "the inventory does not tell how much there is" }
    return filled >= told / 4 * 3
      ? nil : "\(filled) bytes were filled, less than three quarters of \(told)"
  }
}
