internal import Hashing
public import Records
internal import WideInteger

extension TransactionFields {
  /// The names of the members that are known, in the order in which they are written.
  static let names = [
    "type", "chainId", "from", "nonce", "to", "value", "data", "gas", "gasPrice", "maxFeePerGas",
    "maxPriorityFeePerGas", "accessList", "maxFeePerBlobGas", "blobVersionedHashes",
    "authorizationList",
  ]

  /// The members that are set, in their order; `to` is null where a contract is created.
  public var members: JSONObject {
    var members: [JSONObject.Member] = []
    func add(_ name: String, _ value: JSON?) {
      if let value { members.append(.init(name: name, value: value)) }
    }
    add("type", type.map { .integer($0.rawValue) })
    add("chainId", chainId.map { .integer($0) })
    add("from", from.map { .string("\($0)") })
    add("nonce", nonce.map { .integer($0) })
    switch to {
    case .address(let address): add("to", .string("\(address)"))
    case .name(let name): add("to", .string(name))
    case .creation: add("to", .null)
    case nil: break
    }
    add("value", value.map { .string("\($0)") })
    add("data", data.map { .string(Hex.encode($0)) })
    add("gas", gas.map { .integer($0) })
    add("gasPrice", gasPrice.map { .string("\($0)") })
    add("maxFeePerGas", maxFeePerGas.map { .string("\($0)") })
    add("maxPriorityFeePerGas", maxPriorityFeePerGas.map { .string("\($0)") })
    add("accessList", accessList.map { .array($0.map(\.json)) })
    add("maxFeePerBlobGas", blobs.map { .string("\($0.maxFeePerGas)") })
    add("blobVersionedHashes", blobs.map { .array($0.hashes.map { .string("\($0)") }) })
    add("authorizationList", authorizationList.map { .array($0.map(\.json)) })
    add("function", function.map { .string($0) })
    add("args", args.map { .array($0) })
    return JSONObject(members)
  }
}

extension AccessListEntry {
  /// The entry as a record has it.
  public var json: JSON {
    [
      "address": .string("\(address)"), "storageKeys": .array(storageKeys.map { .string("\($0)") }),
    ]
  }
}

extension Authorization {
  /// The permission as a record has it: `chainId`, `address`, `nonce`, `yParity`, `r`, `s`.
  public var json: JSON {
    [
      "chainId": .integer(terms.chainId), "address": .string("\(terms.address)"),
      "nonce": .integer(terms.nonce), "yParity": .integer(yParity),
      "r": .string(Hex.encode(r.bytes)), "s": .string(Hex.encode(s.bytes)),
    ]
  }

  /// Reads what `json` writes; `tx.authorization` stands for it in errors.
  public init(_ members: JSONObject) throws(TransactionMemberError) {
    guard
      let one = try TransactionMembers(["authorizationList": [.object(members)]])
        .authorizations("authorizationList")?.first
    else { preconditionFailure("a list of one has a first element") }
    self = one
  }
}

extension Authorization.Terms {
  /// Reads `chainId`, `address` and `nonce`; other members are passed over.
  public init(_ members: JSONObject) throws(TransactionMemberError) {
    self = try TransactionMembers(members, in: "authorization.").terms()
  }
}

extension JSON {
  /// A number from 256 bits.
  fileprivate static func integer(_ value: UInt256) -> JSON {
    JSONNumber(value.description).map { .number($0) } ?? .null
  }
}
