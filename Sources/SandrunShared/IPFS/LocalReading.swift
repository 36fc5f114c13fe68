internal import Files
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One read into a buffer from `start` on; none at the end.
func readOnce(
  _ descriptor: FileDescriptor, named path: FilePath, into buffer: inout [UInt8], from start: Int
) throws(FileError) -> Int {
  while true {
    let count = unsafe buffer.withUnsafeMutableBytes { bytes in
      unsafe read(
        descriptor.rawValue, bytes.baseAddress?.advanced(by: start), bytes.count - start)
    }
    if count >= 0 { return count }
    guard errno == EINTR else { throw FileError("read", path, Errno(rawValue: errno)) }
  }
}

/// What a symbolic link holds, bytes as they are; the corresponding C function is `readlink`.
func linkTarget(of path: FilePath) throws(FileError) -> [UInt8] {
  let limit = 4096
  var count = 0
  let target = unsafe [UInt8](unsafeUninitializedCapacity: limit) { buffer, filled in
    unsafe buffer.withMemoryRebound(to: CChar.self) { text in
      guard let base = text.baseAddress else { return }
      unsafe count = path.withPlatformString { unsafe readlink($0, base, limit) }
    }
    filled = max(0, count)
  }
  guard count >= 0 else { throw FileError("read", path, Errno(rawValue: errno)) }
  guard count < limit else { throw FileError("read", path, .fileNameTooLong) }
  return target
}

/// The names in a directory without `.` and `..`, in no order, bytes as they are; the corresponding C function is `readdir`.
func names(in path: FilePath) throws(FileError) -> [FilePath.Component] {
  guard let folder = unsafe path.withPlatformString({ unsafe opendir($0) }) else {
    throw FileError("open", path, Errno(rawValue: errno))
  }
  defer { unsafe closedir(folder) }
  var names: [FilePath.Component] = []
  while true {
    errno = 0
    guard let entry = unsafe readdir(folder) else {
      guard errno == 0 else { throw FileError("read", path, Errno(rawValue: errno)) }
      return names
    }
    let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
      unsafe field.withMemoryRebound(to: CChar.self, capacity: 256) {
        unsafe FilePath.Component(platformString: $0)
      }
    }
    if let name, name.kind == .regular { names.append(name) }
  }
}
