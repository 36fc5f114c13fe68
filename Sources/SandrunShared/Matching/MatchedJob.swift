public import IPFS
public import Marketplace
public import MarketplaceClient
public import Records

/// A job that a node takes, made of its verified specification and of what the chain says, and of nothing else.
public struct MatchedJob: Sendable {
  /// The job, checked.
  public let job: Job
  /// The specification as its block has it.
  public let specification: JSONObject
  /// The specification's name.
  public let specificationCID: CID
  /// The folder of code.
  public let code: CID
  /// Its place on the chain; nil for a job that is in no escrow.
  public let escrow: EscrowMember?
  /// Its state on the chain when it was looked at.
  public let state: MarketJob?

  /// What the run needs, the code first: all of it is there.
  public var roots: [CID] {
    [code, specificationCID] + job.inputs.compactMap { try? CID(parsing: $0.cid) }
  }

  /// A fresh record: `job`, `code`, and `escrow` where there is one.
  public var record: Record {
    var record = Record().setting("job", to: .object(specification))
      .setting("code", to: ["cid": .string("\(code)"), "spec": .string("\(specificationCID)")])
    if let escrow { record = record.setting(escrow) }
    return record
  }
}
