public import Files
internal import Glibc
internal import Records
public import SystemPackage

/// The name of a key in a store: letters, digits, `.`, `_` and `-`, neither `.` nor `-` first.
public struct KeyName: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// Checks a name of 1 to 128 characters.
  public init(_ text: String) throws(KeyStoreError) {
    let isFit = text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "-"):
        true
      default: false
      }
    }
    guard isFit, (1...128).contains(text.utf8.count), !text.hasPrefix("."), !text.hasPrefix("-")
    else { throw .badName(text) }
    self.description = text
  }
}

/// A folder of keystore files, `NAME.json`, that only their owner may read.
public struct KeyStore: Sendable {
  /// The folder, mode 0700.
  public var folder: FilePath

  /// The longest file read, in bytes.
  static let fileLimit = 1 << 16

  /// A store in a folder, which need not exist yet.
  public init(folder: FilePath) { self.folder = folder }

  /// The user's own store: `keys` in the data folder.
  public init(_ folders: UserFolders) { self.init(folder: folders.data.appending("keys")) }

  /// Where a key lies, or would lie.
  public func path(of name: KeyName) -> FilePath { folder.appending("\(name).json") }

  /// The names of all keys, in the order of their bytes; none where there is no folder.
  public func names() throws(KeyStoreError) -> [KeyName] {
    do {
      guard try Files.status(folder) != nil else { return [] }
      let names: [KeyName] = try Files.list(folder).compactMap { component in
        component.extension == "json" ? try? KeyName(component.stem) : nil
      }
      return names.sorted { $0.description.utf8.lexicographicallyPrecedes($1.description.utf8) }
    } catch {
      throw .file(error)
    }
  }

  /// A key's file, still locked; refused where others than its owner may read or change it.
  public func keystore(_ name: KeyName) throws(KeyStoreError) -> Keystore {
    try Self.keystore(at: path(of: name))
  }

  /// The account of a key, without its passphrase.
  public func address(of name: KeyName) throws(KeyStoreError) -> Address {
    try Self.address(at: path(of: name))
  }

  /// Unlocks a key.
  public func unlock(
    _ name: KeyName, with passphrase: borrowing Passphrase
  ) throws(KeyStoreError) -> PrivateKey {
    let keystore = try keystore(name)
    do throws(KeystoreError) {
      return try keystore.unlock(passphrase)
    } catch {
      throw .keystore(path(of: name), error)
    }
  }

  /// Refuses a name that is taken: to be asked before a passphrase is.
  public func refuseTaken(_ name: KeyName) throws(KeyStoreError) {
    let path = path(of: name)
    do {
      if try Files.status(path) != nil { throw KeyStoreError.taken(name, path) }
    } catch let error as FileError {
      throw .file(error)
    } catch {
      throw .taken(name, path)
    }
  }

  /// Puts a key under a name that is not taken, whole or not at all.
  public func add(_ keystore: Keystore, as name: KeyName) throws(KeyStoreError) {
    let path = path(of: name)
    do throws(FileError) {
      try Files.makeDirectories(folder, mode: .ownerReadWriteExecute)
      try Files.writeAtomically(
        keystore.json.bytes + [UInt8(ascii: "\n")], to: path, mode: .ownerReadWrite,
        replacing: false)
    } catch {
      guard error.errno == .fileExists else { throw .file(error) }
      throw .taken(name, path)
    }
  }
}

extension KeyStore {
  /// A keystore file anywhere, still locked; refused where others than its owner may read or change it.
  public static func keystore(at path: FilePath) throws(KeyStoreError) -> Keystore {
    let bytes = try read(path)
    do throws(KeystoreError) {
      return try Keystore(parsing: bytes)
    } catch {
      throw .keystore(path, error)
    }
  }

  /// The account of a keystore file anywhere, without its passphrase.
  public static func address(at path: FilePath) throws(KeyStoreError) -> Address {
    guard let address = try keystore(at: path).address else { throw .noAddress(path) }
    return address
  }

  private static func read(_ path: FilePath) throws(KeyStoreError) -> [UInt8] {
    let descriptor = try open(path)
    defer { try? descriptor.close() }
    do throws(FileError) {
      return try Files.read(descriptor, named: path, limit: fileLimit)
    } catch {
      throw .file(error)
    }
  }

  /// Opens a file to read it; refused where others than its owner may read or change it.
  static func open(_ path: FilePath) throws(KeyStoreError) -> FileDescriptor {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .nonBlocking])
    } catch Errno.noSuchFileOrDirectory {
      throw .notFound(path)
    } catch {
      throw .file(FileError("open", path, error as? Errno ?? .ioError))
    }
    do throws(KeyStoreError) {
      try check(descriptor, path)
    } catch {
      try? descriptor.close()
      throw error
    }
    return descriptor
  }

  /// Asks the open file, not the name, which could be another file's by now.
  private static func check(
    _ descriptor: FileDescriptor, _ path: FilePath
  ) throws(KeyStoreError) {
    var found = stat()
    guard unsafe fstat(descriptor.rawValue, &found) == 0 else {
      throw .file(FileError("look at", path, Errno(rawValue: errno)))
    }
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw .file(FileError("read", path, .invalidArgument))
    }
    guard found.st_uid == geteuid() else { throw .notOurs(path, owner: found.st_uid) }
    guard found.st_mode & 0o077 == 0 else {
      throw .exposed(path, mode: found.st_mode & 0o7777)
    }
  }
}

/// Why a store gives or takes no key.
public enum KeyStoreError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The text is no name.
  case badName(String)
  /// There is no such file.
  case notFound(FilePath)
  /// There is a key of this name already, and none is ever overwritten.
  case taken(KeyName, FilePath)
  /// Others than the owner may read or change the file.
  case exposed(FilePath, mode: UInt32)
  /// The file is another user's.
  case notOurs(FilePath, owner: UInt32)
  /// The file does not state its address.
  case noAddress(FilePath)
  /// The file is no keystore, or stays locked.
  case keystore(FilePath, KeystoreError)
  /// There is no commitment secret of this account.
  case noSecret(Address, FilePath)
  /// The file is not the commitment secret of this account, as it was written.
  case badSecret(Address, FilePath)
  /// The file system refused.
  case file(FileError)

  /// What is wrong, naming the file.
  public var description: String {
    switch self {
    case .badName(let text): "'\(text)' is no name for a key"
    case .notFound(let path): "no key at \(path)"
    case .taken(let name, let path): "there is a key '\(name)' already: \(path)"
    case .exposed(let path, let mode):
      "others than its owner may use \(path): its mode is 0\(String(mode, radix: 8))"
    case .notOurs(let path, let owner): "\(path) belongs to the user \(owner)"
    case .noAddress(let path): "\(path) does not state its address"
    case .keystore(let path, let error): "\(path): \(error)"
    case .noSecret(let node, let path): "no commitment secret of \(node) at \(path)"
    case .badSecret(let node, let path):
      "\(path) is not the commitment secret of \(node): damaged, cut short, or another account's"
    case .file(let error): error.description
    }
  }
}
