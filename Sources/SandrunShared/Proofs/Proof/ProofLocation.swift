public import Files
public import IPFS
public import Records
public import SystemPackage

/// Finds a proof that a record names, reading nothing but our own state folder and the local repository.
public struct ProofLocation: Sendable {
  private let folders: UserFolders
  private let limits: FrameLimits
  /// The user's local repository, which may hold nothing.
  public let repository: Repository

  /// A finder for a user's folders; throws where the repository is there but cannot be used.
  public init(_ folders: UserFolders, limits: FrameLimits = FrameLimits()) throws(Failure) {
    self.folders = folders
    self.limits = limits
    do {
      repository = try Repository(at: folders.data.appending("ipfs"))
    } catch {
      throw Failure(.io, "cannot read the local repository: \(error)")
    }
  }

  /// Opens a file that lies inside our own state folder, all links resolved; nil where it does not or is not there.
  public static func openOwn(_ path: String, in folders: UserFolders) -> (
    descriptor: FileDescriptor, path: FilePath
  )? {
    let path = FilePath(path)
    guard path.isAbsolute, UserFolders.contains(folders.state, path),
      let resolved = try? Files.resolve(path),
      (try? Files.status(resolved))??.type == .regular,
      let descriptor = try? FileDescriptor.open(
        resolved, .readOnly, options: [.noFollow, .closeOnExec])
    else { return nil }
    return (descriptor, resolved)
  }

  /// The proof of an entry, open for the caller to close; throws why there is none, as a reason for a check.
  public func open(
    _ entry: ProofEntry
  ) throws(ProofAbsence) -> (descriptor: FileDescriptor, path: FilePath) {
    if let path = entry.path, let found = Self.openOwn(path, in: folders) { return found }
    guard let cid = entry.cid else {
      guard let path = entry.path else { throw ProofAbsence("the record names no proof file") }
      throw ProofAbsence("no file of our own state folder is \(path)")
    }
    return try spool(cid)
  }

  /// The content of a CID in the local repository, in a file without a name.
  public func spool(
    _ cid: CID
  ) throws(ProofAbsence) -> (descriptor: FileDescriptor, path: FilePath) {
    guard (try? repository.contains(cid)) ?? false else {
      throw ProofAbsence("\(cid) is not held here")
    }
    let path = folders.state.appending(".proof.\(Files.randomName())")
    do {
      try Files.makeDirectories(folders.state)
      let descriptor = try FileDescriptor.open(
        path, .readWrite, options: [.create, .exclusiveCreate, .closeOnExec],
        permissions: .ownerReadWrite)
      // The descriptor keeps it; nothing is left behind however this ends.
      try Files.removeTree(path)
      do {
        try ContentReader(repository).read(cid, limit: UInt64(limits.totalText)) {
          (piece) throws(ReadError) in
          do {
            _ = try descriptor.writeAll(piece)
          } catch {
            throw .file(FileError("write", path, error as? Errno ?? .ioError))
          }
        }
      } catch {
        try? descriptor.close()
        throw error
      }
      return (descriptor, FilePath("\(cid)"))
    } catch {
      throw ProofAbsence("cannot read \(cid): \(error)")
    }
  }
}

/// Why a proof cannot be had.
public struct ProofAbsence: Error, Equatable, Sendable {
  /// The reason, as a check gives it.
  public let reason: String

  init(_ reason: String) { self.reason = reason }
}
