package import Ethereum
internal import Hashing
package import Records
internal import WideInteger

/// What one batch asks a node for, so that a transaction can be completed.
struct BuildingQuestion {
  /// The chain that the transaction names; nil where any will do.
  var chainId: UInt256?
  /// Whose nonce; nil where the nonce is known.
  var nonceOf: Address?
  /// The call whose gas is estimated, as the RPC has it; nil where the gas is known.
  var call: JSON?
  /// The state that the estimate is made on.
  var block: BlockReference.Tag = .pending
  /// Whether the price of gas is asked for.
  var asksFees = false
  /// Whether block 0 is asked for, which with the id says which chain it is.
  var asksIdentity = false
  /// Whose count of transactions in blocks is asked for.
  var minedOf: Address?

  /// The calls, the chain's id first.
  var requests: [RPCRequest] {
    var requests = [RPCRequest.chainId]
    if let nonceOf { requests.append(.count(of: nonceOf, .pending)) }
    if let minedOf { requests.append(.count(of: minedOf, .latest)) }
    if let call { requests.append(RPCRequest("eth_estimateGas", [call, .string(block.rawValue)])) }
    if asksFees { requests += FeePlanner.requests }
    return requests
  }

  /// Whether nothing is to be asked.
  var isEmpty: Bool {
    nonceOf == nil && minedOf == nil && call == nil && !asksFees && !asksIdentity
  }
}

/// The answers to a `BuildingQuestion`.
struct BuildingAnswers {
  /// The chain's id.
  var chainId: UInt256
  /// How many transactions the sender has, pending ones included.
  var pendingNonce: UInt64?
  /// How many transactions of the sender are in blocks.
  var minedNonce: UInt64?
  /// The estimate, or why there is none.
  var estimate: Result<JSON, RPCFailure>?
  /// The answers to `FeePlanner.requests`.
  var fees: [Result<JSON, RPCFailure>]?

  /// Asks, in one round trip.
  init(_ question: BuildingQuestion, of client: EthereumClient) async throws(RPCError) {
    let requests = question.requests
    let results = try await client.batch(requests, withIdentity: question.asksIdentity)
    var answers = zip(requests, results).makeIterator()
    func next() throws(RPCError) -> (RPCRequest, Result<JSON, RPCFailure>) {
      guard let next = answers.next() else { preconditionFailure("one answer for each request") }
      return next
    }
    var (request, result) = try next()
    chainId = try result.answer(to: request).quantity()
    if question.nonceOf != nil {
      (request, result) = try next()
      pendingNonce = try result.answer(to: request).number()
    }
    if question.minedOf != nil {
      (request, result) = try next()
      minedNonce = try result.answer(to: request).number()
    }
    if question.call != nil { estimate = try next().1 }
    if question.asksFees { fees = Array(results.suffix(FeePlanner.requests.count)) }
  }
}

extension RPCRequest {
  /// Asks how many transactions an account has sent.
  package static func count(of account: Address, _ block: BlockReference.Tag) -> RPCRequest {
    RPCRequest("eth_getTransactionCount", [.string("\(account)"), .string(block.rawValue)])
  }
}

extension TransactionFields {
  /// The call that the members make, as `eth_call` and `eth_estimateGas` take it.
  ///
  /// Fees are left out: with them a node holds the sender's balance against all the gas of a block.
  package func call(from sender: Address, to recipient: Address?) -> JSON {
    var call: JSONObject = ["from": .string("\(sender)")]
    call["to"] = recipient.map { .string("\($0)") }
    call["value"] = value.map { .string($0.hex) }
    call["data"] = .string(Hex.encode(data ?? []))
    if let accessList, !accessList.isEmpty { call["accessList"] = .array(accessList.map(\.json)) }
    call["authorizationList"] = authorizationList.map { .array($0.map(\.call)) }
    return .object(call)
  }
}

extension Authorization {
  /// The permission as a node takes it: all numbers are quantities.
  fileprivate var call: JSON {
    [
      "chainId": .string(terms.chainId.hex), "address": .string("\(terms.address)"),
      "nonce": .string("0x" + String(terms.nonce, radix: 16)),
      "yParity": .string("0x" + String(yParity, radix: 16)),
      "r": .string(r.hex), "s": .string(s.hex),
    ]
  }
}
