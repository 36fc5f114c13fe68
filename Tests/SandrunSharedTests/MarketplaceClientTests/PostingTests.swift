import ABI
import Ethereum
import Hashing
import IPFS
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// What is posted, and what is refused before any money moves.
@Suite("Posting") struct PostingTests {
  private static let job = #"""
    {"id":"0123456789abcdef0123456789abcdef","entrypoint":"b.py","interpreter":"python3","args":[],"env":{},"inputs":[],"memory":1073741824,"timeout":600,"outputs":["@stdout"],"payment":{"amount":"3000","token":"ETH"},"consensus":"2-of-3"}
    """#

  private func record(_ change: (inout JSONObject) -> Void = { _ in }) throws -> Record {
    let job = try #require(try JSON(parsing: Array(Self.job.utf8)).object)
    let spec = CID(try Specification(of: job).digest, codec: .raw)
    var record: JSONObject = [
      "job": .object(job), "code": ["cid": "bafkqaaa", "spec": .string("\(spec)")],
    ]
    change(&record)
    return Record(record)
  }

  private func code(
    _ record: Record, _ choice: JobPosting.Choice = .init()
  ) -> String? {
    do throws(Failure) {
      _ = try JobPosting(record, choice)
      return nil
    } catch { return error.status == .data ? error.code : "\(error.status)" }
  }

  @Test("has the usual terms, or those that are chosen") func terms() throws {
    var choice = JobPosting.Choice()
    let usual = try JobPosting(record(), choice).terms
    #expect(usual.nodes == 3 && usual.quorum == 2 && usual.payment == 3000 && usual.token == nil)
    #expect(usual.bond == JobTerms.usualBond(payment: 3000, nodes: 3))
    #expect(usual.windows == JobWindows(claim: 600, commit: 1200, open: 600, challenge: 3600))
    choice.bond = 7
    (choice.claim, choice.commit, choice.open, choice.challenge) = (1, 2, 3, 4)
    let chosen = try JobPosting(record(), choice).terms
    #expect(chosen.bond == 7)
    #expect(chosen.windows == JobWindows(claim: 1, commit: 2, open: 3, challenge: 4))
    // What an earlier post had fills up what is not chosen, and no more.
    var again = JobPosting.Choice()
    again.open = 30
    let filled = try JobPosting(record(), again.filled(by: chosen)).terms
    #expect(filled.bond == 7)
    #expect(filled.windows == JobWindows(claim: 1, commit: 2, open: 30, challenge: 4))
    choice.claim = 0
    #expect(code(try record(), choice) == "data")
    choice.claim = .max
    #expect(code(try record(), choice) == "data")
  }

  @Test("refuses a record that lacks something, or whose specification is another job's")
  func records() throws {
    #expect(code(try record()) == nil)
    #expect(code(try record { $0["job"] = nil }) == "data")
    #expect(code(try record { $0["code"] = nil }) == "data")
    #expect(code(try record { $0["code"] = ["cid": "bafkqaaa"] }) == "data")
    #expect(code(try record { $0["code"] = ["cid": "x", "spec": "bafkqaaa"] }) == "data")
    let other = CID(SHA256.hash([1]), codec: .raw)
    let stale = try record { $0["code"] = ["cid": "bafkqaaa", "spec": .string("\(other)")] }
    #expect(code(stale) == "stale-spec")
    let changed = try record {
      var job = $0["job"]?.object ?? [:]
      job["timeout"] = .integer(601)
      $0["job"] = .object(job)
    }
    #expect(code(changed) == "stale-spec")
  }

  @Test("asks for a bond where a token is paid, and pays in what the job names") func tokens()
    throws
  {
    let (token, other) = (try RecordedJob.node(0x31), try RecordedJob.node(0x32))
    var choice = JobPosting.Choice()
    choice.token = token
    #expect(code(try record(), choice) == "no-bond")
    choice.bond = 5
    #expect(try JobPosting(record(), choice).terms.token == token)
    let named = try record {
      var job = $0["job"]?.object ?? [:]
      job["payment"] = ["amount": "3000", "token": .string("\(other)")]
      let spec = (try? Specification(of: job)).map { CID($0.digest, codec: .raw) }
      $0["job"] = .object(job)
      $0["code"] = ["cid": "bafkqaaa", "spec": .string(spec.map { "\($0)" } ?? "")]
    }
    #expect(code(named, choice) == "other-currency")
    choice.token = other
    #expect(try JobPosting(named, choice).terms.token == other)
  }

  // MARK: On a chain

  /// The job as the chain would have it, had the account posted it.
  private func posted(_ posting: JobPosting, by account: Address) throws -> RecordedJob {
    var recorded = try RecordedJob.first { $0.posted.nodes == 3 && $0.verdict.stage == .running }
    recorded.jobId = try posting.key(in: .sample, by: account).jobId
    let terms = posting.terms
    let windows = [
      terms.windows.claim, terms.windows.commit, terms.windows.open, terms.windows.challenge,
    ]
    recorded.job(0, try RecordedJob.word(account))
    recorded.job(2, UInt256(low: UInt128(terms.quorum)))
    recorded.job(3, terms.bond)
    for (place, window) in windows.enumerated() {
      recorded.job(4 + place, UInt256(low: UInt128(window)))
    }
    recorded.job(9, terms.payment)
    return recorded
  }

  private func log(
    _ posting: JobPosting, _ recorded: RecordedJob, by account: Address, code: String,
    payment: UInt256
  ) throws -> JSON {
    let function = try ABIFunction(
      parsing: "f(bytes16,string,uint256,uint256,uint256,uint256[4],address,uint256,uint256)")
    let arguments = posting.arguments(try posting.key(in: .sample, by: account))
    let data = try function.encodeCall([
      arguments[0], .string(code), arguments[3], arguments[4], arguments[5], arguments[6],
      arguments[7], .uint(payment), .uint(1),
    ])
    return RecordedChain.log(
      try Market.sample.jobMarketplace, JobMarketplace.jobSubmitted,
      [
        recorded.jobId.bytes, try RecordedJob.word(account).bytes, posting.specification.bytes,
      ], Array(data.dropFirst(4)), block: 900, index: 2)
  }

  @Test("takes up a job of ours on the same terms, and no job on others") func again() async throws
  {
    let account = try RecordedJob.node(0x41)
    let posting = try JobPosting(record())
    var recorded = try posted(posting, by: account)
    recorded.round(0, 2, 900)
    let known = recorded
    try await Party.run(known, as: account) { party in
      func post(_ posting: JobPosting) async -> String {
        await party.word {
          let market = try party.chain.market
          return try await JobPoster(market, party.parts.sender, in: party.world).post(
            posting, draws: false)
        } _: {
          switch $0 {
          case .posted(let escrow): "\(escrow.jobId) \(escrow.block ?? 0)"
          case .dry: "dry"
          }
        }
      }
      let unlogged = await post(posting)
      #expect(unlogged == "76 bad-answer")
      func tell(_ code: String, _ payment: UInt256) async throws {
        let log = try self.log(posting, known, by: account, code: code, payment: payment)
        try await party.chain.tell("logs", [log])
      }
      try await tell("bafkqaaa", 3000)
      let taken = await post(posting)
      #expect(taken == "\(known.jobId) 900")
      // Other code, more or less paid, another bond, another window.
      for (code, payment) in [("bafkqaab", 3000), ("bafkqaaa", 2999), ("bafkqaaa", 3001)] {
        try await tell(code, UInt256(low: UInt128(payment)))
        let other = await post(posting)
        #expect(other == "65 posted-otherwise")
      }
      try await tell("bafkqaaa", 3000)
      var choice = JobPosting.Choice()
      choice.bond = 1
      let bond = await post(try JobPosting(record(), choice))
      #expect(bond == "65 posted-otherwise")
      choice = .init()
      choice.open = 5
      let window = await post(try JobPosting(record(), choice))
      #expect(window == "65 posted-otherwise")
    }
  }

  @Test("sends nothing for an account that has not so much") func poor() async throws {
    let account = try RecordedJob.node(0x41)
    let posting = try JobPosting(record())
    var none = try posted(posting, by: account)
    none.job(0, 0)
    try await Party.run(none, as: account) { party in
      let poster = JobPoster(try party.chain.market, party.parts.sender, in: party.world)
      for (balance, word) in [("0x0", "1 insufficient-funds"), ("0xbb8", "1 insufficient-funds")] {
        try await party.chain.tell("answers", ["eth_getBalance": .string(balance)])
        let refused = await party.word {
          try await poster.post(posting, draws: true)
        } _: { _ in
          "posted"
        }
        #expect(refused == word)
      }
      try await party.chain.tell("answers", ["eth_getBalance": "0xde0b6b3a7640000"])
      let sent = await party.word {
        try await poster.post(posting, draws: true)
      } _: {
        if case .dry(let record) = $0 {
          (try? record.object("tx")?["value"]?.string) ?? "no value"
        } else {
          "posted"
        }
      }
      #expect(sent == "3000")
      #expect(try await party.chain.asked("eth_sendRawTransaction") == 0)
    }
  }
}
