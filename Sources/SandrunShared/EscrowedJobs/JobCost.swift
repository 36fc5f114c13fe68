internal import Ethereum
internal import Hashing
internal import Marketplace
internal import MarketplaceClient
internal import Records
internal import WideInteger

/// What a job costs its submitter, without gas: what was paid out of its escrow, or what will be.
struct JobCost {
  let amount: UInt256
  let token: Address?

  init(_ job: MarketJob, _ history: JobHistory, agreeing hash: Digest32) {
    token = job.posted.token
    let payment = job.posted.payment
    if history.completion != nil {
      var back: UInt256 = 0
      for event in history.events {
        guard case .credited(job.submitter, _, let amount, .submitterRest) = event.content else {
          continue
        }
        back = back.addingReportingOverflow(amount).partialValue
      }
      amount = back <= payment ? payment - back : payment
      return
    }
    let shares = job.rounds.map { round in
      let right = round.entries.count { $0.opening == .result(hash) }
      return job.posted.share * UInt256(low: UInt128(right))
    }
    // A challenger who was right has back what he paid for it, as far as the escrow goes.
    let isTurned =
      job.verdict.isTurned
      || job.verdict.stage == .challenged
        && job.verdict.resultHash != hash
    let rest = shares[0] <= payment ? payment - shares[0] : 0
    amount = shares[0] + (isTurned && shares.count > 1 ? min(rest, shares[1]) : 0)
  }

  var json: JSON {
    [
      "amount": .string("\(amount)"),
      "token": .string(token.map { "\($0)" } ?? Job.Payment.ether),
    ]
  }
}
