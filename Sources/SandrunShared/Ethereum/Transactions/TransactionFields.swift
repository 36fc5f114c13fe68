public import Records
public import WideInteger

/// The members of a record's `tx`: what a user or an earlier verb has said of a transaction, complete or not.
public struct TransactionFields: Sendable {
  /// Whom a transaction calls, if anybody.
  public enum Recipient: Hashable, Sendable {
    /// Nobody: it creates a contract, and says so by `null`.
    case creation
    case address(Address)
    /// A name that somebody has to resolve: of ENS, or of a registered contract.
    case name(String)
  }

  /// The form.
  public var type: Transaction.Kind?
  /// The chain.
  public var chainId: UInt256?
  /// The sender's account.
  public var from: Address?
  /// The sender's count of transactions.
  public var nonce: UInt64?
  /// Whom it calls; nil where nothing is said, so that no transaction can be made.
  public var to: Recipient?
  /// What it moves, in wei.
  public var value: UInt256?
  /// The call's data.
  public var data: [UInt8]?
  /// What to call where `data` is to be made of it: `transfer(address,uint256)`.
  public var function: String?
  /// The arguments of the call, as the ABI's JSON has them.
  public var args: [JSON]?
  /// The most gas.
  public var gas: UInt64?
  /// What a unit of gas costs, in wei; types 0 and 1.
  public var gasPrice: UInt256?
  /// The most that a unit of gas may cost, in wei; types 2 to 4.
  public var maxFeePerGas: UInt256?
  /// What of it is for the block's builder, in wei.
  public var maxPriorityFeePerGas: UInt256?
  /// What the transaction will touch.
  public var accessList: [AccessListEntry]?
  /// The permissions of type 4.
  public var authorizationList: [Authorization]?
  /// The blobs of type 3.
  public var blobs: Transaction.Blobs?

  /// No members.
  public init() {}

  /// Reads the members that are there; those that are null count as absent, and unknown ones are passed over.
  ///
  /// Alone `to` says something by `null`: that a contract is created, so that a lost or misspelt `to` never does.
  public init(_ members: JSONObject) throws(TransactionMemberError) {
    let reader = TransactionMembers(members)
    type = try reader.kind("type")
    chainId = try reader.number("chainId")
    from = try reader.address("from")
    nonce = try reader.small("nonce")
    to = try reader.recipient("to")
    value = try reader.amount("value")
    data = try reader.bytes("data")
    function = try reader.text("function")
    args = try reader.array("args")
    gas = try reader.small("gas")
    gasPrice = try reader.amount("gasPrice")
    maxFeePerGas = try reader.amount("maxFeePerGas")
    maxPriorityFeePerGas = try reader.amount("maxPriorityFeePerGas")
    accessList = try reader.accessList("accessList")
    authorizationList = try reader.authorizations("authorizationList")
    blobs = try reader.blobs()
    if to == .creation, function != nil {
      throw reader.error("function", "calls nobody, where \"to\": null creates a contract")
    }
    guard nonce != .max else { throw reader.error("nonce", "above 2^64 - 2 (EIP-2681)") }
  }

  /// The members of a transaction that is complete.
  public init(_ transaction: Transaction, from: Address? = nil) {
    type = transaction.type
    chainId = transaction.chainId
    self.from = from
    nonce = transaction.nonce
    to = transaction.to.map { .address($0) } ?? .creation
    value = transaction.value
    data = transaction.data
    gas = transaction.gas
    switch transaction.fees {
    case .price(let price): gasPrice = price
    case .dynamic(let cap, let tip): (maxFeePerGas, maxPriorityFeePerGas) = (cap, tip)
    }
    accessList = transaction.type == .legacy ? nil : transaction.accessList
    authorizationList = transaction.type == .setCode ? transaction.authorizationList : nil
    blobs = transaction.blobs
  }

  /// The transaction, where the members are complete; throws what is missing or does not fit the type.
  ///
  /// A chain is wanted in every type; without a value it is 0, without data none.
  public func transaction() throws(TransactionMemberError) -> Transaction {
    let type = try Self.wanted(type, "type")
    let recipient: Address?
    switch to {
    case .name(let name): throw TransactionMemberError("to", "\(JSON.string(name)) is no address")
    case .address(let address): recipient = address
    case .creation: recipient = nil
    case nil: throw TransactionMemberError("to", nil)
    }
    if data == nil, function != nil { throw TransactionMemberError("data", nil) }
    let chainId = try Self.wanted(chainId, "chainId")
    let nonce = try Self.wanted(nonce, "nonce")
    let gas = try Self.wanted(gas, "gas")
    let fees = try fees(of: type)
    do throws(TransactionError) {
      return try Transaction(
        type: type, chainId: chainId, nonce: nonce, to: recipient, value: value ?? 0,
        data: data ?? [], gas: gas, fees: fees, accessList: accessList ?? [],
        authorizationList: authorizationList ?? [], blobs: blobs)
    } catch {
      throw TransactionMemberError(error)
    }
  }

  private func fees(of type: Transaction.Kind) throws(TransactionMemberError) -> Transaction.Fees {
    guard type.hasDynamicFees else {
      guard maxFeePerGas == nil, maxPriorityFeePerGas == nil else {
        let name = maxFeePerGas == nil ? "maxPriorityFeePerGas" : "maxFeePerGas"
        throw TransactionMemberError(.unfit(name, type))
      }
      return .price(try Self.wanted(gasPrice, "gasPrice"))
    }
    guard gasPrice == nil else { throw TransactionMemberError(.unfit("gasPrice", type)) }
    return .dynamic(
      cap: try Self.wanted(maxFeePerGas, "maxFeePerGas"),
      tip: try Self.wanted(maxPriorityFeePerGas, "maxPriorityFeePerGas"))
  }

  private static func wanted<Value>(
    _ value: Value?, _ name: String
  ) throws(TransactionMemberError) -> Value {
    guard let value else { throw TransactionMemberError(name, nil) }
    return value
  }
}

/// What is wrong with a member of a record's `tx`.
public struct TransactionMemberError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The member, with those around it: `accessList[0].address`; nil where it is all of them together.
  public var member: String?
  /// What is wrong with it; nil where it is missing.
  public var reason: String?

  /// Makes an error.
  public init(_ member: String?, _ reason: String?) {
    self.member = member
    self.reason = reason
  }

  /// Members that do not make up a transaction.
  init(_ error: TransactionError) {
    switch error {
    case .missing(let name, _), .unfit(let name, _), .outOfRange(let name):
      self.init(name, error.description)
    default: self.init(nil, error.description)
    }
  }

  /// `tx.nonce: above 2^64 - 2`, or `the transaction has no nonce`.
  public var description: String {
    guard let reason else { return "the transaction has no \(member ?? "members")" }
    return member.map { "tx.\($0): \(reason)" } ?? "tx: \(reason)"
  }

  /// Whether the member is only missing, so that `build` may add it.
  public var isMissing: Bool { reason == nil }
}
