internal import Files
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A folder that is filled by names relative to it, and in which no link is ever followed.
///
/// Each folder on the way is opened from the one above it, with `O_NOFOLLOW`: whatever lies there, nothing outside can be reached.
final class OutputTree {
  /// The folder.
  let path: FilePath
  private let root: FileDescriptor
  /// The folder that was used last, as the next entry mostly lies in it too.
  private var last: (names: ArraySlice<String>, descriptor: FileDescriptor)?

  /// Makes the folder, which must not be there, and opens it.
  init(at path: FilePath) throws(UnpackError) {
    self.path = path
    guard unsafe mkdir(path.string, 0o755) == 0 else {
      throw .file(FileError("create", path, Errno(rawValue: errno)))
    }
    let descriptor = unsafe openat(
      AT_FDCWD, path.string, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(FileError("open", path, Errno(rawValue: errno))) }
    root = FileDescriptor(rawValue: descriptor)
  }

  deinit {
    if let last { try? last.descriptor.close() }
    try? root.close()
  }

  /// Makes a folder and those above it; one that is there is as good.
  func makeFolder(_ names: [String]) throws(UnpackError) {
    _ = try folder(names[...], of: names)
  }

  /// A new file, open for writing; the corresponding C function is `openat`.
  func create(_ names: [String], isExecutable: Bool) throws(UnpackError) -> OutputFile {
    let (folder, name) = try place(names)
    let descriptor = unsafe openat(
      folder.rawValue, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
      mode_t(isExecutable ? 0o755 : 0o644))
    guard descriptor >= 0 else { throw failure("create", names) }
    return OutputFile(FileDescriptor(rawValue: descriptor), path: path(of: names))
  }

  /// A new symbolic link; the corresponding C function is `symlinkat`.
  func link(_ names: [String], to target: [UInt8]) throws(UnpackError) {
    let (folder, name) = try place(names)
    let text = target.map { CChar(bitPattern: $0) } + [0]
    guard unsafe symlinkat(text, folder.rawValue, name) == 0 else {
      throw failure("create", names)
    }
  }

  /// A second name for a file that is there, and its length; the corresponding C function is `linkat`.
  func hardLink(_ names: [String], to target: [String]) throws(UnpackError) -> UInt64? {
    // The place first: `folder` keeps one descriptor open, and the second is opened anew.
    guard let source = try? open(target) else { return nil }
    defer { try? source.folder.close() }
    var found = stat()
    guard
      unsafe fstatat(source.folder.rawValue, source.name, &found, AT_SYMLINK_NOFOLLOW) == 0,
      found.st_mode & S_IFMT == S_IFREG
    else { return nil }
    let (folder, name) = try place(names)
    guard unsafe linkat(source.folder.rawValue, source.name, folder.rawValue, name, 0) == 0 else {
      throw failure("create", names)
    }
    return UInt64(found.st_size)
  }

  /// The folder that a name lies in, in a descriptor of its own, nothing made.
  private func open(_ names: [String]) throws(UnpackError) -> (folder: FileDescriptor, name: String)
  {
    guard let name = names.last else { throw .badName("", .empty) }
    var descriptor = root
    for index in names.indices.dropLast() {
      let next = unsafe openat(
        descriptor.rawValue, names[index], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      let failed = failure("open", names)
      if index > names.startIndex { try? descriptor.close() }
      guard next >= 0 else { throw failed }
      descriptor = FileDescriptor(rawValue: next)
    }
    guard names.count == 1 else { return (descriptor, name) }
    let copy = fcntl(root.rawValue, F_DUPFD_CLOEXEC, 0)
    guard copy >= 0 else { throw failure("open", names) }
    return (FileDescriptor(rawValue: copy), name)
  }

  private func place(_ names: [String]) throws(UnpackError) -> (FileDescriptor, String) {
    guard let name = names.last else { throw .badName("", .empty) }
    return (try folder(names.dropLast(), of: names), name)
  }

  /// Opens a folder, made where it is missing, as are those above it.
  private func folder(
    _ inner: ArraySlice<String>, of names: [String]
  ) throws(UnpackError) -> FileDescriptor {
    if inner.isEmpty { return root }
    if let last, last.names == inner { return last.descriptor }
    var descriptor = root
    for index in inner.indices {
      var next: Int32 = -1
      if unsafe mkdirat(descriptor.rawValue, inner[index], 0o755) == 0 || errno == EEXIST {
        next = unsafe openat(
          descriptor.rawValue, inner[index], O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      }
      let failed = failure("create", names)
      if index > inner.startIndex { try? descriptor.close() }
      guard next >= 0 else { throw failed }
      descriptor = FileDescriptor(rawValue: next)
    }
    if let last { try? last.descriptor.close() }
    last = (inner, descriptor)
    return descriptor
  }

  /// What the last call's `errno` says of an entry.
  private func failure(_ action: String, _ names: [String]) -> UnpackError {
    let name = names.joined(separator: "/")
    switch errno {
    case EEXIST: return .duplicate(name)
    // The second is what Linux says of a link that was not to be followed.
    case ENOTDIR, ELOOP: return .notFolder(name)
    default: return .file(FileError(action, path(of: names), Errno(rawValue: errno)))
    }
  }

  private func path(of names: [String]) -> FilePath {
    names.reduce(path) { $0.appending($1) }
  }
}

/// A new file that is written in stretches.
final class OutputFile {
  private let descriptor: FileDescriptor
  private let path: FilePath

  init(_ descriptor: FileDescriptor, path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit { try? descriptor.close() }

  /// Writes a stretch where it belongs; the corresponding C function is `pwrite`.
  func write(_ stretch: Stretch) throws(UnpackError) {
    var written = 0
    while written < stretch.count {
      let count = unsafe pwrite(
        descriptor.rawValue, stretch.bytes.baseAddress?.advanced(by: written),
        stretch.count - written, off_t(stretch.offset) + written)
      if count >= 0 {
        written += count
      } else if errno != EINTR {
        throw .file(FileError("write", path, Errno(rawValue: errno)))
      }
    }
  }

  /// Makes the file so long: its end may be a hole; the corresponding C function is `ftruncate`.
  func setLength(_ length: UInt64) throws(UnpackError) {
    while ftruncate(descriptor.rawValue, off_t(length)) != 0 {
      guard errno == EINTR else {
        throw .file(FileError("write", path, Errno(rawValue: errno)))
      }
    }
  }
}
