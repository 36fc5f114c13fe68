public import Records

/// Why a node does not take a job: a word for scripts, and a sentence for people.
public struct JobRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  /// Which of the node's demands it does not meet.
  public enum Code: String, CaseIterable, Sendable {
    /// It is of another contract than the marketplace's, or no post of a job.
    case notAPost = "not-a-post"
    /// The chain has thrown the post out.
    case removed
    /// The chain has no such job.
    case noSuchJob = "no-such-job"
    /// Nobody can claim it any more.
    case closed
    /// This node cannot claim it: it is too young, it is the submitter's, its claim was dropped.
    case notForUs = "not-for-us"
    /// Its free stake does not cover the bond, or the bond is above what it risks.
    case bond
    /// It is paid in a currency that the node does not take.
    case currency
    /// The pay is below the node's price, or below the gas that it costs.
    case pay
    /// A window is too short to work in.
    case window
    /// Its specification is none, or says other things than the chain.
    case specification
    /// The machine has not what it asks for.
    case requirements
    /// Honest nodes would not agree on its result.
    case unpinned
    /// Nobody gives its content.
    case notFound = "not-found-anywhere"
    /// Its content is none that can be run, or too large.
    case content
  }

  /// A word for scripts.
  public let code: Code
  /// What is wrong: lower case, no full stop.
  public let reason: String

  /// Makes a refusal.
  public init(_ code: Code, _ reason: String) {
    self.code = code
    self.reason = reason
  }

  /// The reason.
  public var description: String { reason }

  /// The member `match` of a record that was not taken.
  public var json: JSON {
    ["ok": false, "code": .string(code.rawValue), "reason": .string(reason)]
  }
}
