/// Where a job stands on its node.
public enum JobState: String, Sendable, CaseIterable {
  /// Accepted, and not started.
  case queued
  /// In the sandbox.
  case running
  /// Ended with exit status 0.
  case completed
  /// Ended in another way, or could not be run at all.
  case failed
  /// Ended by its submitter.
  case cancelled

  /// Whether it stays so.
  public var isFinal: Bool { self != .queued && self != .running }
}
