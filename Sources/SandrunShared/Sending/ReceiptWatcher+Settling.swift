internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

extension ReceiptWatcher {
  /// The chain's blocks of some numbers, and how high it is.
  private struct Blocks {
    var blocks: [UInt64: Result<RPCValue, RPCError>] = [:]
    var head: UInt64 = 0

    /// The lower one of the heads before and behind counts: one that goes down confirms nothing.
    init(_ numbers: [UInt64], of client: EthereumClient) async throws(RPCError) {
      let height = RPCRequest("eth_blockNumber")
      let requests =
        [height] + numbers.map { BlockReference.number($0).request() } + [height]
      let answers = try await client.batch(requests)
      for (number, (request, answer)) in zip(numbers, zip(requests, answers).dropFirst()) {
        // What is wrong with one block is the business of those alone that are in it.
        do throws(RPCError) { blocks[number] = .success(try answer.answer(to: request)) } catch {
          blocks[number] = .failure(error)
        }
      }
      head = min(
        try answers[0].answer(to: height).blockNumber(),
        try answers[requests.count - 1].answer(to: height).blockNumber())
    }

    /// The block of a number, where it has the hash.
    func block(_ number: UInt64, _ hash: Digest32) throws(RPCError) -> RPCValue? {
      guard let block = try blocks[number]?.get(), !block.isNull,
        try block.member("hash").digest() == hash
      else { return nil }
      return block
    }

    /// How many blocks hold what is in a block of the chain, or lie on it.
    func depth(of number: UInt64) -> UInt64 {
      // A head that is told too low does not undo the block itself.
      head > number ? head - number + 1 : 1
    }
  }

  /// Holds receipts against the chain's own blocks, and looks again at the blocks of those that are in one.
  func settle(_ found: [Found], _ watches: [Int: ReceiptWatch]) async throws(RPCError) {
    var numbers = Set(found.map(\.receipt.blockNumber))
    for watch in watches.values { if let block = watch.block { numbers.insert(block.number) } }
    guard !numbers.isEmpty else { return }
    let blocks = try await Blocks(numbers.sorted(), of: client)
    for found in found {
      do throws(RPCError) { try take(found, blocks) } catch {
        end(found.id, with: .failure(Failure(error)))
      }
    }
    for (id, watch) in watches {
      guard let block = watch.block else { continue }
      let isThere: Bool
      do throws(RPCError) { isThere = try blocks.block(block.number, block.hash) != nil } catch {
        end(id, with: .failure(Failure(error)))
        continue
      }
      guard isThere else {
        detail("\(block.of) went out of the chain with block \(block.number) (\(block.hash))")
        _ = update(id) { watch in
          watch.enter(.seeking)
          watch.isPending = nil
        }
        continue
      }
      confirm(id, to: blocks.depth(of: block.number))
    }
  }

  private func take(_ found: Found, _ blocks: Blocks) throws(RPCError) {
    let receipt = found.receipt
    guard let block = try blocks.block(receipt.blockNumber, receipt.blockHash) else {
      return try stray(found)
    }
    try Self.check(receipt, in: block)
    detail(
      "\(receipt.transactionHash) is in block \(receipt.blockNumber) (\(receipt.blockHash))")
    _ = update(found.id) { watch in
      watch.enter(.mined(receipt))
      watch.strays = nil
    }
    confirm(found.id, to: blocks.depth(of: receipt.blockNumber))
  }

  /// Notes how deep a block lies; deep enough, it is the end.
  private func confirm(_ id: Int, to depth: UInt64) {
    let change = update(id) { watch in
      let isNew = watch.depth != depth
      watch.depth = depth
      return isNew ? watch : nil
    }
    guard let watch = change ?? nil, let block = watch.block else { return }
    if watch.confirmations > 1 {
      detail("\(block.of) is confirmed \(depth) of \(watch.confirmations) times")
    }
    guard depth >= watch.confirmations else { return }
    switch watch.phase {
    case .seeking: return
    case .replaced(let use): replace(id, watch, by: use)
    case .mined(let receipt):
      guard let alternative = watch.alternative(receipt.transactionHash) else { return }
      note(
        .init(
          known: watch.known, mined: alternative.hash,
          block: (receipt.blockNumber, receipt.blockHash)))
      end(
        id,
        with: .success(
          Settled(
            alternative: alternative, receipt: receipt, confirmations: depth,
            asked: watch.known[0])))
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
  private func stray(_ found: Found) throws(RPCError) {
    let now = ContinuousClock.now
    let since = update(found.id) { watch in
      let since = watch.strays ?? now
      watch.strays = since
      return since
    }
    let receipt = found.receipt
    detail(
      "\(receipt.transactionHash) is in \(receipt.blockHash), which is not block \(receipt.blockNumber) of the chain"
    )
    guard now - (since ?? now) < patience else {
      throw found.value.flaw(
        "its block \(receipt.blockHash) is not block \(receipt.blockNumber) of the chain")
    }
  }
}

extension ReceiptWatch {
  /// The block that has used the nonce, and which transaction in it is told of.
  fileprivate var block: (number: UInt64, hash: Digest32, of: Digest32)? {
    switch phase {
    case .seeking: nil
    case .mined(let receipt): (receipt.blockNumber, receipt.blockHash, receipt.transactionHash)
    case .replaced(let use): (use.blockNumber, use.blockHash, use.transaction ?? hash)
    }
  }
}
