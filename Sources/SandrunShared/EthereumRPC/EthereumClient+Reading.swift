public import Records

extension EthereumClient {
  /// Asks about the state at a block, and tells the number of the block that the answers are of.
  ///
  /// A tag moves with the chain: its block is asked for before and behind the calls of one batch. Where the two differ,
  /// the calls are made once more at the first of them. A block that the node does not have is refused as such.
  public func read(
    at block: BlockReference, _ requests: (BlockReference) -> [RPCRequest]
  ) async throws(RPCError) -> (block: UInt64, results: [Result<JSON, RPCFailure>]) {
    let calls = requests(block)
    if case .number(let number) = block { return (number, try await batch(calls)) }
    let mark = block == .latest ? RPCRequest("eth_blockNumber") : block.request()
    let results = try await batch([mark] + calls + [mark])
    let first = try Self.number(results[0].answer(to: mark), of: block)
    let last = try Self.number(results[results.count - 1].answer(to: mark), of: block)
    if first == last { return (first, Array(results.dropFirst().dropLast())) }
    return (first, try await batch(requests(.number(first))))
  }

  private static func number(
    _ answer: RPCValue, of block: BlockReference
  ) throws(RPCError) -> UInt64 {
    if block == .latest { return try answer.blockNumber() }
    guard !answer.isNull else {
      throw .refused(
        RPCFailure(method: answer.method, code: -32000, message: "block not found: \(block)"))
    }
    return try answer.member("number").blockNumber()
  }
}
