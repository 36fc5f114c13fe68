import ABI
import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Marketplace
import MarketplaceClient
import Records
import Sending
import WideInteger

struct Retire: Command {
  static let configuration = CommandConfiguration(
    abstract: "Claim nothing more with this node, for ever; its open claims go on.",
    discussion: """
      $ sr-node retire | jq -r .node.withdrawableFrom
      The stake can be withdrawn once unbonding is over and no claim is open: sr-chain withdraw --stake.
      """)

  @OptionGroup var registration: RegistrationOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let signing = try registration.descriptorSigning(in: world)
    let record: Record
    if let pool = try registration.poolClient(in: world) {
      record = try await world.interruptible { () throws(Failure) in
        try await signing.leave(pool)
      }
    } else {
      record = try await registration.onChain(signedBy: signing, in: world) {
        chain throws(Failure) in
        try await world.interruptible { () throws(Failure) in
          try await Self.retire(
            try await chain.finder.market().forRecord(), chain.sender, in: world)
        }
      }
    }
    try world.write(record)
    return .done
  }

  private static func retire(
    _ market: Market, _ sender: MarketSender, in world: World
  ) async throws(Failure) -> Record {
    let address = try sender.account()
    let block = try await market.look([]).header.number
    guard let (number, node) = try await market.registration(of: address) else {
      throw Failure(
        .missingInput, "\(address) is no registered node", code: "not-registered")
    }
    var members: JSONObject = [
      "address": .string("\(address)"),
      "number": UInt64(exactly: number).map { .integer($0) } ?? .null,
      "owner": .string("\(node.owner)"), "stake": .string("\(node.stake)"),
      "openClaims": .integer(node.openClaims), "active": false,
    ]
    if let retiredAt = node.retiredAt {
      world.note("node \(number), \(address), is retired already")
      let told = try await market.call(.nodeRegistry, NodeRegistry.unbonding)
      if case .uint(let unbonding)? = told.first, let seconds = UInt64(exactly: unbonding) {
        members["withdrawableFrom"] = time(retiredAt, seconds)
      }
      return Record(["node": .object(members)])
    }
    let act = MarketAct(
      "retire", .nodeRegistry, NodeRegistry.retire, [.uint(number)], in: market,
      onceFor: "\(number)", subject: "node \(address)", seen: block)
    switch try await sender.send(act) {
    case .dry(let dry): return dry
    case .sent(let sent):
      if case .value(.uint(let from))? = sent.receipt.arguments(
        of: NodeRegistry.nodeRetired, in: market)?.last, let from = UInt64(exactly: from)
      {
        members["withdrawableFrom"] = time(from, 0)
      }
      members["tx"] = .string("\(sent.tx)")
      members["block"] = .integer(sent.block)
      return Record(["node": .object(members)])
    }
  }

  /// A time of the chain as records have it; null where no calendar goes so far.
  private static func time(_ start: UInt64, _ seconds: UInt64) -> JSON {
    let (sum, isOver) = start.addingReportingOverflow(seconds)
    guard !isOver, sum < 253_402_300_800 else { return .null }
    return .string("\(Timestamp(seconds: Int(sum)))")
  }
}
