internal import Files
public import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The node's own folder, which one process has at a time.
///
/// Two locks guard it. `lock` is the node's alone. `worker.lock` goes to each worker with its descriptor, and so is
/// held until the last of them has ended: a node that was killed leaves none behind that still writes.
public final class NodeFolder: Sendable {
  /// The folder.
  public let path: FilePath
  private let lock: FileDescriptor
  let workerLock: FileDescriptor

  /// Makes the folder where it is missing, and takes it; throws `busy` where another node has it.
  public init(_ path: FilePath) throws(EngineError) {
    do throws(FileError) {
      for name in ["logs", "runs", "sealed"] { try Files.makeDirectories(path.appending(name)) }
    } catch {
      throw .store("\(error)")
    }
    self.path = path
    lock = try Self.open(path.appending("lock"))
    // A node that just ended may seem to hold it: a program that it was starting has its descriptors until its exec.
    guard Self.take(lock, within: 2) else {
      try? lock.close()
      throw .busy("\(path) is in use by another sr-node serve")
    }
    do throws(EngineError) {
      workerLock = try Self.open(path.appending("worker.lock"))
    } catch {
      try? lock.close()
      throw error
    }
    // A worker ends its jobs and itself as soon as it sees that its node is gone.
    if Self.take(workerLock, within: 20) { return }
    try? lock.close()
    try? workerLock.close()
    throw .busy("the worker of an earlier sr-node serve in \(path) has not ended")
  }

  /// Locks a file for this process alone; false where others held it for so many seconds.
  private static func take(_ file: FileDescriptor, within seconds: Int) -> Bool {
    for _ in 0..<(seconds * 20) {
      if flock(file.rawValue, LOCK_EX | LOCK_NB) == 0 { return true }
      usleep(50_000)
    }
    return flock(file.rawValue, LOCK_EX | LOCK_NB) == 0
  }

  deinit {
    try? workerLock.close()
    try? lock.close()
  }

  private static func open(_ path: FilePath) throws(EngineError) -> FileDescriptor {
    do {
      return try FileDescriptor.open(
        path, .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
    } catch {
      throw .store("\(FileError("create", path, error as? Errno ?? .ioError))")
    }
  }

  var database: FilePath { path.appending("jobs.sqlite") }
  /// Where the node keeps its content.
  public var content: FilePath { path.appending("content") }
  var logs: FilePath { path.appending("logs") }
  /// What comes of jobs in escrow, until it may be seen: a repository each.
  var sealed: FilePath { path.appending("sealed") }
  var runs: FilePath { path.appending("runs") }
}
