import Files
import IPFS
import Records
import SystemPackage
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The tree of files that a row of the IPFS vectors describes, made on disk.
enum VectorTree {
  static func make(_ tree: [JSON], at top: FilePath) throws {
    try Files.makeDirectories(top)
    for item in tree { try make(item, at: path(of: item, at: top)) }
    // Last, and what lies deepest first: whatever is put into a directory changes its time.
    for item in tree.reversed() { try mark(item, at: path(of: item, at: top)) }
  }

  private static func path(of item: JSON, at top: FilePath) -> FilePath {
    let path = item["path"]?.string ?? ""
    return path.isEmpty ? top : top.pushing(FilePath(path))
  }

  private static func make(_ item: JSON, at target: FilePath) throws {
    switch item["kind"]?.string {
    case "dir": try Files.makeDirectories(target)
    case "symlink":
      try Files.makeDirectories(Files.parent(of: target))
      let link = try #require(item["target"]?.string)
      try #require(unsafe symlink(link, target.string) == 0)
    case "many":
      try Files.makeDirectories(target)
      for (name, content) in try files(of: #require(item["many"])) {
        try content.write(to: target.appending(name))
      }
    default:
      try Files.makeDirectories(Files.parent(of: target))
      try VectorContent(#require(item["content"])).write(to: target)
    }
  }

  /// Sets the permissions and the time that an item names.
  private static func mark(_ item: JSON, at path: FilePath) throws {
    if let mode = item["mode"]?.string {
      try #require(unsafe chmod(path.string, #require(mode_t(mode, radix: 8))) == 0)
    }
    if let time = item["mtime"] {
      let spec = timespec(
        tv_sec: try #require(time["s"]?.integer), tv_nsec: time["ns"]?.integer ?? 0)
      let times = [spec, spec]
      try #require(unsafe utimensat(AT_FDCWD, path.string, times, AT_SYMLINK_NOFOLLOW) == 0)
    }
  }

  static func files(of many: JSON) throws -> [(name: String, content: VectorContent)] {
    let count = try #require(many["count"]?.integer)
    let pattern = try #require(many["name"]?.string)
    // `%05d` or `%030d` with text around it.
    let digits = try #require(pattern.firstMatch(of: /%0(\d+)d/))
    let width = try #require(Int(digits.1))
    let content = try VectorContent(#require(many["content"]))
    return (0..<count).map { index in
      let number = String(index)
      let padded = String(repeating: "0", count: max(0, width - number.count)) + number
      var content = content
      content.seed.replace("%d", with: number)
      return (pattern.replacing(digits.0, with: padded), content)
    }
  }
}
