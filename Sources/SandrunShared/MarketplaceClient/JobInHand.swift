internal import EthereumRPC
internal import Ethereum
internal import Hashing
public import Marketplace
public import Records

/// A record about a job in escrow, and what its verb works with.
public struct JobInHand: Sendable {
  /// The record; its `escrow` is added where an operand named the job.
  public let record: Record
  /// Which job it is.
  public let escrow: EscrowMember
  /// The marketplace, asked by calls that end with the record's own time.
  public let market: Market

  /// The job of a record, which must be of the marketplace, or the one whose id an operand was: its `jobId`.
  public init(_ input: Record, in market: Market) throws(Failure) {
    if input.origin == .record {
      record = input
      escrow = try input.escrow(in: market)
    } else {
      let text = try input.operand("jobId")
      guard let jobId = try? Digest32(hex: text) else {
        throw Failure(
          .data, "\(JSON.string(text).text) is no job: 0x and 64 hexadecimal digits are")
      }
      escrow = try EscrowMember(jobId, in: market)
      record = Record().setting(escrow)
    }
    self.market = market
  }

  /// The job as it is on the chain; throws 66 where it is not there.
  public func job() async throws(Failure) -> MarketJob {
    guard let job = try await market.forRecord().job(escrow.jobId) else {
      throw .noJob(escrow.jobId)
    }
    return job
  }

  /// The record with all that the chain tells of a job; with `settlement` where it is paid out.
  public func told(_ job: MarketJob) async throws(Failure) -> Record {
    told(job, try await market.forRecord().history(of: job))
  }

  /// The same of a history that is known.
  func told(_ job: MarketJob, _ history: JobHistory) -> Record {
    var escrow = escrow
    escrow.add(job)
    escrow.add(history.events)
    let told = record.setting(escrow)
    guard let settlement = SettlementMember(history.events) else { return told }
    return told.setting("settlement", to: settlement.json)
  }
}

extension Record {
  /// The record with the `tx` of another: what a dry run would send.
  public func setting(transactionOf dry: Record) throws(Failure) -> Record {
    setting("tx", toText: try dry.objectText("tx")?.bytes ?? JSON.null.bytes)
  }
}
