/// What a reader of seekable zstd will at most take from a file that it does not trust.
public struct FrameLimits: Sendable {
  /// Bytes of text in one frame, and so in one line.
  public var frameText: Int
  /// Bytes of text in all frames together.
  public var totalText: Int
  /// Bytes of text for each compressed byte of a frame.
  public var ratio: Int
  /// Frames in one file.
  public var frames: Int

  /// Limits far above what the tools write: 4 MiB a frame, 16 GiB in all, 1024 to 1, 4 million frames.
  ///
  /// A trace has a frame for each second of a job, which may run for 30 days.
  public init(
    frameText: Int = 4 << 20, totalText: Int = 16 << 30, ratio: Int = 1024, frames: Int = 1 << 22
  ) {
    self.frameText = frameText
    self.totalText = totalText
    self.ratio = ratio
    self.frames = frames
  }
}
