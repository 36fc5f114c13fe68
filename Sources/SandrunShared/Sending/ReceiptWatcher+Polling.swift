internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records
internal import Synchronization

extension ReceiptWatcher {
  /// A receipt that a node tells, of a block that may be the chain's.
  struct Found {
    var id: Int
    var receipt: TransactionReceipt
    var value: RPCValue
  }

  /// What one call of a round is about.
  private enum Question {
    case receipt(Int, TransactionAlternative)
    case look(Int, TransactionAlternative)
    case count(Int, nonce: UInt64)
  }

  /// So many of the transactions that share a nonce are asked for: the first and the latest ones.
  private static let alternativeLimit = 24

  /// Asks about some of those that are waited for, and gives each what is certain; what is left to do is returned.
  func round(_ watches: [Int: ReceiptWatch]) async -> [Errand] {
    var errands: [Errand] = []
    do throws(RPCError) {
      let (found, looks) = try await ask(watches)
      try await settle(found, watches)
      let seen = Set(found.map(\.id))
      for id in watches.keys where !seen.contains(id) { _ = update(id) { $0.strays = nil } }
      errands = await act(on: looks.filter { !seen.contains($0.key) })
    } catch {
      // What the client's own repetitions did not mend; the records may be fed again.
      for id in watches.keys { end(id, with: .failure(Failure(error))) }
    }
    let now = ContinuousClock.now
    for id in watches.keys {
      _ = update(id) { watch in
        let pause = Self.pause(after: now - watch.entered)
        watch.due = now + (watch.spending == nil ? pause : min(pause, Self.spendingLooks.after))
      }
    }
    return errands
  }

  /// One batch: the receipts of all that are sought, and what the pool and the chain say of those that are looked for.
  private func ask(
    _ watches: [Int: ReceiptWatch]
  ) async throws(RPCError) -> (found: [Found], looks: [Int: Look]) {
    let now = ContinuousClock.now
    var questions: [Question] = []
    for id in watches.keys.sorted() {
      guard let watch = watches[id], case .seeking = watch.phase else { continue }
      let known = Self.asked(of: watch)
      questions += known.map { .receipt(id, $0) }
      guard watch.isToBeLooked(at: now) else { continue }
      questions += known.map { .look(id, $0) }
      if let slot = watch.slot { questions.append(.count(id, nonce: slot.nonce)) }
    }
    guard !questions.isEmpty else { return ([], [:]) }
    let height = RPCRequest("eth_blockNumber")
    let requests = questions.map { request(for: $0, watches) } + [height]
    let answers = try await client.batch(requests)
    let head = try answers[questions.count].answer(to: height).blockNumber()
    var found: [Found] = []
    var looks: [Int: Look] = [:]
    for (question, (request, answer)) in zip(questions, zip(requests, answers)) {
      switch question {
      case .receipt(let id, let alternative):
        do throws(RPCError) {
          if let known = try receipt(answer, to: request, of: alternative, for: id) {
            found.append(known)
          }
        } catch {
          end(id, with: .failure(Failure(error)))
        }
      case .look(let id, let alternative):
        looks[id, default: Look(head: head, at: now)].add(answer, to: request, of: alternative)
      case .count(let id, let nonce):
        guard let count = try? answer.answer(to: request).number() else { continue }
        looks[id, default: Look(head: head, at: now)].isNonceUsed = count > nonce
      }
    }
    return (found, looks)
  }

  private static func asked(of watch: ReceiptWatch) -> [TransactionAlternative] {
    guard watch.known.count > alternativeLimit else { return watch.known }
    return watch.known.prefix(1) + watch.known.suffix(alternativeLimit - 1)
  }

  private func request(for question: Question, _ watches: [Int: ReceiptWatch]) -> RPCRequest {
    switch question {
    case .receipt(_, let one):
      RPCRequest("eth_getTransactionReceipt", [.string("\(one.hash)")])
    case .look(_, let one): RPCRequest("eth_getTransactionByHash", [.string("\(one.hash)")])
    case .count(let id, _):
      RPCRequest(
        "eth_getTransactionCount",
        [watches[id]?.slot.map { .string("\($0.sender)") } ?? .null, "latest"])
    }
  }

  private func receipt(
    _ answer: Result<JSON, RPCFailure>, to request: RPCRequest,
    of alternative: TransactionAlternative, for id: Int
  ) throws(RPCError) -> Found? {
    // A node that has just started has no index yet: it will know.
    if case .failure(let refusal) = answer, refusal.message.contains("indexing is in progress") {
      return nil
    }
    let value = try answer.answer(to: request)
    guard !value.isNull else { return nil }
    // Of the pending block, which will never be in the chain as it stands (some nodes tell no hash for it).
    guard try value.optional("blockHash") != nil else { return nil }
    let receipt = try TransactionReceipt(value)
    try alternative.expectation.check(receipt, in: value)
    return Found(id: id, receipt: receipt, value: value)
  }
}

extension ReceiptWatch {
  /// Whether the pool, and the sender's count, are to be asked for now.
  fileprivate func isToBeLooked(at now: ContinuousClock.Instant) -> Bool {
    guard let looked else { return now > entered + ReceiptWatcher.pause.least }
    let pause = spending == nil ? ReceiptWatcher.lookAfter : ReceiptWatcher.spendingLooks.after
    return now - looked >= pause / 2
  }
}
