internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

extension TransactionReplacer {
  /// Whose nonce a transaction has, and what was signed for it: by the record, the journal, or the node.
  func slot(of asked: TransactionAlternative) async throws(Failure) -> Slot {
    let chain: ChainIdentity
    do throws(RPCError) { chain = try await client.identity() } catch { throw Failure(error) }
    if let found = try journals.find(asked, on: chain) {
      let known = try found.entry.alternatives()
      guard !known.isEmpty else { throw .refusedForGood(asked.hash) }
      return Slot(
        account: found.account, sender: found.account.journal.sender, nonce: found.entry.nonce,
        known: known, isForeign: false)
    }
    let transaction: SignedTransaction
    if let known = asked.transaction {
      transaction = known
    } else {
      transaction = try await told(asked.hash)
    }
    guard transaction.transaction.type != .blob else {
      throw Failure(.data, "\(asked.hash) carries blobs, which are not sent from here")
    }
    return Slot(
      account: journals.account(transaction.from, on: chain), sender: transaction.from,
      nonce: transaction.transaction.nonce, known: [TransactionAlternative(transaction)],
      isForeign: true)
  }

  /// The transaction of a hash as the node tells it, proven by that hash.
  private func told(_ hash: Digest32) async throws(Failure) -> SignedTransaction {
    let request = RPCRequest("eth_getTransactionByHash", [.string("\(hash)")])
    let known: SignedTransaction?
    do throws(RPCError) {
      let value = RPCValue(try await client.call(request), method: request.method)
      known = value.isNull ? nil : try SignedTransaction(value)
      if let known, known.hash != hash {
        throw value.flaw("it is \(known.hash), where \(hash) was asked for")
      }
    } catch { throw Failure(error) }
    guard let known else {
      throw Failure(
        .temporary, "neither a journal nor the node knows \(hash)", code: "unknown-transaction",
        hint: "a record with tx.raw tells its bytes")
    }
    return known
  }
}

extension Failure {
  /// There is nothing to replace: every endpoint refused it, and its nonce is free.
  static func refusedForGood(_ hash: Digest32) -> Failure {
    Failure(
      .answerNo, "\(hash) was refused for good, and nothing waits in its place",
      code: "not-sent", hint: "'sr-chain send' makes another")
  }
}
