internal import EthereumRPC
internal import Ethereum
internal import Hashing
internal import Records
internal import Synchronization

extension ReceiptWatcher {
  private struct Found {
    var receipt: TransactionReceipt
    var value: RPCValue
  }

  /// Asks for the receipts of some waiters, and gives each what is certain.
  func round(_ waiters: [Int: Waiter]) async {
    do throws(RPCError) {
      let found = try await receipts(of: waiters)
      try await settle(found, of: waiters)
    } catch {
      // What the client's own repetitions did not mend; the records may be fed again.
      for id in waiters.keys { end(id, with: .failure(Failure(error))) }
    }
    let now = ContinuousClock.now
    state.withLock { state in
      for id in waiters.keys {
        guard let since = state.waiters[id]?.since else { continue }
        state.waiters[id]?.due = now + Self.pause(after: now - since)
      }
    }
  }

  /// The receipts that the node has, by waiter.
  ///
  /// Those that have waited for long are looked for in the pool along with it.
  private func receipts(of waiters: [Int: Waiter]) async throws(RPCError) -> [Int: Found] {
    let ids = waiters.keys.sorted()
    let now = ContinuousClock.now
    let looked = ids.filter { id in
      guard let waiter = waiters[id] else { return false }
      return waiter.looked.map { now - $0 >= Self.lookAfter }
        ?? (now > waiter.since + Self.pause.least)
    }
    let requests =
      ids.map { request("eth_getTransactionReceipt", waiters[$0]) }
      + looked.map { request("eth_getTransactionByHash", waiters[$0]) }
    let answers = try await client.batch(requests)
    var found: [Int: Found] = [:]
    for (id, (request, answer)) in zip(ids, zip(requests, answers)) {
      do throws(RPCError) {
        found[id] = try receipt(answer, to: request, for: waiters[id])
      } catch {
        end(id, with: .failure(Failure(error)))
      }
    }
    for (id, (request, answer)) in zip(looked, zip(requests, answers).dropFirst(ids.count)) {
      try note(answer, to: request, of: id, at: now)
    }
    return found
  }

  private func request(_ method: String, _ waiter: Waiter?) -> RPCRequest {
    RPCRequest(method, [waiter.map { .string("\($0.expectation.hash)") } ?? .null])
  }

  private func receipt(
    _ answer: Result<JSON, RPCFailure>, to request: RPCRequest, for waiter: Waiter?
  ) throws(RPCError) -> Found? {
    // A node that has just started has no index yet: it will know.
    if case .failure(let refusal) = answer, refusal.message.contains("indexing is in progress") {
      return nil
    }
    let value = try answer.answer(to: request)
    guard let waiter, !value.isNull else { return nil }
    // Of the pending block, which will never be in the chain as it stands (some nodes tell no hash for it).
    guard try value.optional("blockHash") != nil else { return nil }
    let receipt = try TransactionReceipt(value)
    try waiter.expectation.check(receipt, in: value)
    return Found(receipt: receipt, value: value)
  }

  /// Remembers whether the pool has a transaction, and tells when that changes.
  private func note(
    _ answer: Result<JSON, RPCFailure>, to request: RPCRequest, of id: Int,
    at now: ContinuousClock.Instant
  ) throws(RPCError) {
    guard case .success(let value) = answer else { return }
    let isUnknown = RPCValue(value, method: request.method).isNull
    let change = state.withLock { state -> Digest32? in
      guard let hash = state.waiters[id]?.expectation.hash else { return nil }
      state.waiters[id]?.looked = now
      if isUnknown {
        state.pending.remove(hash)
        return state.unknown.insert(hash).inserted ? hash : nil
      }
      state.pending.insert(hash)
      return state.unknown.remove(hash)
    }
    guard let change else { return }
    detail(isUnknown ? "the node does not know \(change)" : "the node knows \(change) again")
  }

  // MARK: The chain's own blocks

  /// Gives waiters the receipts whose block is the one of its number in the chain.
  private func settle(_ found: [Int: Found], of waiters: [Int: Waiter]) async throws(RPCError) {
    guard !found.isEmpty else { return }
    let numbers = Set(found.values.map(\.receipt.blockNumber)).sorted()
    let requests = numbers.map { RPCRequest.block("0x" + String($0, radix: 16)) }
    let answers = try await client.batch(requests)
    var blocks: [UInt64: RPCValue] = [:]
    for (number, (request, answer)) in zip(numbers, zip(requests, answers)) {
      blocks[number] = try answer.answer(to: request)
    }
    for (id, found) in found {
      do throws(RPCError) {
        guard let block = blocks[found.receipt.blockNumber], !block.isNull,
          try block.member("hash").digest() == found.receipt.blockHash
        else {
          try stray(id, found)
          continue
        }
        try Self.check(found.receipt, in: block)
        end(id, with: .success(found.receipt))
      } catch {
        end(id, with: .failure(Failure(error)))
      }
    }
  }

  /// Sees that the block names the transaction at its place.
  private static func check(_ receipt: TransactionReceipt, in block: RPCValue) throws(RPCError) {
    let transactions = try block.member("transactions").elements()
    guard let index = Int(exactly: receipt.transactionIndex), index < transactions.count,
      try transactions[index].digest() == receipt.transactionHash
    else {
      throw block.flaw(
        "block \(receipt.blockNumber) does not hold \(receipt.transactionHash) at place \(receipt.transactionIndex)"
      )
    }
  }

  /// A receipt of a block that is not the chain's: none for now, and a lie where it stays so.
  private func stray(_ id: Int, _ found: Found) throws(RPCError) {
    let now = ContinuousClock.now
    let since = state.withLock { state in
      let since = state.waiters[id]?.strays ?? now
      state.waiters[id]?.strays = since
      return since
    }
    let receipt = found.receipt
    detail(
      "\(receipt.transactionHash) is in \(receipt.blockHash), which is not block \(receipt.blockNumber) of the chain"
    )
    guard now - since < Self.strayLimit else {
      throw found.value.flaw(
        "its block \(receipt.blockHash) is not block \(receipt.blockNumber) of the chain")
    }
  }
}
