import ArgumentParser
import EthereumRPC
import Records
import Sending
import WideInteger

/// The options of `deploy --all`.
struct MarketplaceOptions: ParsableArguments {
  /// What a node stakes at least where nothing else is said: more than a job is worth to a liar.
  private static let stake = "1ETH"
  /// How long a stake stays where nothing else is said.
  private static let time = "7d"
  /// More wei than there will ever be.
  private static let highestStake = UInt256(high: 0, low: .max)

  @Flag(help: "Make the four contracts of the marketplace, and register them by their names.")
  var all = false

  @Option(
    help: ArgumentHelp(
      "Let a node stake <amount> at least (1ETH); goes with --all.", valueName: "amount"))
  var minimumStake: String?

  @Option(
    help: ArgumentHelp(
      "Keep the stake of a node that has retired for <duration> (7d); goes with --all.",
      valueName: "duration"))
  var unbonding: String?

  @Option(
    help: ArgumentHelp(
      "Take the contracts from the artefacts in <dir>; goes with --all.", valueName: "dir"),
    completion: .directory)
  var contracts: String?

  func validate() throws {
    guard all || (minimumStake ?? unbonding ?? contracts) == nil else {
      throw ValidationError("--minimum-stake, --unbonding and --contracts go with --all")
    }
    let wei: UInt256
    do { wei = try Amount.parse(minimumStake ?? Self.stake) } catch {
      throw ValidationError("--minimum-stake: \(error)")
    }
    guard wei <= Self.highestStake else {
      throw ValidationError("--minimum-stake is 2^128-1 wei at most: nobody could stake more")
    }
    let seconds: Duration
    do { seconds = try Seconds.parse(unbonding ?? Self.time) } catch {
      throw ValidationError("--unbonding: \(error)")
    }
    // NodeRegistry refuses more than a year.
    guard seconds > .zero, seconds.components.attoseconds == 0, seconds <= .seconds(365 * 86_400)
    else {
      throw ValidationError("--unbonding takes whole seconds, from 1 to a year")
    }
  }

  /// Refuses options of sending that mean nothing for four transactions that belong together.
  func check(_ broadcasting: BroadcastingOptions) throws {
    let sending = broadcasting.sending
    guard sending.building.nonce == nil, broadcasting.content.value == nil else {
      throw ValidationError(
        "--all gives nonces by itself and moves nothing: no --nonce, no --value")
    }
    guard !sending.noJournal, !broadcasting.async else {
      throw ValidationError(
        "--all goes by the journal and waits for receipts: no --no-journal, no --async")
    }
  }

  /// What a node stakes at least, in wei.
  var stake: UInt256 { (try? Amount.parse(minimumStake ?? Self.stake)) ?? 0 }

  /// The seconds for which a stake stays.
  var seconds: UInt256 {
    let duration = try? Seconds.parse(unbonding ?? Self.time)
    return UInt256(UInt64(clamping: duration?.components.seconds ?? 0))
  }
}
