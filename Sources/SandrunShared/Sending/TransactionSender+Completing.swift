internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
public import Records

extension TransactionSender {
  /// Offers the transactions of a series to the node, lowest nonce first, and waits for their receipts.
  ///
  /// Where the first of them is refused before any was offered, all of them are void, and its failure is thrown: nothing
  /// has happened. From then on each has its outcome, and what is not lost is taken up by the next run.
  public func completed(
    _ series: inout TransactionSeries
  ) async throws(Failure) -> [TransactionSeries.Outcome] {
    let node = builder.client.forRecord()
    let broadcaster = broadcaster.asking(node)
    await heal(series.account, by: broadcaster)
    var outcomes = series.works.map { TransactionSeries.Outcome(record: $0.record) }
    var offered = 0
    for index in series.works.indices {
      do throws(Failure) {
        try await offer(index, of: &series, by: broadcaster)
        outcomes[index].record = series.works[index].record
      } catch {
        guard error.isAboutNonce else {
          // Void: it is as if nothing had been signed.
          if series.works[index].number == nil, series.works[index].entry == nil { throw error }
          outcomes[index].failure = error
          return outcomes
        }
        // One node's word is not enough.
        let limited = reader.within(ReceiptWatcher.patience * 2)
        outcomes[index] = await outcome(of: series.works[index], by: limited)
        guard outcomes[index].failure == nil else {
          if outcomes[index].isLost { await leave(series, from: index + 1, &outcomes) }
          break
        }
      }
      offered = index + 1
    }
    for index in 0..<offered where outcomes[index].receipt == nil {
      outcomes[index] = await outcome(of: series.works[index], by: reader)
      // What is lost keeps none of the others back: what became of them is told, too.
      if outcomes[index].failure != nil, !outcomes[index].isLost { break }
    }
    return outcomes
  }

  private func offer(
    _ index: Int, of series: inout TransactionSeries, by broadcaster: Broadcaster
  ) async throws(Failure) {
    var work = series.works[index]
    if work.entry != nil {
      let offering = JournalOffering(series.account, broadcaster, world)
      series.works[index] = try await offering.offer(work, looksFirst: true)
      return
    }
    do throws(Broadcaster.Refusal) { try await broadcaster.broadcast(work.transaction) } catch {
      var failure = error.failure
      let isFirst = index == 0 && series.works.allSatisfy(\.isNew)
      guard error.isDefinite, isFirst, try await isVoid(series, from: 0, failure) else {
        throw failure
      }
      if failure.code == BroadcastRefusal.nonceTooLow.rawValue {
        series.account.take(work.transaction.transaction.nonce)
        failure = Failure(
          .temporary, "\(failure.message): nothing was sent", code: "nonce-taken",
          hint: "the key is used elsewhere; run it again")
      }
      // That is the end of them: no later run has to tell it.
      for index in series.works.indices {
        series.tell(index)
        series.works[index].number = nil
      }
      throw failure
    }
    work.record = try work.record.settingSent(world.now())
    series.works[index] = work
  }

  /// Whether new transactions from one on were taken back in the journal, all of them: nobody offers them any more.
  private func isVoid(
    _ series: TransactionSeries, from first: Int, _ failure: Failure
  ) async throws(Failure) -> Bool {
    let numbers = series.works[first...].map(\.number)
    let (isVoid, commit) = try await series.account.journal.turn { turn throws(Failure) in
      var isVoid = true
      for number in numbers { isVoid = number.map { turn.void($0, failure) } ?? false && isVoid }
      return isVoid
    }
    try await commit?.value()
    return isVoid
  }

  /// Takes back, as far as that goes, what was not offered of a series that is lost.
  private func leave(
    _ series: TransactionSeries, from first: Int, _ outcomes: inout [TransactionSeries.Outcome]
  ) async {
    guard first < series.works.count else { return }
    let failure = Failure(.answerNo, "not sent, for one before it is lost", code: "not-sent")
    if series.works[first...].allSatisfy(\.isNew) {
      do throws(Failure) { _ = try await isVoid(series, from: first, failure) } catch {
        world.note(error.message)
      }
    }
    for index in first..<series.works.count { outcomes[index].failure = failure }
  }

  private func outcome(of work: Work, by reader: ReceiptReader) async -> TransactionSeries.Outcome {
    do throws(Failure) {
      let done = try await reader.awaited(work.record, TransactionAlternative(work.transaction))
      var outcome = TransactionSeries.Outcome(record: done.record, receipt: done.receipt)
      outcome.failure = done.failure
      if done.failure != nil { outcome.receipt = nil }
      if done.failure == nil, !done.receipt.hasSucceeded {
        outcome.failure = Failure(
          .answerNo, "\(done.receipt.transactionHash) failed", code: "failed")
      }
      return outcome
    } catch {
      return TransactionSeries.Outcome(record: work.record, failure: error)
    }
  }
}

extension Failure {
  /// Whether a node has said that something else has used the nonce.
  fileprivate var isAboutNonce: Bool {
    code == BroadcastRefusal.nonceTooLow.rawValue || code == Failure.replacedCode
  }
}
