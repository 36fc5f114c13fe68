/// How much of somebody's time and bytes content may cost that he named.
public struct ContentLimits: Sendable {
  /// The bytes of all blocks together.
  public var bytes: Int
  /// How many blocks.
  public var blocks: Int
  /// How long it may take in all, whoever is asked.
  public var time: Duration
  /// A source that brings less than `pace` on average is left after so long.
  public var patience: Duration = .seconds(30)
  /// The bytes a second that a source must bring.
  public var pace = 4 << 10

  /// Makes limits; by default 16 GiB in a million blocks, within an hour.
  public init(bytes: Int = 16 << 30, blocks: Int = 1 << 20, time: Duration = .seconds(3600)) {
    self.bytes = bytes
    self.blocks = blocks
    self.time = time
  }
}
