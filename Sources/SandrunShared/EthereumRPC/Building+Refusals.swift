package import ABI
public import Ethereum
internal import Hashing
public import Records
internal import WideInteger

extension Failure {
  /// What a tool says where the estimate of a transaction's gas shows that it would fail: 1, the chain's answer is no.
  init(estimate refusal: RPCFailure, of recipient: Address?, abi: ContractABI?) {
    let target = recipient.map { "the call of \($0)" } ?? "the contract's creation"
    if refusal.isRevert {
      self.init(
        .answerNo, "\(target) reverts: \(refusal.reason(abi: abi))", code: "reverted",
        hint: "nothing was sent; with --gas no estimate is asked for")
      return
    }
    // What the words say goes first: some nodes have one code for a call that fails and for their own troubles.
    switch BroadcastRefusal(code: refusal.code, message: refusal.message) {
    case .unclear, .alreadyKnown:
      let general = Failure(refusal)
      guard general.status == .data else {
        self = general
        return
      }
      // Out of gas, an invalid opcode and the like.
      self.init(.answerNo, "\(target) would fail: \(refusal.shownMessage)", code: "reverted")
    case .wrongChain, .invalid: self.init(.data, "\(refusal)", code: "invalid-transaction")
    case let meaning:
      self.init(
        .answerNo, "\(target) would fail: \(refusal.shownMessage)", code: meaning.rawValue,
        hint: meaning.hint)
    }
  }
}

extension TransactionBuilder {
  /// Refuses a transaction for another chain than the one that the options name: 76, and no node is asked.
  func checkChain(_ chainId: UInt256?) throws(Failure) {
    guard let chainId, let wanted = client.options.chainId, chainId != wanted else { return }
    throw Failure(
      .protocolViolation, "the transaction is for chain \(chainId), not for chain \(wanted)",
      code: "wrong-chain", hint: "see --chain, and the chainId of the transaction")
  }

  /// Refuses a transaction that was signed elsewhere where the options forbid it: another chain than theirs is 76, a
  /// fee above their bound 65.
  ///
  /// An option that says what to offer is no bound: the transaction goes before it, as any record does.
  public func check(_ signed: SignedTransaction) throws(Failure) {
    try checkChain(signed.transaction.chainId)
    try fees.check(signed.transaction.fees.cap)
  }
}

extension RPCFailure {
  /// Why a contract refuses, for people: by the data of the revert, else by the node's own words.
  package func reason(abi: ContractABI?) -> String {
    guard let data = revertData.flatMap({ try? Hex.decode($0) }) else { return shownMessage }
    return RevertReason(decoding: data, abi: abi).description
  }
}
