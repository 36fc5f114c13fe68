public import NodeAPI

/// What the engine has in hand, and what it has done since it was opened.
public struct EngineStats: Equatable, Sendable {
  /// The jobs that are kept, by where they stand.
  public var jobs: [JobState: Int] = [:]
  /// Whether nothing more is accepted.
  public var isDraining = false
  /// Jobs accepted since the start.
  public var accepted = 0
  /// Starts of jobs since the start.
  public var started = 0
  /// Jobs over since the start, by how they ended.
  public var finished: [JobState: Int] = [:]
  /// Workers started since the start: more than one where a worker died.
  public var workers = 0
  /// How many jobs may run at once.
  public var concurrency = 0
  /// How many jobs may wait.
  public var maxQueued = 0
  /// Bytes of content.
  public var contentBytes = 0
  /// Bytes of output of the jobs that are kept.
  public var logBytes = 0
  /// Bytes free on the disk with the node's folder.
  public var freeBytes = 0
}
