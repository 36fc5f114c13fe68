import ABI
import Commands
import Ethereum
import Hashing
import IPFS
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// The transactions of verbs on a real chain, with the real contracts.
@Suite("Acts on a chain", .serialized) struct MarketSenderTests {
  private func act(
    _ verb: String, _ function: ABIFunction, _ arguments: [ABIValue], _ actor: DevMarket.Actor,
    value: UInt256 = 0, gas: UInt64? = nil, seen: UInt64? = nil, once: String? = "test"
  ) async throws -> MarketAct {
    var act = MarketAct(
      verb, .nodeRegistry, function, arguments, value: value,
      in: try await actor.parts.finder.market(), onceFor: once, subject: "node \(actor.account)",
      seen: seen)
    act.gas = gas
    return act
  }

  private func register(
    _ actor: DevMarket.Actor, endpoint: String = "https://x.example", once: String? = "test"
  ) async throws -> MarketAct {
    try await act(
      "register", NodeRegistry.register,
      [.address(actor.account), .string(endpoint), .string("bafkqaaa")], actor,
      value: UInt256(1 << 60), once: once)
  }

  /// What came of an act, in a word: hash and block, or what was thrown.
  private func word(_ act: MarketAct, _ actor: DevMarket.Actor) async -> String {
    do throws(Failure) {
      switch try await actor.parts.sender.send(act) {
      case .sent(let sent): return "\(sent.tx) \(sent.block)"
      case .dry: return "dry"
      }
    } catch { return "\(error.status.rawValue) \(error.code): \(error.message)" }
  }

