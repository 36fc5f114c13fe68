public import Files

/// Why a trace or proof could not be written or read.
public enum ProofError: Error, Equatable, Sendable {
  /// The system refused a file operation.
  case file(FileError)
  /// The file is not seekable zstd as the tools write it.
  case frame(FrameError)
  /// libzstd failed on bytes of our own.
  case zstd(ZstdError)
  /// The lines are not a trace.
  case trace(TraceError)
}
