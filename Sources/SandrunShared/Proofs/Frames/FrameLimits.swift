/// What a reader of seekable zstd will at most take from a file that it does not trust.
public struct FrameLimits: Sendable {
  /// Bytes of text in one frame, and so in one line.
  public var frameText: Int
  /// Bytes of text in all frames together.
  public var totalText: Int
  /// Bytes of text for each byte of the file, beyond `slack`.
  public var ratio: Int
  /// Bytes of text that a file of any size may hold.
  ///
  /// A frame alone may well be steep: a job's arguments, which its submitter chose, may repeat themselves.
  public var slack: Int
  /// Frames in one file.
  public var frames: Int

  /// Limits far above what the tools write: 4 MiB a frame, 4 GiB in all, 1024 to 1 beyond 64 MiB, 4 million frames.
  ///
  /// A trace has a frame for each second of a job, which may run for 30 days.
  public init(
    frameText: Int = 4 << 20, totalText: Int = 4 << 30, ratio: Int = 1024, slack: Int = 64 << 20,
    frames: Int = 1 << 22
  ) {
    self.frameText = frameText
    self.totalText = totalText
    self.ratio = ratio
    self.slack = slack
    self.frames = frames
  }
}
