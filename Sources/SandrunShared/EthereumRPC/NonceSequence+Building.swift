internal import Commands
public import Ethereum
public import Records
internal import WideInteger

extension TransactionBuilder {
  /// Gives a draft its nonce; a draft that fails here takes none.
  ///
  /// Those that `isUsed` says somebody has already are passed over.
  public func finish(
    _ draft: Draft, isUsed: (UInt64) throws(Failure) -> Bool = { (_) throws(Failure) in false }
  ) throws(Failure) -> Built {
    guard let pending = draft.pendingNonce else {
      let built = try complete(draft.fields, draft)
      pass(built.transaction, of: draft.account.sender)
      return built
    }
    var nonce = try nonce(of: draft.account, pending: pending)
    if !draft.isNonceAsked {
      while try isUsed(nonce) { nonce = try self.nonce(of: draft.account, pending: pending) }
    }
    do throws(Failure) {
      let built = try finish(draft, nonce: nonce)
      passAuthorizations(of: built.transaction, draft.account)
      return built
    } catch {
      _ = nonces.giveBack(nonce, of: draft.account)
      throw error
    }
  }

  /// Gives a draft a nonce that a journal keeps, so that none of this process is taken.
  package func finish(_ draft: Draft, nonce: UInt64) throws(Failure) -> Built {
    var fields = draft.fields
    fields.nonce = nonce
    return try complete(fields, draft)
  }

  private func complete(_ fields: TransactionFields, _ draft: Draft) throws(Failure) -> Built {
    do {
      let transaction = try fields.transaction()
      try transaction.validate()
      return Built(
        transaction: transaction, account: draft.account, isNonceOurs: draft.pendingNonce != nil,
        args: fields.args)
    } catch let error as TransactionMemberError {
      throw Failure(error)
    } catch {
      throw Failure(.data, "\(error)", code: "invalid-transaction")
    }
  }

  /// Counts the nonces of a transaction that brought its own; tells where it leaves one open before it.
  public func pass(_ transaction: Transaction, of sender: Address) {
    guard let account = NonceSequence.Account(transaction, of: sender) else { return }
    if let open = nonces.pass(transaction.nonce, of: account) {
      world.note(
        "nonce \(transaction.nonce) of \(sender) leaves \(open) open: it waits until a transaction has that"
      )
    }
    passAuthorizations(of: transaction, account)
  }

  /// Gives back the nonces of a transaction that certainly went nowhere; tells where later ones wait for them.
  public func discard(_ transaction: Transaction, of sender: Address) {
    guard let account = NonceSequence.Account(transaction, of: sender) else { return }
    for nonce in transaction.ownAuthorizations(of: sender).reversed() {
      _ = nonces.giveBack(nonce, of: account)
    }
    guard nonces.giveBack(transaction.nonce, of: account) == .open else { return }
    world.note(
      "nonce \(transaction.nonce) of \(sender) stays open: its later transactions wait until one has it; the next one built here takes it"
    )
  }

  private func passAuthorizations(
    of transaction: Transaction, _ account: NonceSequence.Account
  ) {
    for nonce in transaction.ownAuthorizations(of: account.sender) {
      nonces.pass(nonce, of: account)
    }
  }

  private func nonce(
    of account: NonceSequence.Account, pending: UInt64
  ) throws(Failure) -> UInt64 {
    guard let taken = nonces.take(for: account, pending: pending) else {
      throw Failure(.data, "\(account.sender) has used up all nonces (EIP-2681)")
    }
    if taken.isOpen {
      explain("nonce \(taken.nonce): it stayed open, and later ones wait for it")
    } else if let counted = taken.counted {
      explain(
        "nonce \(taken.nonce): the node's count ran ahead of \(counted), somebody else uses the key"
      )
    } else if taken.nonce == pending {
      explain("nonce \(pending): \(flags.nonce == nil ? "the sender's pending count" : "as asked")")
    } else {
      explain("nonce \(taken.nonce): counted on in this process")
    }
    return taken.nonce
  }
}

extension NonceSequence.Account {
  /// The account that a transaction counts for; nil where it names no chain.
  fileprivate init?(_ transaction: Transaction, of sender: Address) {
    guard let chainId = transaction.chainId else { return nil }
    self.init(chainId: chainId, sender: sender)
  }
}

extension Transaction {
  /// The nonces that the sender's own permissions use up behind the transaction's (EIP-7702).
  ///
  /// A chain passes over one for another chain, or for another nonce than the account has come to by then.
  package func ownAuthorizations(of sender: Address) -> Range<UInt64> {
    guard nonce < .max else { return nonce..<nonce }
    var next = nonce + 1
    for authorization in authorizationList {
      let terms = authorization.terms
      guard terms.nonce == next, next < .max, terms.chainId == 0 || terms.chainId == chainId,
        authorization.authority == sender
      else { continue }
      next += 1
    }
    return nonce + 1..<next
  }
}
