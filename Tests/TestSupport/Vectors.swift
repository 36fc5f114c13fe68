public import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// Where test data lies: the committed vectors of our own, and the larger shared set where there is one.
public enum Vectors {
  /// The top of the checkout, found from this file's own path.
  public static let checkout: FilePath = FilePath("\(#filePath)")
    .removingLastComponent().removingLastComponent().removingLastComponent()

  /// Committed vectors: `Tests/Vectors`.
  public static let own: FilePath = checkout.appending("Tests/Vectors")

  /// The shared conformance set: `SANDRUN_VECTORS`, by default `../shared/vectors`; nil where absent.
  public static let shared: FilePath? = {
    let path: FilePath
    if let named = unsafe getenv("SANDRUN_VECTORS") {
      path = FilePath(unsafe String(cString: named))
    } else {
      path = checkout.removingLastComponent().appending("shared/vectors")
    }
    return unsafe access(path.string, R_OK) == 0 ? path : nil
  }()

  /// The lines of one vector file, without their newlines.
  public static func lines(of file: FilePath) throws -> [[UInt8]] {
    try bytes(of: file).split(separator: UInt8(ascii: "\n")).map(Array.init)
  }

  /// The whole content of one file.
  public static func bytes(of file: FilePath) throws -> [UInt8] {
    let descriptor = try FileDescriptor.open(file, .readOnly)
    defer { try? descriptor.close() }
    var content: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try unsafe chunk.withUnsafeMutableBytes { try unsafe descriptor.read(into: $0) }
      if count == 0 { return content }
      content += chunk[..<count]
    }
  }
}
