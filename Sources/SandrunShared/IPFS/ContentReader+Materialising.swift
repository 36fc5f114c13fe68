internal import CLinux
internal import Files
public import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// How much may be written, and what.
public struct MaterialiseLimits: Sendable {
  /// Bytes of content in all files together.
  public var bytes: UInt64
  /// Files, directories and links.
  public var entries: Int
  /// Directories in each other.
  public var depth: Int
  /// Whether a symbolic link may lead out of the directory that is written.
  public var allowsOutsideLinks: Bool
  /// Whether all is synced before it gets its name.
  public var isSynced: Bool
  /// Asked before each entry and each piece of a file: where it says yes, all is undone and `cancelled` thrown.
  public var isCancelled: @Sendable () -> Bool

  /// Makes limits; by default none on bytes, a million entries, 128 directories deep, links that stay inside, synced.
  public init(
    bytes: UInt64 = .max, entries: Int = 1_000_000, depth: Int = ContentReader.maximumDepth,
    allowsOutsideLinks: Bool = false, isSynced: Bool = true,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.bytes = bytes
    self.entries = entries
    self.depth = min(depth, ContentReader.maximumDepth)
    self.allowsOutsideLinks = allowsOutsideLinks
    self.isSynced = isSynced
    self.isCancelled = isCancelled
  }
}

extension ContentReader {
  /// Writes a file or a directory with all below it to a path where nothing is yet.
  ///
  /// It is written under a temporary name beside the path, and renamed when it is whole; on failure nothing is left. Nothing is
  /// written through a link. Files get mode 0644, directories 0755, as the umask allows. Throws `file` with
  /// `fileExists` where the path is taken. Gives the number of bytes of content.
  @discardableResult
  public func materialise(
    _ cid: CID, to path: FilePath, limits: MaterialiseLimits = MaterialiseLimits()
  ) throws(ReadError) -> UInt64 {
    let parent = Files.parent(of: path)
    let name = path.lastComponent?.string ?? "content"
    let temporary = ".\(name.prefix(32)).\(Files.randomName())"
    do throws(ReadError) {
      let folder = try Folder(parent)
      var writer = TreeWriter(reader: self, limits: limits)
      try writer.write(cid, named: Array(temporary.utf8), in: folder, depth: 0)
      if limits.isSynced { try folder.syncAll() }
      try folder.rename(temporary, to: path)
      if limits.isSynced { try folder.sync() }
      return writer.bytes
    } catch {
      try? Files.removeTree(parent.appending(temporary))
      throw error
    }
  }
}

/// Writes one tree, counting what it writes.
private struct TreeWriter {
  let reader: ContentReader
  let limits: MaterialiseLimits
  var bytes: UInt64 = 0
  private var entries = 0

  init(reader: ContentReader, limits: MaterialiseLimits) {
    self.reader = reader
    self.limits = limits
  }

  mutating func write(
    _ cid: CID, named name: [UInt8], in folder: Folder, depth: Int
  ) throws(ReadError) {
    guard !limits.isCancelled() else { throw .cancelled }
    entries += 1
    guard entries <= limits.entries else { throw .overLimit(.entries(limits.entries)) }
    guard depth <= limits.depth else { throw .overLimit(.depth(limits.depth)) }
    let part = try reader.part(cid)
    switch part.data.kind {
    case .file, .raw:
      try write(part, into: try folder.create(name))
    case .directory, .hamtShard:
      var entries = try DirectoryCursor(part, reader)
      let inner = try folder.makeFolder(name)
      while let entry = try entries.next() {
        entries.park()
        try write(entry.cid, named: entry.name, in: inner, depth: depth + 1)
      }
    case .symlink:
      let target = part.data.data ?? []
      guard
        limits.allowsOutsideLinks || Files.staysInside(linkTarget: target, depth: max(0, depth - 1))
      else {
        throw .linkLeadsOut(
          String(decoding: name, as: UTF8.self), target: String(decoding: target, as: UTF8.self))
      }
      try folder.link(name, to: target)
    case .metadata:
      // What it is not is told in one place.
      _ = try reader.node(cid)
    }
  }

