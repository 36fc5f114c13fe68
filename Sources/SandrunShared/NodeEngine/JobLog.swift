/// The output of a job so far, of both streams together in the order it came.
public struct JobLog: Sendable {
  /// One of the two streams.
  public enum Stream: UInt8, Sendable {
    /// Standard output.
    case stdout = 1
    /// Standard error.
    case stderr = 2
  }

  /// Bytes of one stream.
  public struct Piece: Equatable, Sendable {
    /// The stream.
    public var stream: Stream
    /// The bytes.
    public var bytes: [UInt8]
  }

  /// How many bytes there are, both streams together.
  public let size: Int
  /// Whether there will be no more.
  public let isComplete: Bool

  init(size: Int, isComplete: Bool) {
    self.size = size
    self.isComplete = isComplete
  }

  /// At most `limit` bytes from an offset on, cut where the stream changes; none at the end.
  public func read(from offset: Int, limit: Int) throws(EngineError) -> [Piece] {
    throw .store("no log")
  }

  /// The first `limit` bytes of one stream alone.
  public func all(_ stream: Stream, limit: Int) throws(EngineError) -> [UInt8] {
    throw .store("no log")
  }
}
