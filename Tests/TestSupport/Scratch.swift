public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// A folder of a test's own, gone when the test is done with it.
public final class Scratch: Sendable {
  /// The folder, absolute.
  public let path: FilePath

  /// Makes an empty folder under `TMPDIR`, by default /tmp, that everybody may enter.
  public init() throws {
    let parent = unsafe getenv("TMPDIR").map { unsafe String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/sandrun-test-XXXXXX".utf8CString)
    guard unsafe mkdtemp(&template) != nil else { throw Errno(rawValue: errno) }
    path = FilePath(platformString: template)
    // A job may run under another uid, which has to reach what it is given here.
    unsafe chmod(path.string, 0o755)
  }

  deinit {
    let removal = "chmod -R u+rwX '\(path.string)' 2>/dev/null; rm -rf '\(path.string)'"
    _ = unsafe system(removal)
  }
}
