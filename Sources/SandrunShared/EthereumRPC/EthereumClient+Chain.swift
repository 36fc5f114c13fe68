internal import Hashing
internal import Records
internal import Synchronization
internal import WideInteger

extension EthereumClient {
  /// Asks one endpoint; what must be known of its chain before it counts is asked for in the same round trip.
  func ask(
    _ requests: [RPCRequest], of endpoint: Endpoint, until end: ContinuousClock.Instant?,
    withIdentity: Bool = false
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    let isReading = requests.allSatisfy { RPCRequest.reads($0.method) }
    let missing = missing(
      of: endpoint, withIdentity: withIdentity,
      isAsked: isReading && requests.contains { $0.method == RPCRequest.chainId.method })
    // Block 0 is the last of them.
    let genesis = missing.last?.method == Self.genesis.method ? missing.count - 1 : nil
    guard isReading || missing.isEmpty else {
      _ = try await checked(missing, genesis: genesis, of: endpoint, until: end)
      return try await checked(requests, of: endpoint, until: end)
    }
    let results = try await checked(
      missing + requests, genesis: genesis, of: endpoint, until: end)
    return Array(results.dropFirst(missing.count))
  }

  /// What must be asked of an endpoint besides: the chain's id, unless the caller asks for it, and block 0.
  private func missing(
    of endpoint: Endpoint, withIdentity: Bool, isAsked: Bool
  ) -> [RPCRequest] {
    let isOne = shared.endpoints.count == 1
    let needsIdentity =
      isOne ? withIdentity && knownIdentity == nil : !endpoint.isOnChain
    let needsChain =
      needsIdentity
      || shared.options.chainId != nil && shared.state.withLock { $0.chainId == nil }
    return (needsChain && !isAsked ? [.chainId] : []) + (needsIdentity ? [Self.genesis] : [])
  }

  private static let genesis = RPCRequest.block("0x0")

  /// Asks, and holds what the answers tell of the chain against what is known of it; `genesis` is block 0's place.
  private func checked(
    _ requests: [RPCRequest], genesis: Int? = nil, of endpoint: Endpoint,
    until end: ContinuousClock.Instant?
  ) async throws(RPCError) -> [Result<JSON, RPCFailure>] {
    var results: [Result<JSON, RPCFailure>] = []
    results.reserveCapacity(requests.count)
    var rest = requests[...]
    while !rest.isEmpty {
      let part = Array(rest.prefix(shared.options.batchLimit))
      rest = rest.dropFirst(part.count)
      results += try await endpoint.exchange(part, until: end)
    }
    for (request, result) in zip(requests, results)
    where request.method == RPCRequest.chainId.method {
      if case .success = result {
        try note(try result.answer(to: request).quantity(), of: endpoint)
      }
    }
    if let genesis,
      let chain = requests.firstIndex(where: { $0.method == RPCRequest.chainId.method })
    {
      try note(
        ChainIdentity(
          chainId: try results[chain].answer(to: .chainId).quantity(),
          genesis: try results[genesis].answer(to: Self.genesis).member("hash").digest()),
        of: endpoint)
    }
    return results
  }

  /// Holds the chain's id against what it must be: the node may be another one after a while, behind a balancer.
  private func note(_ found: UInt256, of endpoint: Endpoint) throws(RPCError) {
    let expected = shared.state.withLock { state in
      let expected = shared.options.chainId ?? state.chainId
      if expected == nil || expected == found { state.chainId = found }
      return expected
    }
    if let expected, expected != found {
      throw .wrongChain(url: endpoint.name, expected: expected, found: found)
    }
  }

  private func note(_ found: ChainIdentity, of endpoint: Endpoint) throws(RPCError) {
    let genesis = shared.state.withLock { state in
      let identity = state.identity ?? found
      state.identity = identity
      return identity.genesis
    }
    guard genesis == found.genesis else {
      throw .otherGenesis(url: endpoint.name, expected: genesis, found: found.genesis)
    }
    endpoint.state.withLock { $0.isOnChain = true }
  }
}
