import ABI
import Ethereum
import Hashing
import Marketplace
import MarketplaceClient
import Records
import Testing

@testable import Matching

/// What a record tells of a job.
@Suite("Sightings") struct JobSightingTests {
  private let jobId = Keccak256.hash([7])

  /// A log of the marketplace's post, changed by a test.
  private func log(_ change: (inout JSONObject) -> Void = { _ in }) throws -> Record {
    var log: JSONObject = [
      "address": .string("\(try Escrow.account(0xa2))"),
      "topics": [
        .string("\(JobMarketplace.jobSubmitted.topic0)"), .string("\(jobId)"),
      ], "data": "0x", "removed": false,
    ]
    change(&log)
    return Record(["log": .object(log)])
  }

  /// What a record comes to, in a word.
  private func word(_ record: Record) throws -> String {
    let market = try Escrow.market()
    do throws(Failure) {
      switch try JobSighting(record, in: market) {
      case .posted(let id): return id == jobId ? "posted" : "another"
      case .offered(_, let code): return "offered \(code)"
      case .refused(let refusal): return refusal.code.rawValue
      }
    } catch { return "\(error.status.rawValue) \(error.message)" }
  }

  @Test("of a post or a challenge are the job's id, and nothing else of the log is read")
  func posts() throws {
    #expect(try word(log()) == "posted")
    #expect(try word(log { $0["removed"] = nil }) == "posted")
    #expect(try word(log { $0["data"] = "nonsense" }) == "posted")
    let challenge = try log {
      $0["address"] = .string("\((try? Escrow.account(0xa4)).map { "\($0)" } ?? "")")
      $0["topics"] = [
        .string("\(ConsensusManager.resultChallenged.topic0)"), .string("\(jobId)"),
      ]
    }
    #expect(try word(challenge) == "posted")
    // The escrow of a log beside it is not asked.
    var both = try log()
    both = both.setting("job", to: ["id": "x"])
    #expect(try word(both) == "posted")
  }

  @Test("of other logs are refused: of other contracts, other events, without an id, thrown out")
  func others() throws {
    let other = try Escrow.account(0x11)
    #expect(try word(log { $0["address"] = .string("\(other)") }) == "not-a-post")
    // The challenge's event, told by the marketplace, is none.
    #expect(
      try word(
        log {
          $0["topics"] = [
            .string("\(ConsensusManager.resultChallenged.topic0)"), .string("\(jobId)"),
          ]
        }) == "not-a-post")
    #expect(
      try word(log { $0["topics"] = [.string("\(JobMarketplace.jobSubmitted.topic0)")] })
        == "not-a-post")
    #expect(try word(log { $0["topics"] = [] }) == "not-a-post")
    #expect(try word(log { $0["removed"] = true }) == "removed")
  }

  @Test("of a record that is none are bad data, naming the member") func malformed() throws {
    for (name, value) in [
      ("address", JSON.string("0x1")), ("topics", "0x"), ("topics", ["0x12"]),
      ("topics", [.integer(1)]), ("removed", "no"),
    ] {
      let word = try word(log { $0[name] = value })
      #expect(word == "65 malformed \"log\": no valid \"\(name)\"", "\(value)")
    }
    #expect(try word(Record(["tx": [:]])) == "65 the record has neither \"log\" nor \"job\"")
    #expect(try word(Record(["job": [:]])) == "65 the record has no \"code\"")
    #expect(try word(Record(["job": [:], "code": ["cid": "x"]])) == "65 \"code.cid\" is no CID")
    #expect(
      try word(Record(["job": [:], "code": ["cid": "bafkqaaa"]])) == "offered bafkqaaa")
  }

  @Test("of an escrow are its job, where it is this marketplace's") func escrows() throws {
    let market = try Escrow.market()
    func record(_ chain: Int, _ contract: Address) -> Record {
      Record([
        "escrow": [
          "jobId": .string("\(jobId)"), "chainId": .integer(chain),
          "contract": .string("\(contract)"), "verifier": .string("\(market.consensusManager)"),
        ]
      ])
    }
    #expect(try word(record(31337, market.jobMarketplace)) == "posted")
    #expect(try word(record(1, market.jobMarketplace)).hasPrefix("65 "))
    #expect(try word(record(31337, try Escrow.account(0x11))).hasPrefix("65 "))
  }
}
