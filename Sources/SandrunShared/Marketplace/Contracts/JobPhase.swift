/// What a job waits for at a block's time, and until when.
public struct JobPhase: Hashable, Sendable {
  /// What can be done.
  public enum Step: String, CaseIterable, Sendable {
    /// Nodes take the round's free slots.
    case claiming
    /// No slot is free or can be claimed; nodes commit until their deadlines.
    case committing
    /// Nodes open their commitments.
    case opening
    /// Nothing can change the round any more: anyone settles it.
    case settleable
    /// The result stands unless it is challenged; the submitter may release the payment.
    case challengeable
    /// The verdict is final: anyone has the escrow distributed.
    case payable
    /// The escrow is paid out.
    case paid
    /// There was no quorum: the payment went back.
    case refunded
  }

  /// What can be done.
  public let step: Step
  /// Whether new nodes judge a challenged result, so that the step is one of theirs.
  public let isChallenge: Bool
  /// The last second of the step if nothing is done; nil where time alone changes nothing more.
  public let until: UInt64?

  /// The phase at a block's time, of a job that was posted.
  ///
  /// `round` is the state of the current round; it does not matter once the round is settled.
  public init(of verdict: JobVerdict, round: RoundState, at now: UInt64) {
    isChallenge = verdict.stage == .challenged
    switch verdict.stage {
    case .running, .challenged:
      (step, until) = (round.step(at: now), round.lastSecondOfStep(at: now))
    case .agreed:
      let isOpen = now <= verdict.challengeDeadline
      (step, until) = isOpen ? (.challengeable, verdict.challengeDeadline) : (.payable, nil)
    case .final: (step, until) = (.payable, nil)
    case .paid: (step, until) = (.paid, nil)
    case .refunded: (step, until) = (.refunded, nil)
    }
  }
}

extension RoundState {
  fileprivate func step(at now: UInt64) -> JobPhase.Step {
    if canSettle(at: now) { return .settleable }
    if openFrom(at: now) != nil { return .opening }
    return now <= claimDeadline && claims.count < slots ? .claiming : .committing
  }

  /// The last second for which the step stays if nobody does anything; nil where it stays for ever.
  fileprivate func lastSecondOfStep(at now: UInt64) -> UInt64? {
    let step = step(at: now)
    var moments = claims.filter { !$0.isCommitted }.map(\.deadline)
    // By then no commitment can follow, and so it is known when openings end.
    let last = moments.reduce(max(claimDeadline, lastCommitment), max)
    moments += [claimDeadline, last, last.adding(windows.open)]
    if let deadline = openDeadline(at: now) { moments.append(deadline) }
    return moments.filter { $0 >= now && $0 < .max }.sorted()
      .first { self.step(at: $0 + 1) != step }
  }
}
