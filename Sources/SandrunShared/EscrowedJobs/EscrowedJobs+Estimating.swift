internal import Commands
internal import EthereumRPC
internal import IPFS
public import Marketplace
internal import MarketplaceClient
public import NodeClient
public import Records
internal import WideInteger

extension EscrowedJobs {
  /// Adds `estimate`: what a job would cost at most, by node, and in gas; nothing is sent.
  ///
  /// With too few nodes for its consensus it has no `cost`. The nodes are those of the pool, else the registered ones.
  public func estimate(
    _ input: Record, pool: Pool?, price: NodePrice?
  ) async throws(Failure) -> (record: Record, isEnough: Bool) {
    let late = Failure(
      .temporary, "the estimate takes too long", code: "timeout", hint: "see --timeout",
      isRetryable: true)
    return try await nodes.inTime(late: late) { () throws(Failure) in
      try await self.estimated(input, pool: pool, price: price)
    }
  }

  private func estimated(
    _ input: Record, pool: Pool?, price: NodePrice?
  ) async throws(Failure) -> (record: Record, isEnough: Bool) {
    let job = try Self.job(of: input)
    let market = pool == nil || job.payment != nil ? try await finder.market().forRecord() : nil
    let nodes: Pool
    if let pool {
      nodes = pool
    } else if let market {
      nodes = try await registered(on: market)
    } else {
      nodes = Pool([])
    }
    let fitting = nodes.candidates(for: job, price: price) { [world] node, reason in
      world.detail("\(node.address) does not fit: \(reason)")
    }
    let offers = fitting.compactMap { node in node.cost(of: job, at: price).map { (node, $0) } }
    let needed = job.consensus.nodes
    var estimate: JSONObject = [
      "nodes": .array(
        offers.map { node, cost in
          [
            "address": .string("\(node.address)"), "endpoint": .string("\(node.endpoint)"),
            "cost": .string("\(cost)"), "time": .integer(job.timeout),
          ]
        }),
      "needed": .integer(needed), "cost": .null, "token": .string(Job.Payment.ether),
      "time": .integer(job.timeout),
    ]
    let isEnough = offers.count >= needed
    if isEnough { estimate["cost"] = Self.sum(offers.prefix(needed).map(\.1)) }
    if let market, let payment = job.payment {
      estimate["gas"] = try await gas(of: job, payment, on: market)
      tell(payment, of: job, besides: isEnough ? offers[needed - 1].1 : nil)
    }
    if !isEnough {
      world.note(
        "\(offers.count) of \(nodes.nodes.count) nodes fit the job and tell a price, not \(needed)")
    }
    return (input.setting("estimate", to: .object(estimate)), isEnough)
  }

  private static func job(of record: Record) throws(Failure) -> Job {
    guard let object = try record.object("job") else {
      throw Failure(.data, "the record has no 'job'", hint: "make one with 'sr-job new'")
    }
    do throws(JobError) { return try Job(object) } catch { throw Failure(.data, "\(error)") }
  }

  private static func sum(_ costs: [UInt256]) -> JSON {
    var sum: UInt256 = 0
    for cost in costs {
      let (next, isOver) = sum.addingReportingOverflow(cost)
      guard !isOver else { return .null }
      sum = next
    }
    return .string("\(sum)")
  }

  /// What post, settling and paying cost at the present price of gas.
  private func gas(
    of job: Job, _ payment: Job.Payment, on market: Market
  ) async throws(Failure) -> JSON {
    let gas = MarketGas(
      nodes: job.consensus.nodes, isInToken: payment.token != Job.Payment.ether)
    let answers: [Result<JSON, RPCFailure>]
    do throws(RPCError) {
      answers = try await market.client.batch(FeePlanner.requests)
    } catch { throw Failure(error) }
    let plan: FeePlan
    do throws(FeeError) { plan = try FeePlanner().plan(from: answers) } catch {
      throw Failure(error)
    }
    let (cost, isOver) = plan.highest.multipliedReportingOverflow(
      by: UInt256(low: UInt128(gas.total)))
    return [
      "post": .integer(gas.post), "settle": .integer(gas.settle),
      "release": .integer(gas.release), "price": .string("\(plan.highest)"),
      "cost": isOver ? .null : .string("\(cost)"),
    ]
  }

  /// A share below what nodes ask for is one that they leave.
  private func tell(_ payment: Job.Payment, of job: Job, besides cost: UInt256?) {
    guard let cost, payment.token == Job.Payment.ether,
      let amount = try? UInt256(decimal: payment.amount)
    else { return }
    let share = amount / UInt256(low: UInt128(job.consensus.nodes))
    guard share < cost else { return }
    world.note(
      "each node gets \(Amount.shown(share)), and \(job.consensus.nodes) ask for up to \(Amount.shown(cost))"
    )
  }

  // MARK: Registered nodes

  /// The nodes that may claim, as their signed descriptors tell.
  private func registered(on market: Market) async throws(Failure) -> Pool {
    let listed = try await directory(market).listing(.active).nodes
    let found = await nodes.bounded(listed) { [self] node throws(Failure) in
      try await described(node)
    }
    var pool: [PoolNode] = []
    for (node, answer) in zip(listed, found) {
      do throws(Failure) { pool.append(try answer.get()) } catch {
        guard error.code != Failure.interrupted.code else { throw error }
        world.detail("\(node.address) is left out: \(error.message)")
      }
    }
    return Pool(pool)
  }

  private func described(_ node: ListedNode) async throws(Failure) -> PoolNode {
    guard let endpoint = Endpoint(node.endpoint) else {
      throw Failure(.data, "it tells no endpoint")
    }
    guard let cid = node.descriptorCID else { throw Failure(.data, "its descriptor is no CID") }
    let limit = SignedDescriptor.lengthLimit
    let repository = try nodes.repository()
    try await sources.bring(
      [cid], into: ContentStore(repository), from: [endpoint],
      limits: ContentLimits(bytes: 2 * limit, blocks: 4, time: .seconds(60)))
    var bytes: [UInt8] = []
    do throws(ReadError) {
      try ContentReader(repository).read(cid, limit: UInt64(limit)) { (piece) throws(ReadError) in
        for index in piece.indices { bytes.append(piece[index]) }
      }
    } catch { throw Failure(error) }
    do throws(DescriptorError) {
      let signed = try SignedDescriptor(parsing: bytes)
      try signed.check(operator: node.address, endpoint: node.endpoint, cid: cid)
      return PoolNode(address: node.address, endpoint: endpoint, descriptor: signed.descriptor)
    } catch { throw Failure(.data, "\(error)") }
  }
}
