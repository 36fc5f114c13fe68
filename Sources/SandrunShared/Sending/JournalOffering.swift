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
  /// Throws 1 or 75 where our own cancellation has the nonce or is to have it, 76 (`replaced`) where the node calls the nonce used, and did
  /// not know any of ours: whether that holds is to be looked into.
  func offer(
    _ work: TransactionSender.Work, looksFirst: Bool
  ) async throws(Failure) -> TransactionSender.Work {
    var work = work
    guard let entry = work.entry else { return work }
    if looksFirst || entry.transactions.count > 1 {
      let sighting: Sighting
      do throws(RPCError) { sighting = try await look(for: [entry])[0] } catch {
        throw Failure(error)
      }
      if let known = sighting.known {
        guard known.kind != .cancel else { throw cancelled(entry, by: known, sighting.isMined) }
        if known.hash != work.transaction.hash {
          work.record = work.record.setting("tx", toText: known.tx)
          work.transaction = try known.signed()
        }
        return work
      }
      let last = try entry.last(of: account)
      if last.hash != work.transaction.hash {
        work.record = work.record.setting("tx", toText: last.tx)
        work.transaction = try last.signed()
      }
    }
    // A void by the process that signed it is out of the question from here on.
    guard !(try await announced([work.transaction.hash])).isEmpty else {
      throw Failure(
        .temporary, "\(work.transaction.hash) was refused for good meanwhile",
        code: BroadcastRefusal.unclear.rawValue)
    }
    do throws(Broadcaster.Refusal) {
      try await broadcaster.broadcast(work.transaction)
    } catch {
      guard error.failure.code == BroadcastRefusal.nonceTooLow.rawValue else { throw error.failure }
      throw Failure(
        .protocolViolation,
        "nonce \(entry.nonce) of \(account.journal.sender) is used, and the node knows no transaction of ours with it",
        code: Failure.replacedCode,
        hint: "another transaction has replaced it: the key is used elsewhere")
    }
    if let cancellation = entry.transactions.first(where: {
      $0.hash == work.transaction.hash && $0.kind == .cancel
    }) {
      throw cancelled(entry, by: cancellation, false)
    }
    work.record = try work.record.settingSent(world.now())
    return work
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
      let entries = left.filter { entry in
        !entry.transactions.contains { account.owns($0.hash) }
      }
      guard !entries.isEmpty else { return }
      let sightings: [Sighting]
      do throws(RPCError) { sightings = try await look(for: entries) } catch {
        throw Failure(error)
      }
      let unknown = try zip(entries, sightings).filter { $1.known == nil }
        .map { (entry, _) throws(Failure) in try entry.last(of: account) }
      guard !unknown.isEmpty, !Task.isCancelled else { return }
      let allowed = try await announced(unknown.map(\.hash))
      for transaction in unknown where allowed.contains(transaction.hash) {
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

  /// Says in the journal that the bytes are offered by another than the one that signed them; gives those that may be.
  ///
  /// What was refused for good meanwhile may not: its nonce and its ID can be another's by now.
  private func announced(_ hashes: [Digest32]) async throws(Failure) -> Set<Digest32> {
    let (allowed, commit) = try await account.journal.turn(within: broadcaster.client.timeLeft) {
      turn throws(Failure) in
      let allowed = hashes.filter { turn.entry(hash: $0)?.refused[$0] == nil }
      for hash in allowed { turn.offer(hash) }
      return Set(allowed)
    }
    try await commit?.value()
    return allowed
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
  /// The transaction, where nobody can be told but by a refusal.
  fileprivate func signedForHealing() throws(Broadcaster.Refusal) -> SignedTransaction {
    do throws(Failure) { return try signed() } catch {
      throw Broadcaster.Refusal(error, isDefinite: false)
    }
  }
}
