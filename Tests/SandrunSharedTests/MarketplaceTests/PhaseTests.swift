import Hashing
import Marketplace
import Records
import Testing

/// Phases of jobs on the real contracts: what could be done at which second, found out by trying.
@Suite struct PhaseTests {
  static let rows: [Row] = (try? Row.own("marketplace-phases.jsonl")) ?? []

  @Test func everyMomentOfEveryRow() throws {
    var steps: [String: Int] = [:]
    for (place, row) in Self.rows.enumerated() {
      let (round, verdict) = (try round(row), try verdict(row))
      let moments = try #require(row.json["moments"]?.elements).map(Moment.init)
      for (index, moment) in moments.enumerated() {
        let note = "row \(place + 1), second \(moment.time)"
        let phase = JobPhase(of: verdict, round: round, at: moment.time)
        #expect(phase.step.rawValue == moment.step, "\(note)")
        #expect(phase.isChallenge == (verdict.stage == .challenged), "\(note)")
        // The rows have the last second of each step, and the first of the next.
        let next = moments[index...].first { $0.step != moment.step }
        #expect(phase.until == next.map { $0.time - 1 }, "\(note)")
        #expect(round.openFrom(at: moment.time) == moment.openFrom, "\(note)")
        if verdict.stage == .running || verdict.stage == .challenged {
          #expect(round.expired(at: moment.time) == moment.expired, "\(note)")
          #expect(round.canSettle(at: moment.time) == (moment.step == "settleable"), "\(note)")
        }
        steps["\(round.index) \(moment.step)", default: 0] += 1
      }
    }
    // Nothing is left out: each step, of both rounds.
    for step in ["claiming", "committing", "opening", "settleable"] {
      #expect(steps["0 \(step)", default: 0] > 20, "\(step)")
      #expect(steps["1 \(step)", default: 0] > 20, "\(step)")
    }
    for step in ["0 challengeable", "0 payable", "1 payable", "1 paid", "0 refunded"] {
      #expect(steps[step, default: 0] > 0, "\(step)")
    }
    #expect(Self.rows.count > 80)
  }

