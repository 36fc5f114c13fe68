internal import Commands
internal import Ethereum
internal import Marketplace
public import Records

extension Nodes {
  /// How many nodes are spoken to at once about one job.
  static let breadth = 8

  /// Hands a job to several nodes of a pool, and gives the record with all of them in `run`.
  ///
  /// Those that the record names already come first, then the cheapest. A node that does not take the job is told of, and
  /// the next takes its place. Throws where too few have taken it; `taken` is given the record with those that have, which
  /// may be fed again.
  public func submit(
    _ input: Record, to pool: Pool, redundancy: Int?, packing: @escaping Packing,
    taken: (Record) -> Void
  ) async throws(Failure) -> Record {
    let order = try Order(input)
    let count = try Self.count(redundancy, for: order.job)
    let candidates = try candidates(for: order.job, in: pool, of: input)
    guard candidates.count >= count else {
      throw Failure(
        .unavailable,
        "\(candidates.count) of \(pool.nodes.count) nodes fit the job, not \(count)",
        code: "too-few-nodes", hint: "-v tells why the others do not", isRetryable: false)
    }
    try submissions.prepare()
    var outcome = await hand(order, to: candidates, until: count, packing: packing)
    outcome.nodes = Array(outcome.nodes.prefix(count))
    if !outcome.nodes.isEmpty { taken(try submitted(input, to: outcome.nodes)) }
    if outcome.isInterrupted {
      throw Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
    }
    guard outcome.nodes.count == count else {
      throw Failure(
        .unavailable,
        "\(outcome.nodes.count) of \(candidates.count) nodes took it, not \(count)",
        code: "too-few-nodes", hint: "feed the record again, or give a larger pool",
        isRetryable: true)
    }
    return try submitted(input, to: outcome.nodes)
  }

  /// How many nodes run the job: as many as its consensus says, unless more or fewer are asked for.
  private static func count(_ redundancy: Int?, for job: Job) throws(Failure) -> Int {
    guard let redundancy else { return job.consensus.nodes }
    guard redundancy >= job.consensus.agreeing else {
      throw Failure(
        .data, "--redundancy \(redundancy) for a job on which \(job.consensus) must agree",
        code: "too-few-nodes")
    }
    return redundancy
  }

  private func candidates(
    for job: Job, in pool: Pool, of input: Record
  ) throws(Failure) -> [PoolNode] {
    let candidates = pool.candidates(for: job) { node, reason in
      world.detail("\(node.address) does not fit: \(reason)")
    }
    guard input.has("run") else { return candidates }
    let before = Set(try input.jobReferences().compactMap(\.address))
    return candidates.filter { before.contains($0.address) }
      + candidates.filter { !before.contains($0.address) }
  }

  struct Taking: Sendable {
    var nodes: [JSONObject] = []
    var isInterrupted = false
  }

  /// Asks as many at once as are wanted still, and for each that refuses the next; in the candidates' order.
  private func hand(
    _ order: Order, to candidates: [PoolNode], until count: Int, packing: @escaping Packing
  ) async -> Taking {
    await withTaskGroup(of: (Int, Result<JSONObject, Failure>).self) { group in
      var took: [Int: JSONObject] = [:]
      var isInterrupted = false
      var next = 0
      var asked = 0
      while true {
        while !isInterrupted, next < candidates.count, asked < Self.breadth,
          took.count + asked < count
        {
          let place = next
          group.addTask {
            do throws(Failure) {
              let node = candidates[place]
              return (
                place,
                .success(
                  try await self.hand(
                    order, to: node.endpoint, demanding: node.address, packing: packing))
              )
            } catch { return (place, .failure(error)) }
          }
          (next, asked) = (next + 1, asked + 1)
        }
        guard asked > 0, let (place, result) = await group.next() else { break }
        asked -= 1
        switch result {
        case .success(let node): took[place] = node
        case .failure(let failure):
          isInterrupted = isInterrupted || failure.code == "interrupted" || Task.isCancelled
          if !isInterrupted {
            world.note("\(candidates[place].address) did not take the job: \(failure.message)")
          }
        }
      }
      return Taking(
        nodes: took.sorted { $0.key < $1.key }.map(\.value), isInterrupted: isInterrupted)
    }
  }
}
