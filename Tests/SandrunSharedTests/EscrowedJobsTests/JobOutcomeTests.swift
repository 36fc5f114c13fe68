import EscrowedJobs
import Hashing
import Marketplace
import Testing

@Suite struct JobOutcomeTests {
  private let right = Keccak256.hash([1])
  private let wrong = Keccak256.hash([2])
  private let windows = JobWindows(claim: 100, commit: 50, open: 20, challenge: 30)

  /// A round of three slots that began at 1000, of which two must agree.
  private func round(
    _ openings: [JobOpening], committed: Int? = nil, index: Int = 0, slots: Int = 3
  ) -> RoundState {
    RoundState(
      index: index, slots: slots, quorum: 2, startedAt: 1000, windows: windows,
      isFilled: openings.count == slots,
      claims: openings.enumerated().map { place, opening in
        RoundState.Claim(
          deadline: 1050, isCommitted: place < committed ?? openings.count,
          isOpened: opening != .none)
      }, lastCommitment: openings.isEmpty ? 0 : 1040)
  }

  private func outcome(
    _ openings: [JobOpening], committed: Int? = nil, at now: UInt64 = 2000
  ) -> JobOutcome? {
    JobOutcome(
      JobVerdict(stage: .running), round: round(openings, committed: committed), at: now,
      openings: [openings])
  }

  @Test func aQuorumIsAgreedOnBeforeAnybodySettles() {
    #expect(outcome([.result(right), .result(wrong), .result(right)]) == .agreed(right))
    #expect(outcome([.result(right), .none, .result(right)]) == .agreed(right))
    // The third may open still, so that nothing can be settled.
    #expect(outcome([.result(right), .none, .result(right)], at: 1045) == nil)
  }

  @Test func eachClockHasItsReason() {
    #expect(outcome([]) == .failed(.nobodyClaimed))
    #expect(outcome([], at: 1100) == nil)
    #expect(outcome([.none], committed: 0) == .failed(.tooFewClaims))
    #expect(outcome([.none, .none], committed: 1) == .failed(.tooFewCommitments))
    #expect(outcome([.none, .result(right), .none]) == .failed(.notOpened))
    #expect(outcome([.couldNotRun, .result(right), .couldNotRun]) == .failed(.couldNotRun))
    #expect(outcome([.result(right), .result(wrong), .none]) == .failed(.noConsensus))
  }

  @Test func aSettledVerdictIsTakenAsItIs() {
    let openings: [JobOpening] = [.result(wrong), .result(wrong), .none]
    for stage in [JobStage.agreed, .final, .paid] {
      let verdict = JobVerdict(stage: stage, resultHash: right)
      #expect(
        JobOutcome(verdict, round: round(openings), at: 1000, openings: [openings])
          == .agreed(right))
    }
    #expect(
      JobOutcome(
        JobVerdict(stage: .refunded), round: round([]), at: 1000, openings: [[]])
        == .failed(.nobodyClaimed))
  }

  @Test func aChallengeIsWaitedForAndMayTurnTheVerdict() {
    let first: [JobOpening] = [.result(wrong), .result(wrong), .none]
    let verdict = JobVerdict(stage: .challenged, resultHash: wrong)
    func judged(_ second: [JobOpening], at now: UInt64) -> JobOutcome? {
      JobOutcome(
        verdict, round: round(second, index: 1, slots: 7), at: now, openings: [first, second])
    }
    let seven = [JobOpening](repeating: .result(right), count: 7)
    #expect(judged(seven, at: 2000) == .agreed(right))
    #expect(judged([.result(right)], at: 1090) == nil)
    // Never full: the first verdict stands.
    #expect(judged([.result(right)], at: 2000) == .agreed(wrong))
    let even =
      [JobOpening](repeating: .result(right), count: 2)
      + [JobOpening](repeating: .couldNotRun, count: 5)
    #expect(judged(even, at: 2000) == .agreed(wrong))
  }
}
