internal import CLinux
package import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A file that is closed when its last user lets go of it; read and written at offsets, so that threads may share it.
package final class OpenFile: Sendable {
  package let path: FilePath
  package let descriptor: FileDescriptor

  /// Takes over an open descriptor.
  package init(_ descriptor: FileDescriptor, path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Opens a path; the corresponding C function is `open`.
  package convenience init(
    _ path: FilePath, _ mode: FileDescriptor.AccessMode,
    options: FileDescriptor.OpenOptions = [],
    permissions: FilePermissions? = nil
  ) throws(FileError) {
    do {
      let descriptor = try FileDescriptor.open(
        path, mode, options: options.union(.closeOnExec), permissions: permissions)
      self.init(descriptor, path: path)
    } catch let errno as Errno {
      throw FileError(options.contains(.create) ? "create" : "open", path, errno)
    } catch {
      throw FileError("open", path, .ioError)
    }
  }

  /// Opens a path; nil where nothing is there.
  package static func ifThere(
    _ path: FilePath, _ mode: FileDescriptor.AccessMode
  ) throws(FileError) -> OpenFile? {
    do throws(FileError) {
      return try OpenFile(path, mode)
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw error }
      return nil
    }
  }

  deinit { try? descriptor.close() }

  /// The length in bytes.
  package func size() throws(FileError) -> Int {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw failure("look at") }
    return Int(status.st_size)
  }

  /// The bytes at an offset; fewer than `count` only where the file ends.
  package func read(at offset: Int, count: Int) throws(FileError) -> [UInt8] {
    var failed: FileError?
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
      do throws(FileError) {
        filled = try unsafe read(at: offset, into: UnsafeMutableRawBufferPointer(buffer))
      } catch {
        failed = error
      }
    }
    if let failed { throw failed }
    return bytes
  }

  /// Fills a buffer from an offset on; the count is less than the buffer's only where the file ends.
  package func read(at offset: Int, into buffer: inout [UInt8], count: Int) throws(FileError) -> Int
  {
    var result: Result<Int, FileError> = .success(0)
    unsafe buffer.withUnsafeMutableBytes { bytes in
      do throws(FileError) {
        result = .success(
          try unsafe read(
            at: offset, into: UnsafeMutableRawBufferPointer(rebasing: bytes[..<count])))
      } catch {
        result = .failure(error)
      }
    }
    return try result.get()
  }

  private func read(
    at offset: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(FileError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let count = unsafe pread(
        descriptor.rawValue, buffer.baseAddress?.advanced(by: filled), buffer.count - filled,
        off_t(offset + filled))
      if count > 0 {
        filled += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw failure("read")
      }
    }
    return filled
  }

  /// Writes all bytes at an offset; the corresponding C function is `pwrite`.
  package func write(_ bytes: RawSpan, at offset: Int) throws(FileError) {
    var failed: FileError?
    unsafe bytes.withUnsafeBytes { buffer in
      var written = 0
      while written < buffer.count {
        let count = unsafe pwrite(
          descriptor.rawValue, buffer.baseAddress?.advanced(by: written),
          buffer.count - written, off_t(offset + written))
        if count >= 0 {
          written += count
        } else if errno != EINTR {
          failed = failure("write")
          return
        }
      }
    }
    if let failed { throw failed }
  }

  /// Cuts the file to a length; the corresponding C function is `ftruncate`.
  package func truncate(to length: Int) throws(FileError) {
    while ftruncate(descriptor.rawValue, off_t(length)) != 0 {
      guard errno == EINTR else { throw failure("truncate") }
    }
  }

  /// Has the system begin to write a stretch to disk, and does not wait; the corresponding C function is `sync_file_range`.
  package func beginWriteBack(from start: Int, to end: Int) {
    // A hint: a file system that does not know it will do as well at the sync.
    _ = sr_begin_write_back(descriptor.rawValue, Int64(start), Int64(end - start))
  }

  /// Waits until the content is on disk; the corresponding C function is `fdatasync`.
  package func sync() throws(FileError) {
    while fdatasync(descriptor.rawValue) != 0 {
      guard errno == EINTR else { throw failure("sync") }
    }
  }

  /// Takes the file's lock, which ends with the descriptor and so with the process; false where another has it.
  ///
  /// A shared lock is held by any number at once.
  package func lock(waiting: Bool, shared: Bool = false) throws(FileError) -> Bool {
    let kind = shared ? LOCK_SH : LOCK_EX
    while flock(descriptor.rawValue, waiting ? kind : kind | LOCK_NB) != 0 {
      if errno == EWOULDBLOCK { return false }
      guard errno == EINTR else { throw failure("lock") }
    }
    return true
  }

  /// Lets go of the lock.
  package func unlock() {
    _ = flock(descriptor.rawValue, LOCK_UN)
  }

  /// Renames a file, replacing what bore the name.
  package static func move(_ old: FilePath, to new: FilePath) throws(FileError) {
    let status = unsafe Files.call(old, new) { old, new in unsafe rename(old, new) }
    guard status == 0 else {
      throw FileError("rename", old, Errno(rawValue: errno))
    }
  }

  /// The length of the file at a path; nil where there is none.
  package static func size(of path: FilePath) throws(FileError) -> Int? {
    try status(path).map { Int($0.st_size) }
  }

  /// The seconds since the file at a path was last changed; nothing where there is none.
  package static func age(of path: FilePath) throws(FileError) -> Int {
    try status(path).map { time(nil) - $0.st_mtim.tv_sec } ?? 0
  }

  private static func status(_ path: FilePath) throws(FileError) -> stat? {
    var result = stat()
    if unsafe path.withPlatformString({ unsafe stat($0, &result) }) == 0 { return result }
    guard errno == ENOENT else { throw FileError("look at", path, Errno(rawValue: errno)) }
    return nil
  }

  fileprivate func failure(_ action: String) -> FileError {
    FileError(action, path, Errno(rawValue: errno))
  }
}

extension OpenFile {
  /// Whether a path still leads to this very file; no where it leads to another, or nowhere.
  package func isAt(_ path: FilePath) throws(FileError) -> Bool {
    var (here, there) = (stat(), stat())
    guard unsafe fstat(descriptor.rawValue, &here) == 0 else { throw failure("look at") }
    guard unsafe path.withPlatformString({ unsafe stat($0, &there) }) == 0 else {
      guard errno == ENOENT else { throw FileError("look at", path, Errno(rawValue: errno)) }
      return false
    }
    return (here.st_dev, here.st_ino) == (there.st_dev, there.st_ino)
  }

  /// The device of the file, and its number there; the corresponding C function is `fstat`.
  package func place() throws(FileError) -> (device: UInt64, number: UInt64) {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw failure("look at") }
    return (UInt64(status.st_dev), UInt64(status.st_ino))
  }

  /// Whether it is a regular file: one that may be read at offsets, and that nobody has to feed.
  package func isRegular() throws(FileError) -> Bool {
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw failure("look at") }
    return status.st_mode & S_IFMT == S_IFREG
  }
}
