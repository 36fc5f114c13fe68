public import Marketplace
internal import Ethereum
public import Records
internal import WideInteger
internal import Hashing

extension EscrowMember {
  /// Refuses a record that tells other terms than the chain does, or none: 65; nobody binds a bond to what he has not read.
  ///
  /// A payment that grew is the same job's: the submitter may add to it.
  public func check(_ job: MarketJob) throws(Failure) {
    guard let terms, let submitter else {
      throw Failure(
        .data, "the record's escrow does not tell the terms of job \(jobId)", code: "no-terms",
        hint: "'sr-chain post' and 'sr-node match' write them")
    }
    let chain = job.terms
    let rows: [(name: String, record: String, chain: String)] = [
      ("the submitter", "\(submitter)", "\(job.submitter)"),
      ("the number of nodes", "\(terms.nodes)", "\(chain.nodes)"),
      ("the quorum", "\(terms.quorum)", "\(chain.quorum)"),
      ("the currency", terms.currency, chain.currency),
      ("the payment", "\(max(terms.payment, chain.payment))", "\(chain.payment)"),
      ("the bond", "\(terms.bond)", "\(chain.bond)"),
      ("the claim window", "\(terms.windows.claim)", "\(chain.windows.claim)"),
      ("the commit window", "\(terms.windows.commit)", "\(chain.windows.commit)"),
      ("the open window", "\(terms.windows.open)", "\(chain.windows.open)"),
      ("the challenge window", "\(terms.windows.challenge)", "\(chain.windows.challenge)"),
    ]
    for row in rows where row.record != row.chain {
      throw Failure(
        .data, "job \(jobId): \(row.name) is \(row.chain) on the chain, and not \(row.record)",
        code: "other-terms", hint: "the chain may have been reorganised; see 'sr-chain show'")
    }
  }
}
