internal import ABI
public import Ethereum
public import EthereumRPC
internal import EventStreams
internal import Marketplace
public import Records
internal import WideInteger

/// Who is registered, read from one NodeRegistry at one block.
///
/// Stakes, counters and owners are the contract's state. Endpoints and descriptors are in its logs alone, which are read
/// from the head back until each node has told its own: no farther than the oldest registration that is wanted.
public struct NodeDirectory: Sendable {
  /// The most nodes that are listed.
  public static let limit: UInt64 = 1 << 20

  /// Which nodes are wanted.
  public enum Selection: Sendable {
    /// All that may claim.
    case active
    /// All that ever were, retired ones too.
    case all
    /// Those with these registration numbers.
    case numbers([UInt64])
    /// Those that these accounts operate now.
    case operators([Address])
  }

  /// What is registered at a block.
  public struct Listing: Sendable {
    /// The block's number.
    public var block: UInt64
    /// The nodes by their numbers, or in the order in which they were asked for; who is not registered is left out.
    public var nodes: [ListedNode]
  }

  let client: EthereumClient
  /// The contract.
  public let registry: Address
  let detail: @Sendable (String) -> Void

  /// Reads a contract through a node of its chain; `detail` is told what takes time.
  public init(
    client: EthereumClient, registry: Address,
    detail: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.client = client
    self.registry = registry
    self.detail = detail
  }

  /// The nodes of a selection, as they are at the chain's head or another block.
  public func listing(
    _ selection: Selection = .active, at block: BlockReference = .latest
  ) async throws(Failure) -> Listing {
    let (block, numbers) = try await numbers(selection, at: block)
    var kept: [(number: UInt64, registered: RegisteredNode)] = []
    var asked = 0
    for (number, node) in zip(numbers, try await states(of: numbers, at: block)) {
      guard let node else { continue }
      if case .operators(let wanted) = selection {
        // Each is its own account's node: they come in the order in which they were asked for.
        guard let place = wanted[asked...].firstIndex(of: node.operatorAddress) else {
          throw flaw("node \(number), of \(node.operatorAddress), for another account")
        }
        asked = place + 1
      }
      if case .active = selection, !node.isActive { continue }
      kept.append((number, node))
    }
    let told = try await tellings(of: kept, through: block)
    return Listing(
      block: block,
      nodes: kept.compactMap { number, registered in
        told[number].map {
          ListedNode(
            number: number, registered: registered, endpoint: $0.endpoint,
            descriptor: $0.descriptor)
        }
      })
  }

  /// The node with a registration number; nil where there is none.
  public func node(_ number: UInt64) async throws(Failure) -> ListedNode? {
    try await listing(.numbers([number])).nodes.first
  }

  /// The node that an account operates; nil where it has none.
  public func node(of operatorAddress: Address) async throws(Failure) -> ListedNode? {
    try await listing(.operators([operatorAddress])).nodes.first
  }

  // MARK: State

  /// The numbers of the nodes to be read, and the block that all is read at.
  private func numbers(
    _ selection: Selection, at reference: BlockReference
  ) async throws(Failure) -> (block: UInt64, numbers: [UInt64]) {
    let queries: [ContractQuery]
    switch selection {
    case .operators(let addresses):
      queries = try addresses.map { (address) throws(Failure) in
        try query(NodeRegistry.numberOf, [.address(address)])
      }
    default: queries = [try query(NodeRegistry.lastNumber, [])]
    }
    let (block, answers) = try await ask(queries, at: reference)
    let values = try answers.map { (answer) throws(Failure) in
      try small(answer.0, of: answer.1)
    }
    switch selection {
    case .operators: return (block, values.filter { $0 > 0 })
    case .numbers(let wanted):
      return (block, wanted.filter { (1...max(1, values[0])).contains($0) && values[0] > 0 })
    case .active, .all:
      guard values[0] <= Self.limit else {
        throw Failure(
          .protocolViolation,
          "NodeRegistry at \(registry) tells of \(values[0]) nodes, more than \(Self.limit)",
          code: "bad-answer")
      }
      return (block, values[0] == 0 ? [] : Array(1...values[0]))
    }
  }

  /// What the contract keeps of nodes; nil where there is no such node.
  private func states(
    of numbers: [UInt64], at block: UInt64
  ) async throws(Failure) -> [RegisteredNode?] {
    var states: [RegisteredNode?] = []
    states.reserveCapacity(numbers.count)
    // One round trip for so many: an answer has 352 bytes.
    while states.count < numbers.count {
      let part = numbers[states.count...].prefix(500)
      let queries = try part.map { (number) throws(Failure) in
        try query(NodeRegistry.nodes, [.uint(UInt256(low: UInt128(number)))])
      }
      for (data, _) in try await ask(queries, at: .number(block)).answers {
        do throws(ContractAnswerError) { states.append(try RegisteredNode(answer: data)) } catch {
          throw flaw("\(error)")
        }
      }
      if numbers.count > 500 { detail("read \(states.count) of \(numbers.count) nodes") }
    }
    return states
  }

  private func query(
    _ function: ABIFunction, _ arguments: [ABIValue]
  ) throws(Failure) -> ContractQuery {
    do throws(ABIError) {
      return try ContractQuery(to: registry, function: function, arguments: arguments)
    } catch {
      throw Failure(.internalError, "\(function.signature): \(error)")
    }
  }

  private func ask(
    _ queries: [ContractQuery], at reference: BlockReference
  ) async throws(Failure) -> (block: UInt64, answers: [([UInt8], ContractQuery)]) {
    do throws(RPCError) {
      let (block, results) = try await client.read(at: reference) { block in
        queries.map { $0.request(at: block) }
      }
      var answers: [([UInt8], ContractQuery)] = []
      for (query, result) in zip(queries, results) {
        let request = query.request(at: reference)
        guard case .returned(let data) = try query.outcome(result, of: request) else {
          throw RPCError.badAnswer(
            method: request.method,
            reason: "\(query.function?.signature ?? "") of \(registry) reverts")
        }
        answers.append((data, query))
      }
      return (block, answers)
    } catch {
      throw Failure(error)
    }
  }

  private func small(_ data: [UInt8], of query: ContractQuery) throws(Failure) -> UInt64 {
    guard !data.isEmpty else {
      throw Failure(
        .protocolViolation, "there is no NodeRegistry at \(registry) on this chain",
        code: "no-contract")
    }
    guard case .uint(let value)?? = try? query.function?.decodeResult(data).first,
      let number = UInt64(exactly: value)
    else { throw flaw("\(query.function?.signature ?? "") gives no number below 2^64") }
    return number
  }

  func flaw(_ what: String) -> Failure {
    Failure(
      .protocolViolation, "bad answer of NodeRegistry at \(registry): \(what)", code: "bad-answer")
  }
}
