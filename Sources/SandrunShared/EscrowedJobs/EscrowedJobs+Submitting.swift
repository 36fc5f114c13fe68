internal import Commands
internal import Ethereum
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import NodeAPI
public import NodeClient
public import Records
internal import WideInteger

extension EscrowedJobs {
  /// Hands the content of a job in escrow to registered nodes, or to those of a pool, and tells each of the job; adds `run`.
  ///
  /// Nodes hear of the job from the chain as well: one that has the content is enough. Those that did not take it are told of.
  public func submit(_ input: Record, to pool: Pool?, count: Int) async throws(Failure) -> Record {
    let order = try Order(input)
    guard let escrow = try input.escrow(), let id = try input.escrowedID() else {
      throw Failure(.data, "the record has no \"escrow\"")
    }
    try nodes.submissions.prepare()
    let targets: [PoolNode]
    if let pool {
      targets = Array(
        pool.candidates(for: order.job) { [world] node, reason in
          world.detail("\(node.address) does not fit: \(reason)")
        }.prefix(count))
    } else {
      targets = try await registered(for: escrow, count: count)
    }
    guard !targets.isEmpty else {
      throw Failure(
        .unavailable, "no node is registered that can be reached",
        code: "no-nodes", hint: "feed the record again later, or name nodes by --pool",
        isRetryable: true)
    }
    let members = Self.told(try input.object("escrow") ?? [:])
    let answers = await nodes.bounded(targets) { [nodes] node throws(Failure) in
      try await nodes.announce(order, members, at: node.endpoint, of: node.address)
    }
    var elements: [JSONObject] = []
    var first: Failure?
    for (node, answer) in zip(targets, answers) {
      do throws(Failure) {
        try answer.get()
        elements.append(
          JobReference(endpoint: node.endpoint, id: id, address: node.address).json)
      } catch {
        if error.code == Failure.interrupted.code { throw error }
        world.note("\(node.address) did not take the content: \(error.message)")
        first = first ?? error
      }
    }
    guard !elements.isEmpty else {
      throw Failure(
        .unavailable, "none of \(targets.count) nodes took the job's content",
        code: "no-nodes", hint: "feed the record again later, or name nodes by --pool",
        isRetryable: true)
    }
    return try nodes.submitted(input, to: elements)
  }

  /// What a node is told of the escrow: where it is, and nothing of what others did.
  private static func told(_ escrow: JSONObject) -> JSONObject {
    var told: JSONObject = [:]
    for name in ["jobId", "chainId", "contract", "verifier", "tx"] { told[name] = escrow[name] }
    return told
  }

  /// Registered nodes that say where they are: so many, and for each job others, so that none carries all.
  private func registered(
    for escrow: EscrowMember, count: Int
  ) async throws(Failure) -> [PoolNode] {
    let market = try await market(of: escrow).forRecord()
    guard let job = try await market.job(escrow.jobId) else {
      throw Failure(
        .missingInput, "there is no job \(escrow.jobId) on this chain", code: "no-such-job",
        hint: "is the post in a block already?", isRetryable: true)
    }
    let listing = try await directory(market).listing(.active)
    let nodes = listing.nodes.compactMap { node -> (order: Digest32, node: PoolNode)? in
      // Whoever registered after the post cannot claim the job.
      guard UInt256(low: UInt128(node.number)) <= job.posted.registered,
        let endpoint = Endpoint(node.endpoint)
      else { return nil }
      let place = Keccak256.hash(escrow.jobId.bytes + node.address.bytes)
      return (place, PoolNode(address: node.address, endpoint: endpoint, descriptor: nil))
    }
    if listing.nodes.count > nodes.count {
      let others = listing.nodes.count - nodes.count
      world.detail("\(others) nodes registered too late, or tell no endpoint")
    }
    return nodes.sorted { "\($0.order)" < "\($1.order)" }.prefix(count).map(\.node)
  }
}
