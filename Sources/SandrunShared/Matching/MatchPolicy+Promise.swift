internal import Marketplace
internal import Records
internal import WideInteger

extension MatchPolicy {
  /// Throws where a job that is in no escrow promises too little, or what several nodes could not agree on.
  func check(promise job: Job) throws(JobRefusal) {
    if job.gpu != nil, job.consensus.agreeing > 1, !takesUnpinned {
      throw JobRefusal(
        .unpinned,
        "\(job.consensus.agreeing) nodes must agree on what GPUs gave, and it pins neither model nor driver"
      )
    }
    let amount = job.payment.flatMap { try? UInt256(decimal: $0.amount) } ?? 0
    let share = amount / UInt256(low: UInt128(max(1, job.consensus.nodes)))
    if let text = job.payment?.token, text != Job.Payment.ether {
      guard let least = tokens.first(where: { "\($0.key)" == text })?.value else {
        throw JobRefusal(.currency, "it is paid in the token \(text), which is not taken here")
      }
      guard share >= least else {
        throw JobRefusal(.pay, "a share is \(share) of the token \(text), below \(least)")
      }
      return
    }
    guard takesEther || job.payment == nil else { throw JobRefusal(.currency, "it is paid in ETH") }
    let cost = price.cost(gpus: job.gpu?.count ?? 0, seconds: job.timeout)
    guard let cost, share >= max(cost, minimumShare) else {
      let due = cost.map { Amount.shown(max($0, minimumShare)) } ?? "more than there is"
      throw JobRefusal(
        .pay,
        "a share is \(Amount.shown(share)), and \(job.timeout) s of this machine are \(due)")
    }
  }
}
