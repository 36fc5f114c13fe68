public import Records

/// Why a pool does not take a node's descriptor.
public enum PoolError: Error, Equatable, Sendable {
  /// It is none that a pool keeps: why.
  case refused(String)
  /// The pool has one of the node that was issued at that time, which is not before this one.
  case notNewer(Timestamp)
  /// As many nodes are kept as may be.
  case full
  /// Reading or writing failed.
  case store(EngineError)
}
