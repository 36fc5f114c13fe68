public import SystemPackage

/// A file operation that failed, with what was tried, on which path, and why.
public struct FileError: Error, Equatable, Sendable, CustomStringConvertible {
  /// What was tried, as a verb: `open`, `write`, `rename`.
  public var action: String
  /// The path it was tried on.
  public var path: FilePath
  /// The system's answer.
  public var errno: Errno

  /// Makes an error from its three facts.
  public init(_ action: String, _ path: FilePath, _ errno: Errno) {
    self.action = action
    self.path = path
    self.errno = errno
  }

  /// `cannot open /a/b: No such file or directory`.
  public var description: String { "cannot \(action) \(path): \(errno)" }
}

/// Runs a System call and names the action and the path where it fails.
func attempt<T>(
  _ action: String, _ path: FilePath, _ body: () throws -> T
) throws(FileError) -> T {
  do {
    return try body()
  } catch let errno as Errno {
    throw FileError(action, path, errno)
  } catch {
    throw FileError(action, path, .ioError)
  }
}
