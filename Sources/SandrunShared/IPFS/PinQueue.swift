internal import Synchronization

/// Pins that wait for the next commit of a batch; any number of threads add to it and commit.
public final class PinQueue: Sendable {
  private let waiting = Mutex<[Pin]>([])
  /// Held until what was taken is on disk: who finds nothing left to pin has to know that it is.
  private let committing = Mutex(())

  /// Nothing waits.
  public init() {}

  /// Has a pin be written by the next commit.
  public func append(_ pin: Pin) {
    waiting.withLock { $0.append(pin) }
  }

  /// Commits the batch and pins what waits: all that was added before is on disk when this returns.
  ///
  /// Where it fails the pins wait on, since some may be of others than those who are told of the failure.
  public func commit(into batch: Batch) throws(PinError) {
    try committing.withLock { _ throws(PinError) in
      let pins = waiting.withLock { waiting in
        defer { waiting = [] }
        return waiting
      }
      do throws(PinError) {
        try batch.pin(pins)
      } catch {
        waiting.withLock { $0 = pins + $0 }
        throw error
      }
    }
  }
}
