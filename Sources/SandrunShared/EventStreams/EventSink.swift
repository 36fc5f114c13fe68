public import Records

/// Where a stream's lines go.
///
/// A step is taken when its lines were really written: the stream goes on only then, so that a slow reader slows the
/// reading of the chain, and a cursor that is written behind the lines never says too much.
public protocol EventSink: Sendable {
  /// Writes the lines of a step, then remembers the position behind it.
  func take(_ step: EventStep, _ position: EventPosition) throws(Failure)
}
