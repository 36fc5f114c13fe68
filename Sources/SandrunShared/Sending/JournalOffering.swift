internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

/// Sees to it that a node has what an account's journal holds: bytes once offered are offered again, never given up.
struct JournalOffering: Sendable {
  /// What a node knows of an entry.
  private struct Sighting {
    /// The transaction that it has, in its pool or in a block; nil where it has none of them.
    var known: JournalledTransaction?
    var isMined = false
  }

  private let account: SendingAccount
  private let broadcaster: Broadcaster
  private let world: World

  init(_ account: SendingAccount, _ broadcaster: Broadcaster, _ world: World) {
    self.account = account
    self.broadcaster = broadcaster
    self.world = world
  }

  /// Offers what an entry had last, unless the node has one of its transactions: the record gets that.
  ///
  /// Throws 1 or 75 where our own cancellation has the nonce or is to have it, 75 where all was refused for good meanwhile,
  /// 76 (`replaced`) where the node calls the nonce used, and did not know any of ours: whether that holds is to be looked
  /// into.
  func offer(
    _ work: TransactionSender.Work, looksFirst: Bool
  ) async throws(Failure) -> TransactionSender.Work {
    guard let entry = work.entry else { return work }
    return try await offer(work, of: try await claimed(entry), looksFirst: looksFirst)
  }

  /// The same of an entry that was claimed.
  func offer(
    _ work: TransactionSender.Work, of entry: TransactionEntry, looksFirst: Bool
  ) async throws(Failure) -> TransactionSender.Work {
    var work = work
    work.entry = entry
    let asked = work.transaction.hash
    func take(_ other: JournalledTransaction) throws(Failure) {
      guard other.hash != work.transaction.hash else { return }
      work.record = try work.record.setting("tx", toText: other.tx).settingOnce(entry.once)
      work.transaction = try other.signed()
    }
    func isUnwanted(_ other: JournalledTransaction) -> Bool {
      other.kind == .cancel && other.hash != asked
    }
    if looksFirst || entry.transactions.count > 1 {
      let sighting: Sighting
      do throws(RPCError) { sighting = try await look(for: [entry])[0] } catch {
        throw Failure(error)
      }
      if let known = sighting.known {
        guard !isUnwanted(known) else { throw cancelled(entry, by: known, sighting.isMined) }
        try take(known)
        return work
      }
    }
    let last = try entry.last(of: account)
    let bytes = try last.signed()
    do throws(Broadcaster.Refusal) { try await broadcaster.broadcast(bytes) } catch {
      guard error.failure.code == BroadcastRefusal.nonceTooLow.rawValue else { throw error.failure }
      throw Failure(
        .protocolViolation,
        "nonce \(entry.nonce) of \(account.journal.sender) is used, and the node knows no transaction of ours with it",
        code: Failure.replacedCode,
        hint: "another transaction has replaced it: the key is used elsewhere")
    }
    guard !isUnwanted(last) else { throw cancelled(entry, by: last, false) }
    try take(last)
    work.record = try work.record.settingSent(world.now())
    return work
  }

  /// Reads an entry again and says in the journal that its transactions are offered by another than who signed them, or
  /// again: from here on nobody can take them back.
  ///
  /// Throws 75 where all were refused for good before that. Nothing of it may be offered then: its nonce and its ID can
  /// be another's by now.
  func claimed(_ entry: TransactionEntry) async throws(Failure) -> TransactionEntry {
    let (found, commit) = try await account.journal.turn(within: broadcaster.client.timeLeft) {
      turn throws(Failure) in
      guard let number = entry.transactions.first?.number, let entry = turn.entry(number: number),
        entry.offer(in: &turn)
      else { return nil as TransactionEntry? }
      return entry
    }
    try await commit?.value()
    guard let found else { throw .refusedMeanwhile(entry.transactions[0].hash) }
    return found
  }

