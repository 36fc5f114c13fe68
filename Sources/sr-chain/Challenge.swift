import ArgumentParser
import Commands
import Marketplace
import MarketplaceClient
import Records
import Sending
import WideInteger

/// `sr-chain challenge`: has a result judged anew.
struct Challenge: JobVerb {
  static let configuration = CommandConfiguration(
    abstract: "Have an agreed result judged by new nodes, for a bond.",
    discussion: """
      $ sr-chain challenge --dry-run 0x…
      $ sr-chain challenge --evidence bafy… 0x… | jq .escrow.challenges
      The bond is 2n+1 shares of the payment, one for each new node. It pays for itself only where \
      the nodes' own bonds are large: what it may cost is told. Nothing is held: 75 where nodes have \
      not agreed yet, 1 where it is too late.
      """)

  @Argument(help: "A job's id: 0x and 64 hexadecimal digits.")
  var operands: [String] = []

  @Option(help: "Tell the CID of what speaks against the result; else the record's first proof.")
  var evidence: String?

  @Option(help: "Put up <amount>, in the job's currency (2n+1 shares).")
  var bond: String?

  @OptionGroup var market: MarketOptions
  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions

  func validate() throws {
    if let bond, (try? Amount.parse(bond)) == nil {
      throw ValidationError("--bond: '\(bond)' is no amount")
    }
    if let evidence, evidence.utf8.count > Marketplace.Commitment.cidLimit {
      throw ValidationError("--evidence takes \(Marketplace.Commitment.cidLimit) bytes at most")
    }
  }

  func answer(
    _ hand: JobInHand, _ parts: MarketParts, in world: World
  ) async throws(Failure) -> JobAnswer {
    let job = try await hand.job()
    let terms = job.terms
    let words = if let evidence { evidence } else { try hand.record.firstProof }
    let least = terms.challengeBond ?? .max
    let bond = if let bond { try terms.amount(bond, "--bond") } else { least }
    if job.posted.challenger == nil { world.note(terms.challengeWords) }
    let dry = try await JobFunding(hand.market, parts.sender).challenge(
      job, bond: bond, evidence: words)
    if let dry { return (try hand.record.setting(transactionOf: dry), .done) }
    return (try await hand.told(try await hand.job()), .done)
  }
}

extension Record {
  /// The CID of its first proof, where it is one that fits; empty otherwise.
  fileprivate var firstProof: String {
    get throws(Failure) {
      let cid = try self["proofs"]?.elements?.first?["cid"]?.string ?? ""
      return cid.utf8.count <= Marketplace.Commitment.cidLimit ? cid : ""
    }
  }
}
