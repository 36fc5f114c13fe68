public import SystemPackage

/// Why a sweep ended early; what it had done by then is done, and nothing that is to stay is gone.
public enum SweepError: Error, Equatable, Sendable {
  /// Another process sweeps.
  case busy(FilePath)
  /// The pins cannot be told, so that nothing may be removed.
  case pins(PinError)
  /// A file of the repository could not be read or written.
  case repository(RepositoryError)
  /// The index turned out to be damaged while it was read.
  case damagedIndex
  /// The caller asked to stop.
  case cancelled

  init(_ error: SegmentError) {
    switch error {
    case .damaged: self = .damagedIndex
    case .file(let error): self = .repository(.file(error))
    case .repository(let error): self = .repository(error)
    }
  }
}

extension SweepError: CustomStringConvertible {
  /// What is wrong.
  public var description: String {
    switch self {
    case .busy(let path): "another process sweeps \(path)"
    case .pins(let error): "\(error)"
    case .repository(let error): "\(error)"
    case .damagedIndex: "the index is damaged"
    case .cancelled: "interrupted"
    }
  }
}
