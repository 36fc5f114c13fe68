public import Ethereum
public import Records

/// One named check of a proof and how it came out.
public struct Check: Equatable, Sendable {
  /// What is checked; the raw value is the name in a verdict.
  public enum Name: String, CaseIterable, Sendable {
    case format, trace, events, signature, signer, claim, specification, code, outputs, exit,
      result, escrow
  }

  /// How it came out.
  public enum Status: String, Sendable {
    case passed, failed, missing
  }

  /// What was checked.
  public var name: Name
  /// How it came out.
  public var status: Status
  /// Why it did not pass, or what passing does not cover.
  public var reason: String?

  /// Makes a check.
  public init(_ name: Name, _ status: Status, _ reason: String? = nil) {
    self.name = name
    self.status = status
    self.reason = reason
  }

  /// `{"name","proof","node"?,"status","reason"?}`: with the place of its proof in `proofs`, and the node named there.
  public func json(proof: Int, node: Address? = nil) -> JSON {
    var object: JSONObject = ["name": .string(name.rawValue), "proof": .integer(proof)]
    object["node"] = node.map { .string($0.description) }
    object["status"] = .string(status.rawValue)
    object["reason"] = reason.map { .string($0) }
    return .object(object)
  }
}

/// Why a check does not pass, on its way to the check.
enum Finding: Error {
  case failed(String)
  case missing(String)
}
