internal import Files
public import Records
public import SystemPackage

extension Failure {
  /// What a tool says and ends with where a trace or proof cannot be read or written.
  public init(_ error: ProofError, in path: FilePath) {
    switch error {
    case .file(let reason):
      let status: Failure.Status =
        switch reason.errno {
        case .noSuchFileOrDirectory: .missingInput
        case .permissionDenied: .permission
        default: .io
        }
      self.init(status, "\(reason)")
    case .zstd(let reason): self.init(.internalError, "\(path): zstd: \(reason)")
    case .frame, .trace, .attestation: self.init(.data, "\(path): \(error)")
    }
  }
}
