internal import Hashing
public import Records
internal import WideInteger

/// A record's `tx`: its members, what they say, and the signed transaction where `raw` holds one.
///
/// A record may come from a stranger: `raw` is decoded, and every other member must agree with it. A member that is
/// unknown, but looks like one of ours misspelt, is refused; others that are unknown are no business of ours.
public struct TransactionRecord: Sendable {
  /// The members as they came.
  public let members: JSONObject
  /// What they say.
  public let fields: TransactionFields
  /// What `raw` holds; nil where there is none.
  public let signed: SignedTransaction?

  /// Whether it tells people what it calls, beside the data.
  public var tellsCall: Bool { fields.function != nil || fields.args != nil }

  /// Reads the members; throws where `raw` is no transaction, or another member says something else.
  public init(_ members: JSONObject) throws(TransactionMemberError) {
    self.members = members
    if let mistaken = MistakenMember(in: members) {
      throw TransactionMemberError(
        mistaken.name, "no member of a transaction; is \(mistaken.meant) meant?")
    }
    self.fields = try TransactionFields(members)
    guard let raw = try TransactionMembers(members).bytes("raw") else {
      signed = nil
      return
    }
    do throws(TransactionError) { signed = try SignedTransaction(raw: raw) } catch {
      throw TransactionMemberError("raw", error.description)
    }
    try checkAgreement()
  }

  private func checkAgreement() throws(TransactionMemberError) {
    guard let signed else { return }
    let found = TransactionFields(signed.transaction, from: signed.from)
    try agree("type", fields.type, found.type)
    try agree("chainId", fields.chainId, found.chainId)
    guard fields.from ?? signed.from == signed.from else {
      throw TransactionMemberError("from", "the signature in raw is by \(signed.from)")
    }
    try agree("nonce", fields.nonce, found.nonce)
    try agree("to", fields.to, found.to)
    if found.to == .creation, fields.function != nil {
      throw TransactionMemberError("function", "raw calls nobody: it creates a contract")
    }
    try agree("value", fields.value, found.value)
    try agree("data", fields.data, found.data)
    try agree("gas", fields.gas, found.gas)
    try agree("gasPrice", fields.gasPrice, found.gasPrice)
    try agree("maxFeePerGas", fields.maxFeePerGas, found.maxFeePerGas)
    try agree("maxPriorityFeePerGas", fields.maxPriorityFeePerGas, found.maxPriorityFeePerGas)
    try agree("accessList", fields.accessList, found.accessList ?? [])
    try agree("authorizationList", fields.authorizationList, found.authorizationList ?? [])
    try agree("blobVersionedHashes", fields.blobs, found.blobs)
    try agree("hash", try TransactionMembers(members).text("hash")?.lowercased(), "\(signed.hash)")
    try checkSignature(signed)
  }

  /// The signature's parts, as other programs show them beside `raw`.
  private func checkSignature(_ signed: SignedTransaction) throws(TransactionMemberError) {
    let (members, signature) = (TransactionMembers(members), signed.signature)
    try agree("yParity", try members.number("yParity"), UInt256(signature.yParity))
    try agree("r", try members.number("r"), signature.r)
    try agree("s", try members.number("s"), signature.s)
    // Some programs write 27 and the parity for all types.
    if let v = try members.number("v"), v != UInt256(signature.v),
      v.minimalBytes != signed.transaction.v(of: signature)
    {
      throw Self.disagreement("v")
    }
  }

  private func agree<Value: Equatable>(
    _ name: String, _ stated: Value?, _ found: Value?
  ) throws(TransactionMemberError) {
    if let stated, stated != found { throw Self.disagreement(name) }
  }

  private static func disagreement(_ name: String) -> TransactionMemberError {
    TransactionMemberError(name, "not what raw says")
  }
}

extension Record {
  /// What the record's `tx` says; nil where there is none, 65 where it is malformed or contradicts itself.
  public func transaction() throws(Failure) -> TransactionRecord? {
    guard let members = try object("tx") else { return nil }
    do throws(TransactionMemberError) { return try TransactionRecord(members) } catch {
      throw Failure(error)
    }
  }

  /// The record with a complete transaction in `tx`, its members in their own order.
  ///
  /// `function`, `args` and members that are not known here stand behind them as they came; `raw` and `hash` go.
  public func setting(built transaction: Transaction, from: Address?) throws(Failure) -> Record {
    let known = Set(TransactionFields.names + ["raw", "hash"])
    let others = try object("tx")?.members.filter { !known.contains($0.name) } ?? []
    let members = TransactionFields(transaction, from: from).members.members + others
    return setting("tx", to: .object(JSONObject(members)))
  }

  /// The record with `raw` and `hash` in `tx`, and `from` where it was not said; the rest of `tx` as it came.
  public func setting(signed: SignedTransaction) throws(Failure) -> Record {
    var text = try objectText("tx") ?? ObjectText(TransactionFields(signed.transaction).members)
    if !text.has("from") { text.set("from", to: JSON.string("\(signed.from)").bytes) }
    text.set("raw", to: JSON.string(Hex.encode(signed.raw)).bytes)
    text.set("hash", to: JSON.string("\(signed.hash)").bytes)
    return setting("tx", toText: text.bytes)
  }
}

extension Failure {
  /// What a tool says of a `tx` that is malformed or not complete: 65.
  public init(_ error: TransactionMemberError) {
    let remedy =
      error.member == "to"
      ? "\"to\": null says that a contract is to be created"
      : "'sr-chain build' completes a transaction"
    self.init(.data, error.description, hint: error.isMissing ? remedy : nil)
  }
}
