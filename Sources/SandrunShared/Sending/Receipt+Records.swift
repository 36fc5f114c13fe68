internal import EthereumRPC
public import ABI
public import Commands
public import Ethereum
internal import Hashing
public import Records

/// Adds `receipt` to records of transactions that are in a block, or waits until they are.
public struct ReceiptReader: Sendable {
  private let watcher: ReceiptWatcher
  private let confirmations: UInt64
  private let timeout: Duration?
  private let world: World
  /// What explains a revert: the ABI of the contract at an address, where it is known.
  private let abi: @Sendable (Address) -> ContractABI?

  /// A reader that waits for each record until its block is confirmed so often, the block itself being the first, and
  /// no longer than `timeout`; nil waits for ever.
  public init(
    _ watcher: ReceiptWatcher, confirmations: UInt64 = 1, timeout: Duration?, in world: World,
    abi: @escaping @Sendable (Address) -> ContractABI?
  ) {
    self.watcher = watcher
    self.confirmations = confirmations
    self.timeout = timeout
    self.world = world
    self.abi = abi
  }

  /// The same reader, which waits so long at most.
  func within(_ limit: Duration) -> ReceiptReader {
    ReceiptReader(
      watcher, confirmations: confirmations, timeout: min(timeout ?? limit, limit), in: world,
      abi: abi)
  }

  /// The record with `receipt`, and 1 where the transaction failed; throws 75 where the time is up.
  ///
  /// Where another transaction of ours with the same nonce was mined, `tx` becomes that one. Where that is our cancel,
  /// it throws 1, and the record keeps its own.
  public func awaited(
    _ record: Record, _ expectation: ReceiptExpectation, _ call: TransactionFields?
  ) async throws(Failure) -> (record: Record, receipt: TransactionReceipt, status: Failure.Status) {
    let done = try await awaited(record, TransactionAlternative(expectation))
    if let failure = done.failure { throw failure }
    return (done.record, done.receipt, done.status)
  }

  /// A record with its receipt, and how it ends.
  public struct Told: Sendable {
    /// The record, with the receipt of what was mined, and with that in `tx`; as it was, and without a receipt, where
    /// our cancel has taken its place.
    public var record: Record
    /// What was mined.
    public var receipt: TransactionReceipt
    /// 1 where the transaction failed.
    public var status: Failure.Status
    /// Where what was mined is not what was wanted: our cancel of it, or what was to be cancelled.
    public var failure: Failure?
  }

  /// The same for one whose bytes may be known, so that they can be offered again.
  public func awaited(
    _ record: Record, _ asked: TransactionAlternative
  ) async throws(Failure) -> Told {
    try await watcher.checkChain(of: asked.expectation)
    let settled = try await watcher.settled(asked, confirmations: confirmations, within: timeout)
    return try await told(settled, record)
  }

  /// The record of what became of its transaction, which was wanted, or was to be cancelled.
  func told(
    _ settled: ReceiptWatcher.Settled, _ record: Record, isToBeCancelled: Bool = false
  ) async throws(Failure) -> Told {
    let (mined, receipt) = (settled.alternative, settled.receipt)
    var failure: Failure?
    if isToBeCancelled || settled.asked.kind == .cancel {
      if mined.kind != .cancel {
        failure = Failure(
          .answerNo, "too late to cancel: \(mined.hash) is in block \(receipt.blockNumber)",
          code: "already-mined")
      }
    } else if mined.kind == .cancel, mined.hash != settled.asked.hash {
      failure = Failure(
        .answerNo,
        "\(settled.asked.hash) was cancelled: \(mined.hash) is in block \(receipt.blockNumber) in its place",
        code: "cancelled")
      // The order was not carried out: neither the cancel nor its receipt may stand in its record.
      return Told(
        record: record.removing("receipt"), receipt: receipt, status: .answerNo, failure: failure)
    }
    let told = try mined.hash == settled.asked.hash ? record : record.setting(mined)
    var member = receipt.json
    member["confirmations"] = .integer(settled.confirmations)
    var status = Failure.Status.done
    if !receipt.hasSucceeded {
      let call = mined.transaction.map { TransactionFields($0.transaction, from: $0.from) }
      let reason = await reason(of: receipt, call)
      member["reason"] = reason.map { .string($0) }
      world.note("\(receipt.transactionHash) failed: \(reason ?? "nobody tells why")")
      status = .answerNo
    }
    return Told(
      record: told.setting("receipt", to: .object(member)), receipt: receipt, status: status,
      failure: failure)
  }

