public import Ethereum
public import Marketplace
public import NodeClient
internal import Records
public import WideInteger

/// What a node demands of a job.
public struct MatchPolicy: Sendable {
  /// What claiming, committing and opening cost together in a job for three nodes, in units of gas.
  public static let usualGas: UInt64 = 420_000

  /// What it takes for an hour of the job's time limit, in wei; held against shares in ETH.
  public var price = NodePrice()
  /// The least share in ETH, in wei.
  public var minimumShare: UInt256 = 0
  /// The gas that a share in ETH must cover.
  public var gas = usualGas
  /// Whether it takes ETH.
  public var takesEther = true
  /// The tokens that it takes, each with the least share in its smallest unit.
  public var tokens: [Address: UInt256] = [:]
  /// The largest bond that it risks, in wei.
  public var maximumBond: UInt256?
  /// How many seconds the commit window must be longer than the job may run.
  public var margin: UInt64 = 300
  /// The shortest open window, in seconds.
  public var minimumOpen: UInt64 = 120
  /// The longest claim and commit windows, in seconds: a job that waits for them takes the place of others.
  public var maximumHold: UInt64 = 86_400
  /// The longest open and challenge windows, in seconds: bond and pay wait for them.
  public var maximumWait: UInt64 = 7 * 86_400
  /// Whether it takes jobs for GPUs on whose result several nodes must agree, though no specification pins their model.
  public var takesUnpinned = false
  /// What a job's code and inputs may be together.
  public var content = ContentLimits(bytes: 4 << 30, time: .seconds(600))
  /// How long content that nobody gives is waited for: a submitter posts first, and hands it to nodes then.
  public var patience: Duration = .seconds(120)

  /// The defaults.
  public init() {}

  /// Throws where a job's currency, bond or windows are none that the node takes; nothing of its content is known yet.
  func check(_ posted: PostedJob) throws(JobRefusal) {
    if let token = posted.token {
      guard let least = tokens[token] else {
        throw JobRefusal(.currency, "it is paid in the token \(token), which is not taken here")
      }
      guard posted.share >= least else {
        throw JobRefusal(
          .pay, "a share is \(posted.share) of the token \(token), below \(least)")
      }
    } else {
      guard takesEther else { throw JobRefusal(.currency, "it is paid in ETH") }
      guard posted.share >= minimumShare else {
        throw JobRefusal(
          .pay,
          "a share is \(Amount.shown(posted.share)), below \(Amount.shown(minimumShare))")
      }
    }
    if let maximumBond, posted.bond > maximumBond {
      throw JobRefusal(
        .bond,
        "its bond is \(Amount.shown(posted.bond)), above \(Amount.shown(maximumBond))")
    }
    guard posted.windows.open >= minimumOpen else {
      throw JobRefusal(
        .window, "its open window is \(posted.windows.open) s, shorter than \(minimumOpen) s")
    }
    let windows = posted.windows
    for (name, window, limit) in [
      ("claim", windows.claim, maximumHold), ("commit", windows.commit, maximumHold),
      ("open", windows.open, maximumWait), ("challenge", windows.challenge, maximumWait),
    ] where window > limit {
      throw JobRefusal(.window, "its \(name) window is \(window) s, longer than \(limit) s")
    }
  }

  /// Throws where the share in ETH does not cover the gas at its present price.
  func check(_ posted: PostedJob, gasPrice: UInt256) throws(JobRefusal) {
    guard posted.token == nil else { return }
    let cost = gasPrice.multipliedReportingOverflow(by: UInt256(low: UInt128(gas)))
    guard !cost.overflow, posted.share >= cost.partialValue else {
      let shown = cost.overflow ? "more than there is" : Amount.shown(cost.partialValue)
      throw JobRefusal(
        .pay, "a share is \(Amount.shown(posted.share)), and its gas costs \(shown) now")
    }
  }

  /// Throws where a job would have too little time, pay too little for it, or make honest nodes disagree.
  func check(_ posted: PostedJob, for job: Job) throws(JobRefusal) {
    let (needed, isOver) = UInt64(clamping: job.timeout).addingReportingOverflow(margin)
    guard !isOver, posted.windows.commit > needed else {
      throw JobRefusal(
        .window,
        "its commit window is \(posted.windows.commit) s, not longer than its timeout of \(job.timeout) s and \(margin) s"
      )
    }
    if job.gpu != nil, posted.quorum > 1, !takesUnpinned {
      throw JobRefusal(
        .unpinned,
        "\(posted.quorum) nodes must agree on what GPUs gave, and it pins neither model nor driver")
    }
    guard posted.token == nil else { return }
    let cost = price.cost(gpus: job.gpu?.count ?? 0, seconds: job.timeout)
    guard let cost, posted.share >= cost else {
      let shown = cost.map { Amount.shown($0) } ?? "more than there is"
      throw JobRefusal(
        .pay,
        "a share is \(Amount.shown(posted.share)), and \(job.timeout) s of this machine are \(shown)"
      )
    }
  }
}
