import ArgumentParser
import Commands
import Ethereum
import IPFS
import Marketplace
import Matching
import NodeClient
import Records
import WideInteger

/// What a node demands of a job, as `match` and `serve --claim` are told.
struct MatchOptions: ParsableArguments {
  @Option(
    help:
      "Take <price> at least, such as gpu=0.5ETH/h,cpu=0.1ETH/h; that of the descriptor by itself.")
  var price: String?

  @Option(help: "Take a share of <amount> at least, such as 0.01ETH.")
  var minShare: String?

  @Option(help: "Have a share cover <n> units of gas at their present price (420000).")
  var gas: UInt64?

  @Option(
    help: ArgumentHelp(
      "Be paid in <token>: ETH, or ADDRESS[:SHARE] with the least share in its smallest unit; may be given again.",
      valueName: "token"))
  var token: [String] = []

  @Option(help: "Risk a bond of <amount> at most; whatever stake is free by itself.")
  var maxBond: String?

  @Option(help: "Want a commit window that is longer than the job's timeout by <duration> (5m).")
  var margin: String?

  @Option(help: "Want an open window of <duration> at least (2m).")
  var minOpen: String?

  @Option(help: "Have claim and commit windows of <duration> at most (1d).")
  var maxHold: String?

  @Option(help: "Have open and challenge windows of <duration> at most (7d).")
  var maxWait: String?

  @Flag(help: "Take jobs for GPUs on whose result several nodes must agree.")
  var unpinned = false

  @Option(help: "Take code and inputs of <size> at most (4GiB).")
  var maxContent: String?

  @Option(help: "Wait <duration> for content that nobody has yet (2m).")
  var contentWait: String?

  @Option(
    help: "Fetch content from the IPFS gateway <url>, too; may be given again.")
  var gateway: [String] = []

  func validate() throws {
    do { _ = try policy() } catch { throw ValidationError(error.message) }
  }

  /// The demands; throws 64 naming the option that is wrong.
  func policy() throws(Failure) -> MatchPolicy {
    var policy = MatchPolicy()
    do throws(UnitError) {
      if let price { policy.price = try NodePrice(price) }
      if let minShare { policy.minimumShare = try Amount.parse(minShare) }
      policy.maximumBond = try maxBond.map { (text) throws(UnitError) in try Amount.parse(text) }
      if let margin { policy.margin = try Self.seconds(margin) }
      if let minOpen { policy.minimumOpen = try Self.seconds(minOpen) }
      if let maxHold { policy.maximumHold = try Self.seconds(maxHold) }
      if let maxWait { policy.maximumWait = try Self.seconds(maxWait) }
      if let maxContent { policy.content.bytes = try ByteSize.parse(maxContent) }
      if let contentWait { policy.patience = try Seconds.parse(contentWait) }
    } catch {
      throw Failure(.usage, "\(error)")
    }
    if let gas { policy.gas = gas }
    policy.takesUnpinned = unpinned
    guard !token.isEmpty else { return policy }
    policy.takesEther = token.contains(Job.Payment.ether)
    for text in token where text != Job.Payment.ether {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      guard let address = Address(String(parts[0])) else {
        throw Failure(.usage, "--token takes ETH or ADDRESS[:SHARE], not '\(text)'")
      }
      guard parts.count == 2 else {
        policy.tokens[address] = 0
        continue
      }
      guard let least = try? UInt256(decimal: String(parts[1])) else {
        throw Failure(
          .usage, "--token takes a share in the token's smallest unit, not '\(parts[1])'")
      }
      policy.tokens[address] = least
    }
    return policy
  }

  private static func seconds(_ text: String) throws(UnitError) -> UInt64 {
    let duration = try Seconds.parse(text)
    guard duration >= .zero else { throw UnitError(text, expected: "a duration such as 90s or 5m") }
    // Rounded up: a demand is not to be weaker than it was said.
    let (seconds, rest) = duration.components
    return UInt64(clamping: seconds) + (rest > 0 ? 1 : 0)
  }
}
