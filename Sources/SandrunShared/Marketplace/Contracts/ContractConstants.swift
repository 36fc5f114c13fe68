// The numbers that the contracts write and tell, by the names that their sources have for them.

/// How far a job is: ConsensusManager's `status`.
public enum JobStage: UInt8, CaseIterable, Sendable {
  /// Not settled yet, or not posted.
  case running = 0
  /// A quorum agreed; the result can be challenged for a time.
  case agreed = 1
  /// New nodes judge the result.
  case challenged = 2
  /// The challenge is settled.
  case final = 3
  /// The escrow is paid out.
  case paid = 4
  /// There was no quorum: the payment went back.
  case refunded = 5
}

/// What a credit is for: the `kind` of `PaymentReleased`.
public enum PaymentKind: UInt8, CaseIterable, Sendable {
  /// A share for a node of the first round that was right.
  case nodeShare = 1
  /// A share for a node of the challenge that was right.
  case checkerShare = 2
  /// What is left for the submitter, or the whole payment back.
  case submitterRest = 3
  /// What is left of a challenger's bond.
  case bondBack = 4
  /// What a challenger who was right gets back from the escrow.
  case challengerCosts = 5
  /// A share of the bond of a challenge that nobody would judge.
  case burned = 6
  /// Half of a loser's bond, for the challenger who was right.
  case losersBonds = 7
}

/// How a claim ended whose bond was freed: the `outcome` of `StakeFreed`.
public enum ClaimOutcome: UInt8, CaseIterable, Sendable {
  /// Its result is the verdict.
  case agreed = 1
  /// Nothing had to be opened.
  case neutral = 2
  /// The node opened "could not run".
  case couldNotRun = 3
  /// A result was opened, and no quorum reached.
  case noVerdict = 4
}

/// Why a claim's bond was lost: the `reason` of `NodeSlashed`.
public enum SlashReason: UInt8, CaseIterable, Sendable {
  /// No commitment until its deadline.
  case expired = 1
  /// A commitment that was not opened in time.
  case silent = 2
  /// Another result than the verdict.
  case otherResult = 3
}

extension ClaimOutcome {
  /// How it ended, in a word or two.
  public var name: String {
    switch self {
    case .agreed: "agreed"
    case .neutral: "neutral"
    case .couldNotRun: "could-not-run"
    case .noVerdict: "no-verdict"
    }
  }
}

extension SlashReason {
  /// Why it was lost, in a word or two.
  public var name: String {
    switch self {
    case .expired: "not-committed"
    case .silent: "not-opened"
    case .otherResult: "other-result"
    }
  }
}
