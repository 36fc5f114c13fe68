public import Records

/// What is told of a device, each thing with its value or, where its source cannot tell, with null and the reason.
public struct Facts: Equatable, Sendable {
  /// The members, in the order in which they were asked for.
  public private(set) var members: JSONObject = [:]
  /// For each member that is null, and for what does not hold where it should, why.
  public private(set) var reasons: JSONObject = [:]

  /// That the device is gone, where a source said so: which call, and its code.
  public private(set) var loss: String?

  /// Nothing is known yet.
  public init() {}

  /// Takes what a source tells, or why it does not.
  public mutating func ask<Reason: Error & CustomStringConvertible>(
    _ name: String, _ answer: () throws(Reason) -> JSON
  ) {
    do {
      members[name] = try answer()
    } catch {
      if let silence = error as? Unanswered, silence.isLoss { loss = loss ?? silence.description }
      lack(name, because: error.description)
    }
  }

  /// Notes that nobody can tell.
  public mutating func lack(_ name: String, because reason: String) {
    members[name] = .null
    reasons[name] = .string(reason)
  }

  /// Sets that something does not hold, and why.
  mutating func deny(_ name: String, because reason: String) {
    members[name] = false
    reasons[name] = .string(reason)
  }

  /// Sets what is known.
  public mutating func set(_ name: String, to value: JSON) { members[name] = value }

  /// What is known under a name; nil where nothing is.
  public subscript(_ name: String) -> JSON? {
    members[name] == .null ? nil : members[name]
  }

  /// All of it as one object, the reasons last.
  public var json: JSONObject {
    var object = members
    object["reasons"] = .object(reasons)
    return object
  }
}