  /// Offers again, lowest nonce first, what earlier runs left and the node does not know; what fails is only told.
  func heal() async {
    do throws(Failure) {
      let mined: UInt64
      if let known = account.mined { mined = known } else { mined = try await count() }
      let (left, _) = try await account.journal.turn(within: broadcaster.client.timeLeft) {
        turn throws(Failure) in
        turn.entries(from: mined)
      }
      let now = world.now()
      let entries = left.filter { entry in
        !entry.transactions.contains { account.owns($0.hash) || $0.isInHands(at: now) }
      }
      guard !entries.isEmpty else { return }
      let sightings: [Sighting]
      do throws(RPCError) { sightings = try await look(for: entries) } catch {
        throw Failure(error)
      }
      let unknown = try zip(entries, sightings).filter { $1.known == nil }
        .map { (entry, _) throws(Failure) in try entry.last(of: account) }
      guard !unknown.isEmpty, !Task.isCancelled else { return }
      let (offered, commit) = try await account.journal.turn(within: broadcaster.client.timeLeft) {
        turn throws(Failure) in
        unknown.filter { turn.offer($0.number) }
      }
      try await commit?.value()
      for transaction in offered {
        world.note(
          "the node does not know \(transaction.hash) of another run, nonce \(transaction.nonce): offering it again"
        )
        do throws(Broadcaster.Refusal) {
          try await broadcaster.broadcast(try transaction.signedForHealing())
        } catch { world.note(error.failure.message) }
      }
    } catch {
      world.detail("what earlier runs left was not looked for: \(error.message)")
    }
  }

  private func count() async throws(Failure) -> UInt64 {
    let request = RPCRequest.count(of: account.journal.sender, .latest)
    do throws(RPCError) {
      let answer = try await broadcaster.client.call(request)
      return try RPCValue(answer, method: request.method).number()
    } catch { throw Failure(error) }
  }

  private func cancelled(
    _ entry: TransactionEntry, by cancellation: JournalledTransaction, _ isMined: Bool
  ) -> Failure {
    Failure(
      isMined ? .answerNo : .temporary,
      "nonce \(entry.nonce) of \(account.journal.sender) was cancelled by \(cancellation.hash)\(isMined ? "" : ", which waits")",
      code: "cancelled")
  }

  /// What the node has of each entry: what is in a block goes before what waits, and the latest before the earlier.
  private func look(for entries: [TransactionEntry]) async throws(RPCError) -> [Sighting] {
    let requests = entries.flatMap { entry in
      entry.transactions.map {
        RPCRequest("eth_getTransactionByHash", [.string("\($0.hash)")])
      }
    }
    let answers = try await broadcaster.client.batch(requests)
    var rest = zip(requests, answers).makeIterator()
    var sightings: [Sighting] = []
    for entry in entries {
      var sighting = Sighting()
      for transaction in entry.transactions {
        guard let (request, answer) = rest.next() else { break }
        let value = try answer.answer(to: request)
        guard !value.isNull else { continue }
        guard try value.member("hash").digest() == transaction.hash else {
          throw value.flaw("it is another than \(transaction.hash)")
        }
        let isMined = try value.optional("blockHash") != nil
        if isMined || !sighting.isMined {
          sighting = Sighting(known: transaction, isMined: isMined)
        }
      }
      sightings.append(sighting)
    }
    return sightings
  }
}

extension JournalledTransaction {
  /// Who signed has so many seconds to offer it before another does.
  private static let grace = 15

  /// Whether a process that still runs has signed it a moment ago, and is about to offer it by itself.
  fileprivate func isInHands(at now: Timestamp) -> Bool {
    let (age, isOver) = now.seconds.subtractingReportingOverflow(time.seconds)
    guard refusal == nil, let process, !isOver, (0..<Self.grace).contains(age) else { return false }
    return SigningProcess.runs(process)
  }

  /// The transaction, where nobody can be told but by a refusal.
  fileprivate func signedForHealing() throws(Broadcaster.Refusal) -> SignedTransaction {
    do throws(Failure) { return try signed() } catch {
      throw Broadcaster.Refusal(error, isDefinite: false)
    }
  }
}
