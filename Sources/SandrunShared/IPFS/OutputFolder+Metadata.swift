internal import Files
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

extension OutputFolder {
  /// Gives a file or a directory the mode and the time that were kept of it; the corresponding C functions are `fchmod` and `futimens`.
  ///
  /// The bits that lend the rights of the owner are left out: what a stranger wrote must not run with the rights of its reader.
  static func setMetadata(of file: OpenFile, item: TreeCursor.Item) throws(ReadError) {
    if let mode = item.mode {
      guard fchmod(file.descriptor.rawValue, mode_t(mode & 0o777)) == 0 else {
        throw .file(FileError("set the mode of", file.path, Errno(rawValue: errno)))
      }
    }
    if let time = item.modificationTime {
      guard unsafe futimens(file.descriptor.rawValue, times(time)) == 0 else {
        throw .file(FileError("set the time of", file.path, Errno(rawValue: errno)))
      }
    }
  }

  /// Gives a link the time that was kept of it; the corresponding C function is `utimensat`.
  func setLinkTime(_ name: [UInt8], _ item: TreeCursor.Item) throws(ReadError) {
    guard let time = item.modificationTime else { return }
    let status = unsafe utimensat(
      file.descriptor.rawValue, Self.text(name), Self.times(time), AT_SYMLINK_NOFOLLOW)
    guard status == 0 else { throw failure("set the time of", name) }
  }

  /// Of access and of change.
  private static func times(_ time: UnixFSData.ModificationTime) -> [timespec] {
    let both = timespec(tv_sec: Int(time.seconds), tv_nsec: Int(time.nanoseconds))
    return [both, both]
  }
}