  private mutating func write(_ part: Part, into file: OpenFile) throws(ReadError) {
    var offset = 0
    var cursor = try FileCursor(part, reader)
    guard cursor.size <= limits.bytes - bytes else { throw .overLimit(.bytes(limits.bytes)) }
    while let piece = try cursor.next() {
      guard !limits.isCancelled() else { throw .cancelled }
      do throws(FileError) {
        try unsafe file.write(piece.span.bytes, at: offset)
      } catch { throw .file(error) }
      offset += piece.count
    }
    bytes += UInt64(offset)
  }
}

/// An open directory, in which names are made and nothing is followed.
private struct Folder {
  private let file: OpenFile

  init(_ path: FilePath) throws(ReadError) {
    do throws(FileError) {
      file = try OpenFile(path, .readOnly, options: [.directory])
    } catch { throw .file(error) }
  }

  private init(_ file: OpenFile) { self.file = file }

  /// A new file; the corresponding C function is `openat`.
  func create(_ name: [UInt8]) throws(ReadError) -> OpenFile {
    try open(name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode: 0o644, "create")
  }

  /// A new directory; the corresponding C functions are `mkdirat` and `openat`.
  func makeFolder(_ name: [UInt8]) throws(ReadError) -> Folder {
    let text = Self.text(name)
    guard unsafe mkdirat(file.descriptor.rawValue, text, 0o755) == 0 else {
      throw failure("create", name)
    }
    return Folder(
      try open(name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC, mode: 0, "open"))
  }

  /// A new symbolic link; the corresponding C function is `symlinkat`.
  func link(_ name: [UInt8], to target: [UInt8]) throws(ReadError) {
    guard unsafe symlinkat(Self.text(target), file.descriptor.rawValue, Self.text(name)) == 0
    else { throw failure("create", name) }
  }

  /// Gives a finished tree its name, unless that is taken; the corresponding C function is `renameat2`.
  func rename(_ temporary: String, to path: FilePath) throws(ReadError) {
    let name = path.lastComponent?.bytes ?? []
    let folder = file.descriptor.rawValue
    var status = unsafe sr_rename_noreplace(folder, temporary, folder, Self.text(name))
    if status != 0, errno == EINVAL || errno == ENOSYS {
      // A file system that cannot refuse by itself: look first, and accept the moment between.
      if unsafe faccessat(folder, Self.text(name), F_OK, AT_SYMLINK_NOFOLLOW) == 0 {
        throw .file(FileError("create", path, .fileExists))
      }
      status = unsafe renameat(folder, temporary, folder, Self.text(name))
    }
    guard status == 0 else { throw .file(FileError("create", path, Errno(rawValue: errno))) }
  }

  /// Waits until all that was written to this file system is on disk: one wait for any number of files.
  func syncAll() throws(ReadError) {
    guard sr_syncfs(file.descriptor.rawValue) == 0 else { throw failure("sync", []) }
  }

  /// Waits until the names in this directory are on disk.
  func sync() throws(ReadError) {
    do throws(FileError) { try Files.sync(file.descriptor, named: file.path) } catch {
      throw .file(error)
    }
  }

  private func open(
    _ name: [UInt8], _ flags: Int32, mode: mode_t, _ action: String
  ) throws(ReadError) -> OpenFile {
    let descriptor = unsafe openat(file.descriptor.rawValue, Self.text(name), flags, mode)
    guard descriptor >= 0 else { throw failure(action, name) }
    return OpenFile(FileDescriptor(rawValue: descriptor), path: path(of: name))
  }

  private func path(of name: [UInt8]) -> FilePath {
    file.path.appending(String(decoding: name, as: UTF8.self))
  }

  private func failure(_ action: String, _ name: [UInt8]) -> ReadError {
    .file(FileError(action, path(of: name), Errno(rawValue: errno)))
  }

  private static func text(_ name: [UInt8]) -> [CChar] {
    name.map { CChar(bitPattern: $0) } + [0]
  }
}
