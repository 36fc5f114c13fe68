internal import Ethereum
internal import EthereumRPC
public import EventStreams
public import Hashing
public import IPFS
internal import Marketplace
public import Records

/// What a record says is to be run: the log of the job's post must say the same.
public struct JobContent: Hashable, Sendable {
  /// The CID of the code.
  public let code: String
  /// The SHA-256 of the canonical specification.
  public let specification: Digest32

  /// Reads `job` and `code`; throws 65 for a record that lacks them, or whose specification is not that of its job.
  public init(_ record: Record) throws(Failure) {
    guard let object = try record.object("job") else {
      throw Failure(.data, "the record has no \"job\"", hint: "'sr-node match' adds it")
    }
    do throws(CanonicalError) { specification = try Specification(of: object).digest } catch {
      throw Failure(.data, "malformed \"job\": \(error)")
    }
    code = try JobPosting.code(record, specification)
  }

  /// What is to be run: a folder of code, and the canonical specification of the job.
  public init(code: CID, specification: Digest32) {
    self.code = "\(code)"
    self.specification = specification
  }

  /// What a log of a post says is to be run; nil where the log is none of the marketplace.
  public init?(_ log: ChainLog, on market: Market) {
    guard log.log.topics.count > 1,
      let event = try? MarketEvent(log, of: log.log.topics[1], on: market),
      case .posted(_, let specification, let code, _) = event.content
    else { return nil }
    (self.code, self.specification) = (code, specification)
  }

  /// Whether another names the same code and specification, however its CID is written.
  public func isSame(as other: JobContent) -> Bool {
    specification == other.specification && isCode(other.code)
  }

  private func isCode(_ text: String) -> Bool {
    guard text != code else { return true }
    guard let theirs = try? CID(parsing: text), let ours = try? CID(parsing: code) else {
      return false
    }
    return theirs.v1 == ours.v1
  }

  /// Refuses what was not posted: 65; after a reorganisation a job may have another code under the same id.
  public func check(_ job: MarketJob, in market: Market) async throws(Failure) {
    let history = try await market.forRecord().history(
      of: job.jobId, from: job.postedIn, through: job.postedIn)
    guard case .posted(_, let specification, let code, _)? = history.posted?.content else {
      throw Failure(
        .protocolViolation, "job \(job.jobId) is posted, and the node has no log of its post",
        code: "bad-answer", hint: "a node that keeps logs has it; see --rpc-url")
    }
    func other(_ what: String, _ theirs: String, _ ours: String) -> Failure {
      Failure(
        .data, "job \(job.jobId): \(what) is \(theirs) on the chain, and not \(ours)",
        code: "other-code",
        hint:
          "the chain may have been reorganised: feed the log of the post to 'sr-node match' again")
    }
    guard isCode(code) else {
      throw other("the code", JSON.string(code).text, JSON.string(self.code).text)
    }
    guard specification == self.specification else {
      throw other("the specification", "\(specification)", "\(self.specification)")
    }
  }
}
