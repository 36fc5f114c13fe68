public import ArgumentParser
public import Ethereum
internal import Marketplace
internal import Records
internal import WideInteger

/// On which terms a job is posted, where it does not say so itself.
public struct PostingOptions: ParsableArguments, Sendable {
  /// What each claim binds of a node's stake.
  @Option(
    help: ArgumentHelp(
      "Bind <amount> of a node's stake by each claim (2(n+1)/n shares).", valueName: "amount"))
  public var bond: String?

  /// The currency: an ERC-20.
  @Option(
    help: ArgumentHelp(
      "Pay in the ERC-20 at <address>, in its smallest unit (job.payment.token).",
      valueName: "address"),
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  public var token: Address?

  /// How long nodes may claim.
  @Option(help: ArgumentHelp("Let nodes claim for <duration> (10m).", valueName: "duration"))
  public var claimWindow: String?

  /// How long each node may run the job.
  @Option(
    help: ArgumentHelp(
      "Give each node <duration> from its claim to run the job and commit (its timeout and 10m).",
      valueName: "duration"))
  public var commitWindow: String?

  /// How long nodes may open.
  @Option(
    help: ArgumentHelp(
      "Let nodes open what they committed for <duration> (10m).",
      valueName: "duration"))
  public var openWindow: String?

  /// How long the result may be challenged.
  @Option(
    help: ArgumentHelp("Let the result be challenged for <duration> (1h).", valueName: "duration"))
  public var challengeWindow: String?

  /// Whether the draw is left to others.
  @Flag(help: "Leave the draw of the nodes to the first who claims.")
  public var noDraw = false

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what no terms can be.
  public func validate() throws { _ = try choice() }

  /// What was chosen.
  public func choice() throws -> JobPosting.Choice {
    var choice = JobPosting.Choice()
    choice.token = token
    choice.claim = try seconds(claimWindow, "--claim-window")
    choice.commit = try seconds(commitWindow, "--commit-window")
    choice.open = try seconds(openWindow, "--open-window")
    choice.challenge = try seconds(challengeWindow, "--challenge-window")
    if let bond {
      do { choice.bond = try Amount.parse(bond) } catch {
        throw ValidationError("--bond: \(error)")
      }
    }
    return choice
  }

  private func seconds(_ text: String?, _ name: String) throws -> UInt64? {
    guard let text else { return nil }
    let duration: Duration
    do { duration = try Seconds.parse(text) } catch { throw ValidationError("\(name): \(error)") }
    guard duration.components.attoseconds == 0, duration > .zero,
      duration <= .seconds(JobWindows.limit)
    else { throw ValidationError("\(name) takes whole seconds, from 1 to 30 days") }
    return UInt64(duration.components.seconds)
  }
}
