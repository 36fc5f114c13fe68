public import Hashing

/// One step of a stream: what is to be written now, and how far the stream is once that is done.
public struct EventStep: Sendable {
  /// What the step does to the stream's position.
  public enum Change: Hashable, Sendable {
    /// All logs of blocks so deep that no reorganisation is expected to reach them; the window is empty behind it.
    ///
    /// `anchor` is the hash of the last of them.
    case range(ClosedRange<UInt64>, anchor: Digest32)
    /// All logs of one more block, whose parent is the last of the window.
    case added(EventBlock)
    /// The last block of the window is taken back, and its logs with it.
    case removed(EventBlock)
  }

  /// What the step does.
  public var change: Change
  /// The logs to be written, in the order of writing; those of a removal come last one first.
  public var logs: [ChainLog]

  /// Whether the logs are taken back.
  public var isRemoval: Bool { if case .removed = change { true } else { false } }

  init(range: ClosedRange<UInt64>, anchor: Digest32, logs: [ChainLog]) {
    (change, self.logs) = (.range(range, anchor: anchor), logs)
  }

  init(adding block: EventBlock) {
    (change, logs) = (.added(block), block.logs)
  }

  init(removing block: EventBlock) {
    (change, logs) = (.removed(block), block.logs.reversed())
  }
}
