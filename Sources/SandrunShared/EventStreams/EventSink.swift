public import Records

/// Where a stream's lines go.
///
/// A step is taken when its lines were really written: the stream goes on only then, so that a slow reader slows the
/// reading of the chain, and a cursor that is written behind the lines never says too much.
public protocol EventSink: Sendable {
  /// Writes the lines of a step, then remembers the position behind it.
  func take(_ step: EventStep, _ position: EventPosition) throws(Failure)
  /// Told while there is nothing to write: throws where nobody is left to write for.
  func rest() throws(Failure)
}

extension EventSink {
  /// Nothing, for a sink that cannot lose its reader.
  public func rest() throws(Failure) {}
}
