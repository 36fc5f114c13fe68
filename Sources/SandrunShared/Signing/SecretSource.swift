public import Ethereum
public import Files
public import Records
public import SystemPackage

/// A file or a descriptor from which a secret is read: the only two ways in beside the terminal.
public struct SecretSource: Sendable {
  /// What to call it in messages.
  public let name: String
  private let path: FilePath?
  private let descriptor: FileDescriptor

  /// A file where one is named, else a descriptor; nil where neither is.
  public init?(file: String?, descriptor: Int32?) {
    guard file != nil || descriptor != nil else { return nil }
    self.name = file ?? "descriptor \(descriptor ?? 0)"
    self.path = file.map { FilePath($0) }
    self.descriptor = FileDescriptor(rawValue: descriptor ?? 0)
  }

  /// All of it; 65 beyond `limit` bytes, 66 where it is not there.
  public func read(limit: Int, as what: String) throws(Failure) -> SecretBytes {
    let secret: SecretBytes?
    do throws(Errno) {
      secret =
        if let path {
          try SecretBytes.read(path, limit: limit)
        } else {
          try SecretBytes.read(descriptor, limit: limit)
        }
    } catch {
      throw Failure(reading: name, error)
    }
    guard let secret else { throw Failure(.data, "\(name) is too long for \(what)") }
    return secret
  }
}

extension Failure {
  /// A file or descriptor that cannot be read: 66, 77 or 74.
  public init(reading name: String, _ errno: Errno) {
    let status: Status =
      switch errno {
      case .noSuchFileOrDirectory: .missingInput
      case .permissionDenied: .permission
      default: .io
      }
    self.init(status, "cannot read \(name): \(errno)")
  }

  /// A secret's file that cannot be made: 73, or 77.
  public init(creating path: String, _ error: FileError) {
    guard error.errno != .fileExists else {
      self.init(.cannotCreate, "there is a file \(path) already", hint: "choose another name")
      return
    }
    self.init(
      error.errno == .permissionDenied ? .permission : .cannotCreate, error.description)
  }
}
