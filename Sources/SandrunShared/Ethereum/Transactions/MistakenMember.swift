internal import Records

/// A member of `tx` that is none of ours, but that somebody must have meant as one.
///
/// Other members are let through untouched. These are not: what their author meant to send would silently stay away.
struct MistakenMember: Equatable {
  /// The member as it stands.
  let name: String
  /// The member that is meant.
  let meant: String

  /// What JSON-RPC and other programs call our members, in lower case and without marks between words.
  private static let aliases = [
    "input": "data", "calldata": "data", "gaslimit": "gas", "amount": "value", "recipient": "to",
    "sender": "from", "maxfee": "maxFeePerGas", "maxpriorityfee": "maxPriorityFeePerGas",
    "priorityfee": "maxPriorityFeePerGas", "tip": "maxPriorityFeePerGas", "method": "function",
    "arguments": "args", "params": "args", "authorizations": "authorizationList",
  ]
  private static let names =
    TransactionFields.names + ["function", "args", "raw", "hash", "sent", "once"]

  /// The first such member; nil where there is none.
  init?(in members: JSONObject) {
    for member in members.members where !Self.names.contains(member.name) {
      guard let meant = Self.meant(by: member.name) else { continue }
      name = member.name
      self.meant = meant
      return
    }
    return nil
  }

  private static func meant(by name: String) -> String? {
    // No name of ours is longer; a member may be.
    guard name.utf8.count <= 40 else { return nil }
    let plain = Self.plain(name)
    if let meant = aliases[plain] { return meant }
    return names.first { plain == Self.plain($0) || Self.isSlip(plain, of: Self.plain($0)) }
  }

  private static func plain(_ name: String) -> String {
    name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
  }

  /// Whether one letter is wrong, missing, too much, or in its neighbour's place; short words are too near to each other.
  private static func isSlip(_ text: String, of name: String) -> Bool {
    guard name.utf8.count >= 5 else { return false }
    let (one, other) = (Array(text.utf8), Array(name.utf8))
    let start = zip(one, other).prefix { $0 == $1 }.count
    let end = zip(one[start...].reversed(), other[start...].reversed()).prefix { $0 == $1 }.count
    let (odd, missing) = (one[start..<(one.count - end)], other[start..<(other.count - end)])
    if odd.count <= 1, missing.count <= 1 { return true }
    return odd.count == 2 && missing.count == 2 && Array(odd.reversed()) == Array(missing)
  }
}
