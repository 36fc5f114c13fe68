internal import ABI
internal import Ethereum
public import Hashing
public import IPFS
internal import Marketplace
public import MarketplaceClient
public import Records

/// What a record tells of a job: its id on the chain, or the job itself; nothing else of it is used.
public enum JobSighting: Sendable {
  /// A job in escrow.
  case posted(Digest32)
  /// A job that is in no escrow, and the CID of its code.
  case offered(JSONObject, code: CID)
  /// None that a node could take.
  case refused(JobRefusal)

  /// Reads `log`, as `sr-chain events` tells a post or a challenge, or `escrow`, or `job` and `code`.
  ///
  /// Throws 65 for a record with none of them, a malformed one, or the escrow of another marketplace.
  public init(_ record: Record, in market: Market) throws(Failure) {
    if let log = try record.object("log") {
      self = try Self.post(log, in: market)
      return
    }
    if record.has("escrow") {
      self = .posted(try record.escrow(in: market).jobId)
      return
    }
    guard let job = try record.object("job") else {
      throw Failure(
        .data, "the record has neither \"log\" nor \"job\"",
        hint: "feed it 'sr-chain events JobSubmitted --follow'")
    }
    guard let code = try record.object("code") else {
      throw Failure(.data, "the record has no \"code\"", hint: "add it with 'sr-ipfs add'")
    }
    guard let cid = code["cid"]?.string.flatMap({ try? CID(parsing: $0) }) else {
      throw Failure(.data, "\"code.cid\" is no CID")
    }
    self = .offered(job, code: cid)
  }

  private static func post(
    _ log: JSONObject, in market: Market
  ) throws(Failure) -> JobSighting {
    func bad(_ name: String) -> Failure {
      Failure(.data, "malformed \"log\": no valid \"\(name)\"")
    }
    guard let address = log["address"]?.string.flatMap({ Address($0) }) else {
      throw bad("address")
    }
    guard let elements = log["topics"]?.elements else { throw bad("topics") }
    var topics: [Digest32] = []
    for element in elements {
      guard let topic = element.string.flatMap({ try? Digest32(hex: $0) }) else {
        throw bad("topics")
      }
      topics.append(topic)
    }
    let isPost =
      address == market.jobMarketplace && topics.first == JobMarketplace.jobSubmitted.topic0
    let isChallenge =
      address == market.consensusManager && topics.first == ConsensusManager.resultChallenged.topic0
    guard isPost || isChallenge, topics.count > 1 else {
      return .refused(
        JobRefusal(.notAPost, "a log of \(address) that is no post of the marketplace's"))
    }
    switch log["removed"] {
    case nil, .null, .bool(false): return .posted(topics[1])
    case .bool(true):
      return .refused(JobRefusal(.removed, "the chain has thrown out the post of job \(topics[1])"))
    default: throw bad("removed")
    }
  }
}
