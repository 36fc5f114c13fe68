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
  /// The last frame is no attestation as the tools make it.
  case attestation(AttestationError)
}

extension ProofError: CustomStringConvertible {
  /// The fact alone, without the file's name except where the system named it.
  public var description: String {
    switch self {
    case .file(let error): "\(error)"
    case .frame(let error): "\(error)"
    case .zstd(let error): "zstd: \(error)"
    case .trace(let error): "\(error)"
    case .attestation(let error): "\(error)"
    }
  }
}