  /// Why a transaction failed, found by running it again on the state before its block; nil where that does not fail.
  private func reason(of receipt: TransactionReceipt, _ known: TransactionFields?) async -> String?
  {
    guard receipt.blockNumber > 0, let call = await call(of: receipt, known) else { return nil }
    let block = "0x" + String(receipt.blockNumber - 1, radix: 16)
    guard
      let answer = try? await watcher.client.batch([
        RPCRequest("eth_call", [.object(call), .string(block)])
      ])[0], case .failure(let refusal) = answer
    else { return nil }
    // State that is gone, a node that is busy: no answer of the contract's.
    guard refusal.isRevert || Failure(refusal).status == .data else { return nil }
    return refusal.reason(abi: receipt.to.flatMap { abi($0) })
  }

  /// The call that the transaction made: as the record says, else as the node does.
  private func call(of receipt: TransactionReceipt, _ known: TransactionFields?) async
    -> JSONObject?
  {
    if let known, let gas = known.gas {
      var call = known.call(from: receipt.from, to: receipt.to).object
      call?["gas"] = .string("0x" + String(gas, radix: 16))
      return call
    }
    let request = RPCRequest("eth_getTransactionByHash", [.string("\(receipt.transactionHash)")])
    guard let transaction = try? await watcher.client.call(request).object else { return nil }
    var call: JSONObject = [:]
    for name in ["from", "to", "value", "gas", "accessList", "authorizationList"] {
      if let value = transaction[name], value != .null { call[name] = value }
    }
    call["data"] = transaction["input"]
    return call
  }
}

extension Record {
  /// The transaction that a record names by `tx.hash`, and what else `tx` says of it.
  ///
  /// Throws 65 where there is no hash, or `raw` has another.
  public func sentTransaction() throws(Failure) -> TransactionAlternative {
    guard let transaction = try transaction() else {
      throw Failure(.data, "the record has no \"tx\"", hint: "send it first")
    }
    if let signed = transaction.signed {
      return TransactionAlternative(signed)
    }
    guard let text = transaction.members["hash"]?.string else {
      throw Failure(.data, "the transaction has no hash", hint: "send it first")
    }
    guard let hash = try? Digest32(hex: text) else {
      throw Failure(.data, "tx.hash: \(JSON.string(text).text) is no hash")
    }
    var expectation = ReceiptExpectation(hash: hash)
    expectation.from = transaction.fields.from
    expectation.nonce = transaction.fields.nonce
    expectation.gas = transaction.fields.gas
    expectation.chainId = transaction.fields.chainId
    switch transaction.fields.to {
    case .address(let address): expectation.target = .account(address)
    case .creation: expectation.target = .creation
    case .name, nil: break
    }
    return TransactionAlternative(expectation)
  }

  /// The record with another transaction of the same nonce in `tx`.
  func setting(_ other: TransactionAlternative) throws(Failure) -> Record {
    guard let signed = other.transaction else {
      // Nothing is known of it but its hash, which is then all that the record may say.
      return setting("tx", to: ["hash": .string("\(other.hash)")])
    }
    var record = self
    if var text = try objectText("tx") {
      // A cancel is no such call, and nobody's order; it was not sent when the other was.
      for name in other.kind == .cancel ? ["function", "args", "once", "sent"] : ["sent"] {
        text.remove(name)
      }
      record = setting("tx", toText: text.bytes)
    }
    return try record.setting(built: signed.transaction, from: signed.from)
      .setting(signed: signed)
  }
}