  /// What came over the wire, read and put together, is the same.
  @Test func theAnswersOfTheContracts() throws {
    var count = 0
    for row in Self.rows {
      guard let answers = row.json["answers"] else { continue }
      count += 1
      func data(_ name: String) throws -> [UInt8] {
        try Hex.decode(#require(answers[name]?.string))
      }
      func list(_ name: String) throws -> [[UInt8]] {
        try #require(answers[name]?.elements).map { try Hex.decode(#require($0.string)) }
      }
      let openings = try list("openings").map { try JobOpening(answer: $0) }
      let flags = try self.round(row).claims
      let claims = try list("claims").enumerated().map { index, data in
        let claim = try JobClaim(answer: data)
        #expect(claim.isLive && claim.number != nil)
        return RoundState.Claim(
          deadline: claim.deadline, isCommitted: flags[index].isCommitted,
          isOpened: openings[index] != .none)
      }
      let job = try PostedJob(answer: data("jobs"))
      let tally = try CommitmentTally(answer: data("tally"))
      let round = try JobRound(answer: data("round"))
      let index = try row.count("round")
      let state = try RoundState(
        index: index, of: job, round: round, tally: tally, claims: claims)
      #expect(try state == self.round(row))
      let verdict = try JobVerdict(answer: data("verdicts"))
      #expect(try verdict.stage == self.verdict(row).stage)
      #expect(try verdict.challengeDeadline == self.verdict(row).challengeDeadline)
      #expect(job.submitter != nil && job.windows.areFit && job.token == nil)
      // Answers of two blocks do not go together.
      #expect(throws: ContractAnswerError.self) {
        try RoundState(
          index: index, of: job, round: round, tally: tally,
          claims: claims + [RoundState.Claim(deadline: 1, isCommitted: false, isOpened: false)])
      }
      #expect(throws: ContractAnswerError.self) {
        let other = CommitmentTally(count: tally.count + 1, last: tally.last)
        return try RoundState(index: index, of: job, round: round, tally: other, claims: claims)
      }
    }
    #expect(count > 25)
  }

  /// A node of a chain may tell any numbers: none traps, and phases come to an end.
  @Test func numbersBeyondAllTime() {
    let edges: [UInt64] = [0, 1, .max / 2, .max - 1, .max]
    for startedAt in edges {
      for window in edges {
        for deadline in edges {
          let windows = JobWindows(claim: window, commit: window, open: window, challenge: window)
          for (index, isFilled) in [(0, false), (1, false), (1, true)] {
            for claims in [0, 1, 3] {
              let claim = RoundState.Claim(
                deadline: deadline, isCommitted: claims == 3, isOpened: false)
              let round = RoundState(
                index: index, slots: 3, quorum: 2, startedAt: startedAt, windows: windows,
                isFilled: isFilled, claims: .init(repeating: claim, count: claims),
                lastCommitment: claims == 3 ? deadline : 0)
              let stage = index == 0 ? JobStage.running : .challenged
              for now in edges {
                let phase = JobPhase(of: JobVerdict(stage: stage), round: round, at: now)
                guard let until = phase.until else { continue }
                #expect(until >= now)
                let next = JobPhase(of: JobVerdict(stage: stage), round: round, at: until + 1)
                #expect(next.step != phase.step)
              }
            }
          }
        }
      }
    }
  }

  /// A job of one node: it claims, commits, opens, and is settled, within the second if it likes.
  @Test func oneNode() {
    let windows = JobWindows(claim: 10, commit: 5, open: 5, challenge: 5)
    var round = RoundState(
      index: 0, slots: 1, quorum: 1, startedAt: 100, windows: windows, isFilled: false, claims: [],
      lastCommitment: 0)
    func phase(_ now: UInt64) -> (JobPhase.Step, UInt64?) {
      let phase = JobPhase(of: JobVerdict(stage: .running), round: round, at: now)
      return (phase.step, phase.until)
    }
    #expect(phase(100) == (.claiming, 110))
    #expect(phase(111) == (.settleable, nil))
    round.claims = [RoundState.Claim(deadline: 105, isCommitted: false, isOpened: false)]
    round.isFilled = true
    #expect(phase(100) == (.committing, 110))
    #expect(round.expired(at: 105) == [])
    #expect(round.expired(at: 106) == [0])
    #expect(phase(111) == (.settleable, nil))
    round.claims[0].isCommitted = true
    round.lastCommitment = 100
    #expect(phase(100) == (.opening, 105))
    #expect(phase(106) == (.settleable, nil))
    round.claims[0].isOpened = true
    #expect(phase(100) == (.settleable, nil))
  }

  // MARK: Reading rows

  /// What was true of a job at a second.
  private struct Moment {
    var time: UInt64
    var step: String
    var openFrom: UInt64?
    var expired: [Int]

    init(_ json: JSON) throws {
      let parts = try #require(json.elements)
      time = try UInt64(#require(parts[0].integer))
      step = try #require(parts[1].string)
      let from = try UInt64(#require(parts[2].integer))
      openFrom = from == 0 ? nil : from
      expired = try #require(parts[3].elements).map { try #require($0.integer) }
    }
  }

  private func round(_ row: Row) throws -> RoundState {
    let windows = try #require(row.json["windows"]?.elements).map {
      UInt64(try #require($0.integer))
    }
    let claims = try #require(row.json["claims"]?.elements).map { claim in
      let parts = try #require(claim.elements)
      return RoundState.Claim(
        deadline: UInt64(try #require(parts[0].integer)), isCommitted: parts[1] == .bool(true),
        isOpened: parts[2] == .bool(true))
    }
    return try RoundState(
      index: row.count("round"), slots: row.count("slots"), quorum: row.count("quorum"),
      startedAt: UInt64(row.count("startedAt")),
      windows: JobWindows(
        claim: windows[0], commit: windows[1], open: windows[2], challenge: windows[3]),
      isFilled: row.flag("filled"), claims: claims,
      lastCommitment: UInt64(row.count("lastCommitment")))
  }

  private func verdict(_ row: Row) throws -> JobVerdict {
    let stage = try #require(JobStage(rawValue: UInt8(row.count("stage"))))
    return JobVerdict(stage: stage, challengeDeadline: UInt64(try row.count("challengeDeadline")))
  }
}
