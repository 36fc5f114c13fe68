public import Commands
public import EthereumRPC
public import Records
public import Timing

/// A stream of the logs that a filter wants: from a block on to the chain's head, and along with it.
///
/// Blocks far below the head are read by ranges. The last ones are read one by one and linked by their parents' hashes, so
/// that a reorganisation is found whatever it replaces: what was written of replaced blocks is taken back, last log first,
/// before their successors' logs are written.
public struct EventStream: Sendable {
  /// How a stream behaves.
  public struct Options: Sendable {
    /// How many blocks may be taken back: deeper reorganisations end the stream.
    public var window = 64
    /// How deep a block must be before its logs are written; the head itself is one deep.
    public var confirmations: UInt64 = 1
    /// The last block; nil for the head, and on where the stream follows it.
    public var end: UInt64?
    /// Whether the stream goes on at the head, and outlives errors of the node.
    public var follows = false
    /// The waits after errors of the node.
    public var backoff = Backoff(base: .seconds(1), limit: .seconds(60))

    /// The defaults.
    public init() {}
  }

  let reader: ChainReader
  let chain: ChainIdentity
  let options: Options
  let signal: any HeadSignal
  let sink: any EventSink
  let world: World

  /// A stream of one chain, read from a node.
  public init(
    _ client: EthereumClient, on chain: ChainIdentity, _ filter: EventFilter,
    _ options: Options, signal: any HeadSignal, sink: any EventSink, in world: World
  ) {
    reader = ChainReader(client: client, filter: filter)
    self.chain = chain
    self.options = options
    self.signal = signal
    self.sink = sink
    self.world = world
  }

  /// Reads the chain from a position on.
  ///
  /// Returns at the last block. Throws what the sink throws; 76 for a node that lies, changes its chain, or had a
  /// reorganisation deeper than the window; other errors of the node only where the stream does not follow.
  public func run(from position: EventPosition) async throws(Failure) {
    // It is cancelled at the end of this function.
    async let _: Void = signal.run()
    try await ChainFollower(self, position).run()
  }
}
