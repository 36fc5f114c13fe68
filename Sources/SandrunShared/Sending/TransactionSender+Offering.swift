internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

extension TransactionSender {
  /// Offers a transaction to the node; what is in the journal from before is looked for where it has alternatives.
  func offered(
    _ work: Work, by broadcaster: Broadcaster, _ emitter: Emitter?
  ) async throws(Failure) -> Work {
    var work = work
    if work.entry != nil, let account = work.account {
      let offering = JournalOffering(account, broadcaster, world)
      do throws(Failure) { work = try await offering.offer(work, looksFirst: false) } catch {
        // Its bytes are nobody's any more: fed again, it gets others.
        if error.code == Failure.refusedMeanwhileCode { emitter?.keep(work.unsent) }
        throw error
      }
    } else {
      do throws(Broadcaster.Refusal) {
        try await broadcaster.broadcast(work.transaction)
      } catch {
        throw try await refused(error, work, emitter)
      }
      work.record = try work.record.settingSent(world.now())
    }
    emitter?.keep(work.record)
    return work
  }

  /// The failure of a transaction that no node took at its first offer; where that is certain, its nonce is free again.
  ///
  /// The record that it was made for loses it; what came signed stays so.
  private func refused(
    _ refusal: Broadcaster.Refusal, _ work: Work, _ emitter: Emitter?
  ) async throws(Failure) -> Failure {
    guard refusal.isDefinite else { return refusal.failure }
    var failure = refusal.failure
    let isTaken = failure.code == BroadcastRefusal.nonceTooLow.rawValue
    // Somebody else used the key meanwhile: built anew, the record gets another nonce.
    if isTaken, work.isNonceOurs {
      failure = Failure(.temporary, failure.message, code: failure.code)
    }
    let transaction = work.transaction
    guard let account = work.account, let number = work.number else {
      // A nonce that is too low is somebody else's by now: it is neither free nor open.
      if !isTaken { builder.discard(transaction.transaction, of: transaction.from) }
      if work.isNew { emitter?.keep(nil) }
      return failure
    }
    let nonce = transaction.transaction.nonce
    if isTaken { account.take(nonce) }
    let voiding = failure
    let ((isVoid, isOpen), commit) = try await account.journal.turn { turn throws(Failure) in
      let next = turn.lowestNonce(from: nonce + 1, besides: [])
      return (turn.void(number, voiding), next != nonce + 1)
    }
    try await commit?.value()
    guard isVoid else {
      // Another record, or another process, offers the same bytes, and may have been heard.
      return Failure(
        .temporary, "\(failure.message); but it was offered again meanwhile",
        code: BroadcastRefusal.unclear.rawValue, hint: BroadcastRefusal.unclear.hint)
    }
    if isOpen, !isTaken {
      world.note(
        "nonce \(nonce) of \(transaction.from) stays open: its later transactions wait until one has it; the next one built here takes it"
      )
    }
    if work.isNew { emitter?.keep(work.unsent) }
    account.tell(number, by: emitter)
    return failure
  }

  /// Offers again what earlier runs of the account have left, and the node does not know.
  func heal(_ account: SendingAccount?, by broadcaster: Broadcaster) async {
    guard let account, account.beginsHealing() else { return }
    await JournalOffering(account, broadcaster, world).heal()
  }
}

extension Record {
  /// The record with the time at which its transaction was handed to a node, in `tx`.
  func settingSent(_ time: Timestamp) throws(Failure) -> Record {
    guard var text = try objectText("tx") else { return self }
    let milliseconds = Timestamp(
      seconds: time.seconds, nanoseconds: time.nanoseconds / 1_000_000 * 1_000_000)
    text.set("sent", to: JSON.string("\(milliseconds)").bytes)
    return setting("tx", toText: text.bytes)
  }
}
