public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// The programs under test, where this build put them.
public enum Programs {
  /// The folder with the built tools: the one that the test bundle itself lies in.
  public static let folder: FilePath = {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = unsafe readlink("/proc/self/exe", &buffer, buffer.count - 1)
    let own = FilePath(String(decoding: buffer[..<max(0, length)].map(UInt8.init), as: UTF8.self))
    return own.removingLastComponent()
  }()

  /// One of them by its name: `sr-ipfs`.
  public static func path(_ name: String) -> FilePath { folder.appending(name) }
}
