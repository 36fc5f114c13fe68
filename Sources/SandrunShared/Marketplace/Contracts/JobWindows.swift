public import ABI
internal import WideInteger

/// How long a job's phases are, in seconds of block time.
public struct JobWindows: Hashable, Sendable, CustomStringConvertible {
  /// The longest window: 30 days.
  public static let limit: UInt64 = 30 * 86_400

  /// From the start of a round: its slots can be claimed.
  public var claim: UInt64
  /// From each claim: the node commits.
  public var commit: UInt64
  /// From the last commitment or the last deadline of one: nodes open.
  public var open: UInt64
  /// From the agreement: the result can be challenged.
  public var challenge: UInt64

  /// Makes windows, which contracts take from 1 second to 30 days.
  public init(claim: UInt64, commit: UInt64, open: UInt64, challenge: UInt64) {
    self.claim = claim
    self.commit = commit
    self.open = open
    self.challenge = challenge
  }

  /// Whether the contracts take them.
  public var areFit: Bool {
    [claim, commit, open, challenge].allSatisfy { (1...Self.limit).contains($0) }
  }

  /// `600, 900, 600 and 3600 s`.
  public var description: String { "\(claim), \(commit), \(open) and \(challenge) s" }

  /// The argument `windows` of `submitJob`.
  public var value: ABIValue {
    .array([claim, commit, open, challenge].map { .uint(UInt256(low: UInt128($0))) })
  }
}
