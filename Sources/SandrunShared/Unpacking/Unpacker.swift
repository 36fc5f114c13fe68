internal import Files
public import SystemPackage

/// Unpacks a stranger's archive.
public enum Unpacker {
  /// What was unpacked.
  public struct Content: Equatable, Sendable {
    /// Files, folders and links that the archive lists.
    public var entries = 0
    /// Bytes of all files, holes included.
    public var bytes: UInt64 = 0
  }

  /// Unpacks a tar (plain, or in gzip, zstd or xz) or a zip into a new folder; which of them it is, its bytes tell.
  ///
  /// Files get mode 0644, or 0755 where they are executable, and folders 0755, as the umask allows; times, owners and all else are
  /// left out. A symbolic link must stay inside as it is written; a hard link becomes one where its target is a file that came
  /// before, and counts as a copy. A folder may be listed twice, anything else once. The folder's parent must be there and be
  /// nobody else's to write; on failure the folder is gone.
  public static func unpack(
    _ archive: FilePath, into folder: FilePath, limits: UnpackLimits = UnpackLimits()
  ) throws(UnpackError) -> Content {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(archive, .readOnly, options: [.closeOnExec])
    } catch { throw .file(FileError("open", archive, error as? Errno ?? .ioError)) }
    defer { try? descriptor.close() }
    return try unpack(descriptor, into: folder, limits: limits)
  }

  /// Unpacks what a descriptor holds from where it stands, as `unpack(_:into:limits:)` does; a zip from a pipe is read too.
  public static func unpack(
    _ archive: FileDescriptor, into folder: FilePath, limits: UnpackLimits = UnpackLimits()
  ) throws(UnpackError) -> Content {
    var run = try UnpackRun(archive, into: folder, limits: limits)
    do throws(UnpackError) {
      return try run.unpackAll()
    } catch {
      // What could not be removed is under the caller's eyes, and the first failure says more.
      try? Files.removeTree(folder)
      throw error
    }
  }
}

/// One archive on its way into one folder.
private struct UnpackRun: ~Copyable {
  private let locale = NameLocale()
  private var reader: ArchiveReader
  private let tree: OutputTree
  private let limits: UnpackLimits
  /// The archive's length where it is a file.
  private let length: UInt64?
  private var content = Unpacker.Content()

  init(
    _ archive: FileDescriptor, into folder: FilePath, limits: UnpackLimits
  ) throws(UnpackError) {
    // Before the folder is made: what is no archive at all leaves nothing to remove.
    let reader = try ArchiveReader(archive)
    let status = try? archive.stat()
    let tree = try OutputTree(at: folder)
    self.reader = reader
    self.length = status.flatMap { $0.type == .regular ? UInt64($0.size) : nil }
    self.tree = tree
    self.limits = limits
  }

  mutating func unpackAll() throws(UnpackError) -> Unpacker.Content {
    while let entry = try reader.next() {
      content.entries += 1
      guard content.entries <= limits.entries else {
        throw .overLimit(.entries(limits.entries), at: entry.name)
      }
      try unpack(entry)
    }
    return content
  }

  private mutating func unpack(_ entry: ArchiveEntry) throws(UnpackError) {
    guard !entry.isEncrypted else { throw .encrypted(entry.name) }
    let names = try EntryName.parts(of: entry.bytes)
    // What tar says of the folder that it was started in.
    if names.isEmpty, entry.kind == .folder { return }
    guard !names.isEmpty else { throw .badName(entry.name, .empty) }
    guard names.count <= limits.depth else {
      throw .overLimit(.depth(limits.depth), at: entry.name)
    }
    switch entry.kind {
    case .unsupported(let type):
      throw .badType(entry.name, type)
    case .folder:
      try tree.makeFolder(names)
    case .file(let isExecutable):
      try write(entry.name, to: try tree.create(names, isExecutable: isExecutable))
    case .symlink(let target):
      guard target.count <= UnpackLimits.nameLength,
        Files.staysInside(linkTarget: target, depth: names.count - 1)
      else {
        throw .linkLeadsOut(entry.name, target: String(decoding: target, as: UTF8.self))
      }
      try tree.link(names, to: target)
    case .hardLink(let target):
      let inner = try EntryName.parts(of: target)
      guard let size = try tree.hardLink(names, to: inner) else {
        throw .badHardLink(entry.name, target: String(decoding: target, as: UTF8.self))
      }
      // Whoever reads the tree reads these bytes once for each name.
      try count(size, at: entry.name)
    }
  }

  private mutating func write(_ name: String, to file: OutputFile) throws(UnpackError) {
    var end: UInt64 = 0
    while let stretch = try reader.stretch(of: name) {
      let (next, overflow) = stretch.offset.addingReportingOverflow(UInt64(stretch.count))
      // Stretches come in order; one that did not would be counted for nothing.
      guard !overflow, stretch.count == 0 || stretch.offset >= end else {
        throw .malformed(name, "its pieces lie over each other")
      }
      guard next > end else { continue }
      guard next <= limits.fileBytes else {
        throw .overLimit(.fileBytes(limits.fileBytes), at: name)
      }
      try count(next - end, at: name)
      end = next
      try file.write(stretch)
    }
    try file.setLength(end)
  }

  private mutating func count(_ more: UInt64, at name: String) throws(UnpackError) {
    // Both are below 2^63: the first by the limit before it, the second as a file's length.
    content.bytes += more
    guard content.bytes <= limits.bytes else { throw .overLimit(.bytes(limits.bytes), at: name) }
    let (allowed, overflow) = (length ?? reader.consumed).multipliedReportingOverflow(
      by: limits.ratio)
    guard overflow || content.bytes <= max(limits.ratioFloor, allowed) else {
      throw .overLimit(.ratio(limits.ratio), at: name)
    }
  }
}
