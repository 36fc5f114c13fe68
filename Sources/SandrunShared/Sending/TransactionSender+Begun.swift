internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

extension TransactionSeries {
  /// How many transactions an account has.
  struct Counts: Sendable {
    /// Those that wait included.
    var pending: UInt64
    /// Those in blocks alone.
    var mined: UInt64
  }
}

extension TransactionSender {
  /// Where a series is that an earlier run has begun: the one with the plan's ID, else one of the same content that was left.
  ///
  /// Throws 65 where the ID has other transactions than the plan makes.
  func begun(
    _ plan: TransactionSeries.Plan, _ entries: [TransactionEntry], _ account: SendingAccount,
    _ counts: TransactionSeries.Counts
  ) throws(Failure) -> TransactionSeries.Place? {
    var tried: Set<String> = []
    for entry in entries {
      guard let (series, index) = entry.once.flatMap({ plan.parse($0) }),
        tried.insert(series).inserted
      else { continue }
      let of = entries.filter { $0.once.flatMap { plan.parse($0) }?.series == series }
      let (first, isBelow) = entry.nonce.subtractingReportingOverflow(UInt64(index))
      let place = TransactionSeries.Place(
        sender: account.journal.sender, chain: account.journal.chain, firstNonce: first,
        once: series, isBegun: true)
      let isSame = isBelow ? false : try self.isSame(plan, place, of)
      if plan.once != nil {
        guard isSame else {
          let hash = entry.transactions.first.map { "\($0.hash)" } ?? "another"
          throw Failure(
            .data, "the ID \(JSON.string(series).text) has other transactions already: \(hash)",
            code: "once-conflict", hint: "an ID stands for one set alone; choose another")
        }
        guard try isWhole(plan, place, of, account, counts) else {
          throw Failure(
            .data,
            "what the ID \(JSON.string(series).text) has begun cannot be completed: its nonces are used by others",
            code: "once-conflict", hint: "choose another ID")
        }
        return place
      }
      guard isSame, !of.contains(where: \.isLost),
        try isWhole(plan, place, of, account, counts)
      else {
        world.note(
          "an earlier run has left \(series), which is of other terms or lost: 'send --resume' tells it"
        )
        continue
      }
      return place
    }
    return nil
  }

  /// Whether the entries are what the plan makes from the place on.
  private func isSame(
    _ plan: TransactionSeries.Plan, _ place: TransactionSeries.Place, _ entries: [TransactionEntry]
  ) throws(Failure) -> Bool {
    let records = try plan.records(place.sender, place.firstNonce)
    for entry in entries {
      guard let (_, index) = entry.once.flatMap({ plan.parse($0) }),
        let fields = try records[index].transaction()?.fields
      else { return false }
      let content = TransactionContent(builder.filled(fields))
      guard entry.nonce == place.firstNonce + UInt64(index),
        entry.transactions.first?.content == content.digest
      else { return false }
    }
    return true
  }

  /// Whether the nonces of those that are in no journal are still to be had: a crash may have cut the journal's last lines.
  private func isWhole(
    _ plan: TransactionSeries.Plan, _ place: TransactionSeries.Place,
    _ entries: [TransactionEntry], _ account: SendingAccount, _ counts: TransactionSeries.Counts
  ) throws(Failure) -> Bool {
    let ids = plan.ids(of: place.once)
    for (index, id) in ids.enumerated() where !entries.contains(where: { $0.once == id }) {
      let nonce = place.firstNonce + UInt64(index)
      guard nonce >= counts.pending, try !account.journal.holds(nonce) else { return false }
    }
    return true
  }
}

extension TransactionEntry {
  /// Whether it is known that something else has used its nonce.
  fileprivate var isLost: Bool {
    guard let settlement else { return false }
    guard let mined = settlement.mined else { return true }
    return transactions.first { $0.hash == mined }?.kind == .cancel
  }
}

extension TransactionJournal.Turn {
  /// What there is of a plan: the entries with its ID, or those of every series of its kind that nobody was told of.
  func series(_ plan: TransactionSeries.Plan) -> [TransactionEntry] {
    let series = if let once = plan.once { [once] } else { plan.series(in: untold) }
    return series.flatMap { plan.ids(of: $0) }.compactMap { entry(once: $0) }
  }
}

extension TransactionJournal {
  /// The same without a turn.
  func series(_ plan: TransactionSeries.Plan) throws(Failure) -> [TransactionEntry] {
    let series = if let once = plan.once { [once] } else { plan.series(in: try untold()) }
    var entries: [TransactionEntry] = []
    for id in series.flatMap({ plan.ids(of: $0) }) {
      if let entry = try entry(once: id) { entries.append(entry) }
    }
    return entries
  }
}

extension TransactionSeries.Plan {
  /// The IDs of the series of its kind that entries belong to, in their order.
  fileprivate func series(in entries: [TransactionEntry]) -> [String] {
    var found: [String] = []
    for entry in entries where !entry.isRefused {
      guard let series = entry.once.flatMap({ parse($0) })?.series, series.hasPrefix("\(kind)-"),
        !found.contains(series)
      else { continue }
      found.append(series)
    }
    return found
  }
}
