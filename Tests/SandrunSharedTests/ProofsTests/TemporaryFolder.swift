import Files
import SystemPackage

/// A folder of a test's own, removed with all it holds when the test lets go of it.
final class TemporaryFolder {
  let path: FilePath

  init() throws {
    path = FilePath("/tmp/sandrun-proofs-\(Files.randomName())")
    try Files.makeDirectories(path)
  }

  deinit { try? Files.removeTree(path) }

  /// Writes a file, unsynced, and leaves it open for the caller to read and close.
  func file(_ bytes: [UInt8], _ name: String = "file") throws -> FileDescriptor {
    let descriptor = try FileDescriptor.open(
      path.appending(name), .readWrite, options: [.create, .truncate],
      permissions: .ownerReadWrite)
    _ = try descriptor.writeAll(bytes)
    return descriptor
  }
}
