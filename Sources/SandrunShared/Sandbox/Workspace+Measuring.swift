import CLinux
import Glibc

extension Workspace {
  /// Bytes that the files occupy on a disk shared with others; stops counting beyond a bound.
  func bytesOnDisk(atMost bound: Int) -> Int {
    var sum = 0
    visit(folder, depth: 0) { found in
      sum += Int(found.st_blocks) * 512
      return sum <= bound
    }
    return sum
  }

  /// Whether a file has exactly this length, as one that was not allowed to grow further has.
  func holdsFile(of size: Int) -> Bool {
    var isFound = false
    visit(folder, depth: 0) { found in
      isFound = found.st_mode & S_IFMT == S_IFREG && Int(found.st_size) == size
      return !isFound
    }
    return isFound
  }

  /// Visits all names until told to stop; returns whether it was not.
  @discardableResult
  private func visit(
    _ folder: borrowing Descriptor, depth: Int, _ body: (stat) -> Bool
  ) -> Bool {
    let again = unsafe sr_openat_beneath(folder.number, ".", O_RDONLY | O_DIRECTORY, 0)
    guard depth < WorkspaceFile.depthLimit, again >= 0, let stream = unsafe fdopendir(again) else {
      return true
    }
    defer { unsafe closedir(stream) }
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      var found = stat()
      guard unsafe fstatat(folder.number, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      guard body(found) else { return false }
      guard found.st_mode & S_IFMT == S_IFDIR else { continue }
      let inner = unsafe sr_openat_beneath(folder.number, name, O_RDONLY | O_DIRECTORY, 0)
      guard inner >= 0 else { continue }
      guard visit(Descriptor(owning: inner), depth: depth + 1, body) else { return false }
    }
    return true
  }
}
