internal import Files
public import IPFS
public import Records
internal import SystemPackage

extension Failure {
  /// How a tool ends when the repository fails.
  public init(_ error: RepositoryError) {
    switch error {
    case .notFound:
      self.init(.missingInput, "\(error)", hint: "add the content here first: sr-ipfs add")
    case .corrupt:
      self.init(
        .io, "\(error)", code: "corrupt-block",
        hint: "check the disk, and add the content here again: sr-ipfs add")
    case .unsupportedHash, .tooLarge:
      self.init(.data, "\(error)")
    case .unknownFormat:
      self.init(.configuration, "\(error)", hint: "set XDG_DATA_HOME to another folder")
    case .file(let file):
      self.init(Self.isRefusal(file) ? .cannotCreate : .io, "\(error)")
    }
  }

  /// How a tool ends when something cannot be pinned, or the pins not be told.
  public init(_ error: PinError) {
    switch error {
    case .notPinned:
      self.init(.missingInput, "\(error)", code: "not-pinned", hint: "see sr-ipfs pin list")
    case .isRecursive, .nameTooLong:
      self.init(.data, "\(error)")
    case .incomplete(_, let missing):
      self.init(
        .missingInput, "\(error)", code: "not-found",
        hint: "bring \(missing) here first: sr-ipfs get, add or import")
    case .unreadable(_, let reason):
      var failure = Failure(reason)
      if failure != .interrupted { failure.message = "\(error)" }
      self = failure
    case .unreadLinks:
      self.init(
        .data, "\(error)", code: "unread-links",
        hint: "pin blocks one by one: sr-ipfs pin add --recursive=false")
    case .damaged(let path, _):
      self.init(
        .io, "\(error)", code: "damaged-pins",
        hint: "remove that line from \(path), and pin again what it named")
    case .repository(let error): self.init(error)
    }
  }

  /// How a tool ends when content cannot be imported.
  public init(_ error: ImportError) {
    switch error {
    case .file(let file):
      let isMissing = [
        .noSuchFileOrDirectory, .notDirectory, .permissionDenied, .tooManySymbolicLinkLevels,
      ].contains(file.errno)
      self.init(isMissing ? .missingInput : .io, "\(error)")
    case .changed:
      self.init(.temporary, "\(error)")
    case .cancelled:
      self = .interrupted
    case .rawLeavesWithMetadata:
      self.init(.usage, "\(error)", hint: "wrap the leaves: --raw-leaves=false")
    case .unsupportedType, .isDirectory, .tooDeep, .circular, .badName, .collidingNames:
      self.init(.data, "\(error)")
    case .repository(let error):
      self.init(error)
    }
  }

  /// How a tool ends when content cannot be read or written out.
  public init(_ error: ReadError) {
    switch error {
    case .repository(let error): self.init(error)
    case .noEntry: self.init(.missingInput, "\(error)")
    case .cancelled: self = .interrupted
    case .notFile: self.init(.data, "\(error)", hint: "see sr-ipfs ls")
    case .linkLeadsOut:
      self.init(.data, "\(error)", hint: "allow it with sr-ipfs get --outside-links")
    case .file(let file):
      let isCreation = ["create", "open"].contains(file.action) || Self.isRefusal(file)
      self.init(isCreation ? .cannotCreate : .io, "\(error)")
    case .malformed, .unsupportedCodec, .badShard, .wrongSize, .badName, .notDirectory,
      .overLimit:
      self.init(.data, "\(error)")
    }
  }

  private static func isRefusal(_ error: FileError) -> Bool {
    [.permissionDenied, .notPermitted, .readOnlyFileSystem, .noSpace].contains(error.errno)
  }
}
