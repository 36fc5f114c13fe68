internal import Commands
internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Marketplace
internal import Records

extension Committing {
  /// What a commitment on the chain is to: the result itself, or the one that was kept; nil where it is neither.
  func committed(
    _ result: JobResult, _ job: MarketJob, _ made: Digest32, _ salt: Digest32, in market: Market
  ) throws(Failure) -> JobResult? {
    if try result.commitment(to: job.jobId, of: node, salt: salt).hash == made {
      if !parts.sender.isDryRun {
        _ = try kept.keep(result, of: job.jobId, in: market, replacing: true)
      }
      return result
    }
    guard let known = try kept.result(of: job.jobId, in: market), known.mayStand(for: result),
      try known.commitment(to: job.jobId, of: node, salt: salt).hash == made
    else { return nil }
    world.detail("job \(job.jobId): what was committed to stands, not what this run gave")
    return known
  }

  /// What is to be committed to: the result, which is kept before, or what was kept of an earlier run.
  ///
  /// That gives way only to another result, and only where nothing was sent of it.
  func standing(
    _ result: JobResult, _ job: MarketJob, mayReplace: Bool, in market: Market
  ) throws(Failure) -> JobResult {
    let known = try kept.result(of: job.jobId, in: market)
    if let known, known.resultHash == result.resultHash { return known }
    if let known, !mayReplace {
      guard known.mayStand(for: result) else { throw .otherCommitment(job.jobId, node) }
      return known
    }
    try checkSignature(result, job, in: market)
    guard !parts.sender.isDryRun else { return result }
    if try kept.keep(result, of: job.jobId, in: market, replacing: known != nil) { return result }
    // Another run was faster.
    guard let first = try kept.result(of: job.jobId, in: market), first.mayStand(for: result)
    else { throw .otherCommitment(job.jobId, node) }
    return first
  }

  /// Refuses the proof of another job, or of another result: nobody would take it.
  private func checkSignature(
    _ result: JobResult, _ job: MarketJob, in market: Market
  ) throws(Failure) {
    guard let hash = result.resultHash, let signature = result.signature else { return }
    let statement = ResultStatement(
      jobId: job.jobId, node: node, resultHash: hash, traceRoot: result.traceRoot)
    let domain = ResultStatement.domain(
      chainId: market.chain.chainId, verifier: market.consensusManager)
    guard signature.isValid(for: statement.digest(in: domain), by: node) else {
      throw Failure(
        .data, "the proof's signature is not one of \(node) for this result of job \(job.jobId)",
        code: "other-proof", hint: "'sr-proof build' signs for the job that 'escrow' names")
    }
  }
}
