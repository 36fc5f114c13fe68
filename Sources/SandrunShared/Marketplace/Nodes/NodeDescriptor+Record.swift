public import Ethereum
public import Records

extension NodeDescriptor {
  /// What a record's member `node` says of a node that an account operates, as `sr-node describe` writes it.
  ///
  /// An `address` there must be that account; `issuedAt` is `now`, to the millisecond. Members of the machine that are no
  /// part of a descriptor are left out, and so is what is null.
  public init(
    node: JSONObject, of address: Address, now: Timestamp
  ) throws(DescriptorError) {
    if let named = node["address"], named.string.flatMap({ Address($0) }) != address {
      throw DescriptorError(
        "node.address", "is \(named.string ?? named.kind), and the key is that of \(address)")
    }
    var object: JSONObject = ["version": node["version"] ?? .integer(Self.version)]
    object["address"] = .string("\(address)")
    object["endpoint"] = node["endpoint"] ?? ""
    for name in ["region", "gpus", "cpu", "storage", "interpreters", "price"] {
      object[name] = node[name].map(Self.withoutNulls)
    }
    let issuedAt = Timestamp(
      seconds: now.seconds, nanoseconds: now.nanoseconds / 1_000_000 * 1_000_000)
    object["issuedAt"] = .string("\(issuedAt)")
    do throws(DescriptorError) { try self.init(object) } catch {
      // The caller knows it by the record's name.
      throw DescriptorError("node" + error.member.dropFirst("descriptor".count), error.problem)
    }
  }

  private static func withoutNulls(_ value: JSON) -> JSON {
    switch value {
    case .object(let object):
      .object(
        JSONObject(
          object.members.filter { $0.value != .null }.map {
            .init(name: $0.name, value: withoutNulls($0.value))
          }))
    case .array(let elements): .array(elements.map(withoutNulls))
    default: value
    }
  }

  /// Whether another says the same, whenever it was written.
  public func isLike(_ other: NodeDescriptor) -> Bool {
    var copy = self
    copy.issuedAt = other.issuedAt
    return copy == other
  }
}
