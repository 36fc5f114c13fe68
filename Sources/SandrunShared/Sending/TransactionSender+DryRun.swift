internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Records
internal import WideInteger

extension TransactionSender {
  /// Tells what would be sent, and gives a record of it that nobody has signed.
  ///
  /// Where its ID is in the journal already, nothing would be sent, and the record gets what the journal has.
  func dryRun(_ prepared: Prepared, _ order: Order) throws(Failure) -> Record {
    let record = order.record
    switch prepared {
    case .signed(let signed, _):
      world.note(signed.transaction.intent)
      return record
    case .known(let entry, let content, let account):
      try entry.check(content, once: order.once)
      let last = try entry.last(of: account)
      let state = last.kind == .cancel ? "was cancelled by" : "is in the journal already:"
      world.note(
        "would send nothing: the ID \(JSON.string(order.once ?? "").text) \(state) \(last.hash), nonce \(last.nonce)"
      )
      return try record.setting("tx", toText: entry.order(of: account).tx).settingOnce(entry.once)
    case .draft(let draft):
      let built = try builder.finish(draft)
      world.note(built.transaction.intent)
      return try record.setting(built)
    }
  }
}

extension Transaction {
  /// What it would do and what it may cost, for people.
  fileprivate var intent: String {
    let amount = Amount.shown(value)
    let target =
      to.map { "send \(amount) to \($0)" }
      ?? (value == 0 ? "create a contract" : "create a contract that gets \(amount),")
    let (cost, isOver) = fees.cap.multipliedReportingOverflow(by: UInt256(gas))
    let fee = isOver ? "more than there is" : Amount.shown(cost)
    return
      "would \(target) with nonce \(nonce), \(data.count) bytes of data, and a fee of at most \(fee): \(gas) gas at \(FeePlan.gwei(fees.cap))\(permissions)"
  }

  /// What the authorizations do to accounts (EIP-7702): it lasts, whatever becomes of the transaction itself.
  private var permissions: String {
    let shown = authorizationList.prefix(8).map { permission in
      let account = permission.authority.map { "\($0)" } ?? "nobody, since its signature is none"
      return permission.terms.address.bytes.allSatisfy { $0 == 0 }
        ? "; takes its code from \(account)"
        : "; sets the code of \(account) to that of \(permission.terms.address)"
    }
    let others = authorizationList.count - shown.count
    return shown.joined() + (others > 0 ? "; and \(others) authorizations more" : "")
  }
}
