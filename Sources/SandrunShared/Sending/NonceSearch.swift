internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records

/// What used a nonce, as far as a node tells it.
struct NonceUse: Equatable, Sendable {
  /// The transaction; nil where the sender's own permission used the nonce (EIP-7702).
  var transaction: Digest32?
  /// The block that holds it.
  var blockNumber: UInt64
  /// That block's hash.
  var blockHash: Digest32
}

/// Finds what used a nonce of a sender: the first block behind which the sender's count is above it.
struct NonceSearch: Sendable {
  /// So many blocks are asked about at once.
  static let breadth: UInt64 = 15
  /// Nodes without an archive keep the state of about so many blocks.
  static let recent: UInt64 = 127

  let client: EthereumClient
  let sender: Address
  let nonce: UInt64

  /// What used the nonce; nil where nobody did, or where the node has not the state of the blocks in question.
  func use() async throws(RPCError) -> NonceUse? {
    let height = RPCRequest("eth_blockNumber")
    let head = RPCValue(try await client.call(height), method: height.method)
    guard let number = try await block(upTo: try head.blockNumber()) else { return nil }
    let request = BlockReference.number(number).request(transactions: true)
    let block = RPCValue(try await client.call(request), method: request.method)
    if block.isNull { return nil }
    let hash = try block.member("hash").digest()
    for value in try block.member("transactions").elements() {
      let from = try value.member("from").address()
      guard from == sender, try value.member("nonce").number() == nonce else { continue }
      return NonceUse(
        transaction: try checked(value), blockNumber: number, blockHash: hash)
    }
    return NonceUse(transaction: nil, blockNumber: number, blockHash: hash)
  }

  /// The hash of what the node says to have used the nonce, proven where its form is known.
  private func checked(_ value: RPCValue) throws(RPCError) -> Digest32 {
    guard let type = try value.optional("type")?.number(), type > 4 else {
      return try SignedTransaction(value).hash
    }
    return try value.member("hash").digest()
  }

  // MARK: The block

  private func block(upTo head: UInt64) async throws(RPCError) -> UInt64? {
    guard var (low, high) = try await bounds(under: head) else { return nil }
    while high - low > 1 {
      let step = max((high - low) / (Self.breadth + 1), 1)
      var probes: [UInt64] = []
      var next = low + step
      while next < high, probes.count < Int(Self.breadth) {
        probes.append(next)
        next += step
      }
      guard let used = try await isUsed(at: probes) else { return nil }
      for (probe, isUsed) in zip(probes, used) {
        if isUsed { high = min(high, probe) } else { low = max(low, probe) }
      }
      // Counts that fall again are of a chain that is being replaced.
      guard low < high else { return nil }
    }
    return high
  }

  /// A block where the nonce was free, and a later one where it was used.
  private func bounds(under head: UInt64) async throws(RPCError) -> (UInt64, UInt64)? {
    let near: [UInt64] = [0, 1, 3, 7, 15, 31, 63, Self.recent]
    let far = (8...63).map { (UInt64(1) << $0) - 1 }
    var high: UInt64?
    for depths in [near, far] {
      var probes = depths.filter { $0 < head }.map { head - $0 }
      if probes.count < depths.count { probes.append(0) }
      guard let used = try await isUsed(at: probes) else { return nil }
      for (probe, isUsed) in zip(probes, used) {
        guard isUsed else {
          return high.map { (probe, $0) }
        }
        high = probe
      }
    }
    return nil
  }

  /// Whether the nonce was used behind blocks, in their order; nil where the node does not tell.
  private func isUsed(at blocks: [UInt64]) async throws(RPCError) -> [Bool]? {
    let requests = blocks.map { block in
      RPCRequest(
        "eth_getTransactionCount",
        [.string("\(sender)"), BlockReference.number(block).parameter])
    }
    var used: [Bool] = []
    for (request, answer) in zip(requests, try await client.batch(requests)) {
      guard case .success(let value) = answer else {
        // What is known of the later blocks may do: their states are asked for first.
        return used.last == false ? used : nil
      }
      used.append(try RPCValue(value, method: request.method).number() > nonce)
    }
    return used
  }
}
