import Hashing
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// Jobs that are moved on, from each state that real contracts told.
@Suite("Settling") struct SettlingTests {
  private func end(_ end: Settling.End) -> String {
    switch end {
    case .reached(let job): "\(job.verdict.stage)"
    case .dry: "dry"
    }
  }

  /// What each of the verbs comes to: settle, distribute, refund, release.
  private func all(_ recorded: RecordedJob, at time: UInt64) async throws -> [String] {
    let words = Words()
    try await Party.run(recorded, at: time) { party in
      let settling = Settling(try party.chain.market, party.parts.sender, party.parts.watch)
      let id = recorded.jobId
      let hash = Keccak256.hash([1])
      await words.add(
        party.word {
          try await settling.settled(id, isPatient: false, within: nil)
        } _: {
          end($0)
        })
      await words.add(
        party.word {
          try await settling.distributed(id, isPatient: false, within: nil)
        } _: {
          end($0)
        })
      await words.add(
        party.word {
          try await settling.refunded(id, isPatient: false, within: nil)
        } _: {
          end($0)
        })
      await words.add(
        party.word {
          try await settling.released(id, for: hash, within: nil, isPatient: false)
        } _: {
          end($0)
        })
    }
    return await words.list
  }

  private actor Words {
    var list: [String] = []
    func add(_ word: String) { list.append(word) }
  }

  @Test("does at each recorded second what can be done, and nothing before") func recorded()
    async throws
  {
    let claims = try RecordedJob.first {
      $0.verdict.stage == .running && $0.current.entries.count == 3
    }
    let last = try #require(claims.moments.last { $0.step == "claiming" })
    let first = try #require(claims.moments.first { $0.step == "settleable" })
    #expect(first.time == last.time + 1)
    let early = try await all(claims, at: last.time)
    #expect(early == ["75 not-yet", "75 not-yet", "75 not-yet", "75 not-yet"])
    let due = try await all(claims, at: first.time)
    #expect(due == ["dry", "dry", "dry", "dry"])
    let challenged = try RecordedJob.first(1) { $0.verdict.stage == .challenged }
    let settleable = try #require(challenged.moments.first { $0.step == "settleable" })
    let second = try await all(challenged, at: settleable.time)
    #expect(second == ["dry", "dry", "1 quorum", "dry"])
  }

  @Test("takes what is done for done, and pays for no other verdict than the record's") func done()
    async throws
  {
    let refunded = try RecordedJob.first { $0.verdict.stage == .refunded }
    let time = refunded.moments[0].time
    let back = try await all(refunded, at: time)
    #expect(back == ["refunded", "refunded", "refunded", "refunded"])
    let final = try RecordedJob.first(1) { $0.verdict.stage == .final }
    let paying = try await all(final, at: final.moments[0].time)
    #expect(paying == ["final", "dry", "1 quorum", "1 other-verdict"])
    var agreed = refunded
    agreed.verdict(0, 1)
    agreed.verdict(1, try UInt256(bytes: Keccak256.hash([1]).bytes))
    agreed.verdict(2, UInt256(low: UInt128(time)))
    // Its submitter may release at once, everybody else once nobody can challenge any more.
    let open = try await all(agreed, at: time)
    #expect(open == ["agreed", "75 not-yet", "1 quorum", "dry"])
    let over = try await all(agreed, at: time + 1)
    #expect(over == ["agreed", "dry", "1 quorum", "dry"])
    agreed.verdict(0, 4)
    agreed.job(13, 1)
    let paid = try await all(agreed, at: time + 1)
    #expect(paid == ["paid", "paid", "1 quorum", "paid"])
  }

  @Test("looks again at the next block where a node knows of what no block shows yet")
  func overtaken() async throws {
    let claims = try RecordedJob.first {
      $0.verdict.stage == .running && $0.current.entries.count == 3
    }
    let due = try #require(claims.moments.first { $0.step == "settleable" }).time
    var refunded = claims
    refunded.verdict(0, 5)
    let done = refunded
    let words = Words()
    try await Party.run(claims, at: due) { party in
      let settling = Settling(try party.chain.market, party.parts.sender, party.parts.watch)
      func refund() async -> String {
        await party.word {
          try await settling.refunded(claims.jobId, isPatient: true, within: .seconds(120))
        } _: {
          end($0)
        }
      }
      // For another reason it is refused at once.
      try await party.chain.tell("reverts", ["eth_estimateGas": "not the submitter"])
      await words.add(await refund())
      try await party.chain.tell("reverts", ["eth_estimateGas": "settled before"])
      async let word = refund()
      let asked = try await party.chain.asked("eth_estimateGas")
      while try await party.chain.asked("eth_estimateGas") == asked {
        try await Task.sleep(for: .milliseconds(10))
      }
      try await party.set(done, at: due + 1)
      await words.add(await word)
      // Blocks that never show it end this, too.
      try await party.set(claims, at: due)
      async let vain = refund()
      var time = due
      while await words.list.count == 2, time < due + 4 {
        let asked = try await party.chain.asked("eth_estimateGas")
        while try await party.chain.asked("eth_estimateGas") == asked {
          try await Task.sleep(for: .milliseconds(10))
        }
        time += 1
        try await party.set(claims, at: time)
      }
      await words.add(await vain)
    }
    #expect(await words.list == ["1 reverted", "refunded", "1 reverted"])
  }

  @Test("finds no job that is not there") func missing() async throws {
    var gone = try #require(try RecordedJob.all().first)
    gone.job(0, 0)
    let words = try await all(gone, at: 5)
    #expect(words == ["66 no-job", "66 no-job", "66 no-job", "66 no-job"])
  }
}