  @Test(
    "happen once for an ID, whoever feeds them again; what the contract refuses is told in its words"
  )
  func once() async throws {
    try await DevMarket.run { chain in
      let dry = try await chain.acting(as: "dev1", "dry", options: ["--dry-run"]) { actor in
        await self.word(try await self.register(actor), actor)
      }
      #expect(dry == "dry")
      #expect(!chain.hasJournal("dry"))
      let (first, account) = try await chain.acting(as: "dev1") { actor in
        let act = try await self.register(actor)
        let market = try await actor.parts.finder.market()
        #expect(try actor.parts.sender.hasBegun(act, in: market) == false)
        let first = await self.word(act, actor)
        #expect(try actor.parts.sender.hasBegun(act, in: market) == true)
        // Again in the same process.
        let second = await self.word(act, actor)
        #expect(second == first)
        return (first, actor.account)
      }
      #expect(first.hasPrefix("0x"), "\(first)")
      let sent = try await chain.count(of: account)
      #expect(sent == "0x1")
      // And in another one.
      let again = try await chain.acting(as: "dev1") { actor in
        await self.word(try await self.register(actor), actor)
      }
      #expect(again == first)
      // An ID is one transaction's: another one with it is refused.
      let other = try await chain.acting(as: "dev1") { actor in
        await self.word(try await self.register(actor, endpoint: "https://y.example"), actor)
      }
      #expect(other.hasPrefix("65 once-conflict: "), "\(other)")
      // Without an ID it is another transaction, which the contract refuses before it is sent.
      for (state, options) in [("state", []), ("other", []), ("state", ["--no-journal"])] {
        let refused = try await chain.acting(as: "dev1", state, options: options) { actor in
          let act = try await self.register(actor, once: nil)
          if options == ["--no-journal"] {
            let market = try await actor.parts.finder.market()
            #expect(try actor.parts.sender.hasBegun(act, in: market) == nil)
          }
          return await self.word(act, actor)
        }
        #expect(
          refused
            == "1 reverted: NodeRegistry.register of node \(account) reverts: operator has a node")
      }
      let last = try await chain.count(of: account)
      #expect(last == "0x1")
    }
  }

  @Test("that failed in a block stand in the way of the same decision, and of no later one")
  func failed() async throws {
    try await DevMarket.run { chain in
      func withdraw(seen: UInt64?) async throws -> String {
        try await chain.acting(as: "dev2") { actor in
          let act = try await self.act(
            "withdraw-stake", NodeRegistry.withdrawStake, [.uint(1)], actor, gas: 200_000,
            seen: seen)
          return await self.word(act, actor)
        }
      }
      let account = try await chain.acting(as: "dev2") { actor in
        _ = await self.word(try await self.register(actor), actor)
        let retired = await self.word(
          try await self.act("retire", NodeRegistry.retire, [.uint(1)], actor), actor)
        #expect(retired.hasPrefix("0x"), "\(retired)")
        return actor.account
      }
      // With gas of its own there is no estimate: it fails in its block.
      let failed = try await withdraw(seen: nil)
      let place = try #require(failed.firstMatch(of: /failed in block ([0-9]+): (.*)$/))
      #expect(failed.hasPrefix("1 reverted: NodeRegistry.withdrawStake of node \(account) "))
      #expect(place.2.contains("still unbonding"), "\(failed)")
      let block = try #require(UInt64(place.1))
      // What is fed again was decided before it failed, as far as anybody knows: it is told, and not repeated.
      for seen in [nil, block - 1] {
        let again = try await withdraw(seen: seen)
        #expect(again == failed)
      }
      let sent = try await chain.count(of: account)
      #expect(sent == "0x3")
      try await chain.later(601)
      let done = try await withdraw(seen: block)
      #expect(done.hasPrefix("0x"), "\(done)")
      let again = try await withdraw(seen: block)
      #expect(again == done)
      let last = try await chain.count(of: account)
      #expect(last == "0x4")
    }
  }

  // MARK: A job's life

  private func record() throws -> Record {
    let text = #"""
      {"id":"0123456789abcdef0123456789abcdef","entrypoint":"b.py","interpreter":"python3","args":[],"env":{},"inputs":[],"memory":1073741824,"timeout":600,"outputs":["@stdout"],"payment":{"amount":"3000","token":"ETH"},"consensus":"1-of-1"}
      """#
    let job = try #require(try JSON(parsing: Array(text.utf8)).object)
    let spec = CID(try Specification(of: job).digest, codec: .raw)
    return Record([
      "job": .object(job), "code": ["cid": "bafkqaaa", "spec": .string("\(spec)")],
    ])
  }

  /// Does an act by a process that has its journal, and by one that has none: what is done is told of the chain's events.
  private func twice(
    _ chain: DevMarket, as key: String,
    _ act: @escaping @Sendable (DevMarket.Actor) async throws -> String
  ) async throws -> String {
    let done = try await chain.acting(as: key, body: act)
    let account = try await chain.acting(as: key) { $0.account }
    let count = try await chain.count(of: account)
    let told = try await chain.acting(as: key, "elsewhere", body: act)
    #expect(told == done)
    #expect(try await chain.count(of: account) == count)
    return done
  }

  @Test(
    "are done already where the chain's events say so: post, claim, commitment, opening, payment")
  func life() async throws {
    try await DevMarket.run { chain in
      let record = try self.record()
      var choice = JobPosting.Choice()
      choice.bond = 1000
      (choice.claim, choice.commit, choice.open, choice.challenge) = (3600, 3600, 3600, 600)
      let terms = choice
      _ = try await chain.acting(as: "dev1") { actor in
        await self.word(try await self.register(actor), actor)
      }
      let posted = try await self.twice(chain, as: "dev0") { actor in
        let poster = JobPoster(
          try await actor.parts.finder.market(), actor.parts.sender, in: actor.world)
        switch try await poster.post(try JobPosting(record, terms), draws: true) {
        case .posted(let escrow):
          return String(decoding: Record().setting(escrow).bytes, as: UTF8.self)
        case .dry: return "dry"
        }
      }
      let escrow = try #require(try Record(parsing: Array(posted.utf8)).escrow())
      try await chain.later(1800)
      let result = JobResult(
        resultHash: Keccak256.hash([1]), proofCID: "bafkproof", traceRoot: Keccak256.hash([2]))
      let claim = try await self.twice(chain, as: "dev1") { actor in
        let claiming = try Claiming(
          actor.parts, Claiming.Limits(confirmations: 1), in: actor.world)
        switch try await claiming.claim(escrow, of: JobContent(record)) {
        case .claimed(let claim): return "\(claim.tx) \(claim.deadline)"
        case .dry: return "dry"
        }
      }
      #expect(claim.hasPrefix("0x"))
      let commitment = try await self.twice(chain, as: "dev1") { actor in
        let committing = try Committing(actor.parts, in: actor.world)
        switch try await committing.commit(escrow, of: JobContent(record), to: result) {
        case .committed(let made, to: let kept):
          #expect(kept.resultHash == result.resultHash)
          return "\(made.tx) \(made.commitment)"
        case .dry: return "dry"
        }
      }
      #expect(commitment.hasPrefix("0x"))
      let opening = try await self.twice(chain, as: "dev1") { actor in
        switch try await Opening(actor.parts, in: actor.world).open(escrow, result) {
        case .opened(let vote, of: _): return "\(vote.tx) \(vote.accept) \(vote.resultHash)"
        case .dry: return "dry"
        }
      }
      #expect(opening.hasSuffix(" true \(Keccak256.hash([1]))"))
      // Who settles, and who pays out, may be anybody.
      for (key, stage) in [("dev3", JobStage.agreed), ("dev4", .paid)] {
        let words = try await self.twice(chain, as: key) { actor in
          let settling = Settling(
            try await actor.parts.finder.market(), actor.parts.sender, actor.parts.watch)
          let end =
            stage == .agreed
            ? try await settling.settled(escrow.jobId, isPatient: false, within: nil)
            : try await settling.distributed(escrow.jobId, isPatient: false, within: nil)
          guard case .reached(let job) = end else { return "dry" }
          return "\(job.verdict.stage)"
        }
        #expect(words == "\(stage)")
        try await chain.later(601)
      }
      let withdrawn = try await chain.acting(as: "dev1") { actor in
        let withdrawing = Withdrawing(
          try await actor.parts.finder.market(), actor.parts.sender)
        let record = try await withdrawing.credits(in: nil)
        let nothing = await failure { try await withdrawing.credits(in: nil) }
        #expect(nothing?.code == "nothing-to-withdraw" && nothing?.status == .answerNo)
        return try record.object("withdrawal")?["amount"]
      }
      #expect(withdrawn == "3000")
    }
  }
}
