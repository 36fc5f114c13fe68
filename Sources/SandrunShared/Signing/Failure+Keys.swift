public import Ethereum
internal import Files
public import Records
internal import SystemPackage

extension Failure {
  /// What a tool says and ends with where a store gives or takes no key.
  public init(_ error: KeyStoreError) {
    let message = error.description
    switch error {
    case .badName:
      self.init(
        .usage, message,
        hint: "a name has letters, digits, '.', '_' and '-', and starts with no '.' or '-'")
    case .notFound:
      self.init(.missingInput, message, hint: "make one with 'sr-chain key new'")
    case .taken:
      self.init(.cannotCreate, message, hint: "choose another name, or move that file away")
    case .exposed(let path, _):
      self.init(.permission, message, hint: "if nobody else has read it: chmod 600 \(path)")
    case .notOurs:
      self.init(.permission, message)
    case .noAddress:
      self.init(
        .data, message, hint: "'sr-chain key import --keystore' makes a copy that states it")
    case .noSecret:
      self.init(
        .missingInput, message,
        hint: "bring it back from a backup: no commitment made with it can be opened without it")
    case .badSecret:
      self.init(
        .data, message,
        hint: "bring it back from a backup; with a new one, the bonds of open commitments are lost")
    case .keystore(_, let reason):
      self.init(reason.status, message)
    case .file(let reason):
      let isOutput = reason.action == "create"
      let status = isOutput ? Status.cannotCreate : .io
      self.init(reason.errno == .permissionDenied ? .permission : status, message)
    }
  }

  /// What a tool says and ends with where there is no passphrase.
  public init(_ error: PassphraseError) {
    let message = error.description
    switch error {
    case .unreadable(_, .noSuchFileOrDirectory): self.init(.missingInput, message)
    case .unreadable(_, .permissionDenied): self.init(.permission, message)
    case .unreadable: self.init(.io, message)
    case .tooLong, .mismatch: self.init(.data, message)
    case .noTerminal:
      self.init(
        .missingInput, message,
        hint: "give --passphrase-file, --passphrase-fd or SANDRUN_PASSPHRASE_FILE")
    case .interrupted: self.init(.missingInput, message)
    }
  }
}

extension KeystoreError {
  /// 77 where the passphrase is wrong, 65 where the file is.
  public var status: Failure.Status {
    switch self {
    case .wrongPassphrase: .permission
    case .derivationFailed: .temporary
    default: .data
    }
  }
}
