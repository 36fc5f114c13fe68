import CLinux
import Files
import Glibc
public import SystemPackage

/// A regular file of a working directory.
public struct WorkspaceFile: Equatable, Sendable {
  /// Its path relative to the working directory.
  public var path: FilePath
  /// Its length in bytes.
  public var size: Int

  static let depthLimit = 64
  /// Names that are looked at.
  static let countLimit = 100_000
  /// Files that are taken, and bytes of their paths: so that the list of them fits a record.
  static let takenLimit = 10_000
  static let pathsLimit = 4 << 20
  /// Bytes of one path: with a folder before it, it is still one that the system takes.
  static let pathLimit = 3072
}

/// Which files of a working directory are a run's outputs.
public struct OutputSelection: Sendable {
  /// Patterns, one of which a path must match; empty for all that is new or changed.
  public var patterns: [Glob]
  /// The folder with the files that the run began with.
  public var source: FilePath
  /// The paths of inputs, which are never outputs.
  public var inputs: [String]
  /// The most bytes that all outputs together may hold.
  public var limit: Int

  /// Selects by these rules.
  public init(patterns: [Glob], source: FilePath, inputs: [String], limit: Int) {
    self.patterns = patterns
    self.source = source
    self.inputs = inputs
    self.limit = limit
  }
}

/// What was taken from a working directory, and what was left there.
public struct CollectedOutputs: Equatable, Sendable {
  /// The files taken, in the order of their paths' bytes within each folder.
  public var files: [WorkspaceFile] = []
  /// The paths left, and why.
  public var skipped: [String] = []
}

extension Workspace {
  /// Copies the outputs into an empty folder.
  ///
  /// Only regular files, through no link: a link to `/etc/passwd` is left where it is. Throws `filesTooLarge` beyond
  /// the selection's limit and `badFile` for a tree too deep or too wide.
  public func collect(
    _ selection: OutputSelection, into target: FilePath
  ) throws(SandboxError) -> CollectedOutputs {
    var collector = Collector(workspace: self, selection: selection, target: target)
    try collector.visit(folder, at: "", depth: 0)
    return collector.outputs
  }
}

private struct Collector {
  let workspace: Workspace
  let selection: OutputSelection
  let target: FilePath
  var outputs = CollectedOutputs()
  private var seen = 0
  private var bytes = 0
  private var pathBytes = 0

  init(workspace: Workspace, selection: OutputSelection, target: FilePath) {
    self.workspace = workspace
    self.selection = selection
    self.target = target
  }

  mutating func visit(
    _ folder: borrowing Descriptor, at path: String, depth: Int
  ) throws(SandboxError) {
    guard depth < WorkspaceFile.depthLimit else {
      throw .badFile("nested too deep", FilePath(path))
    }
    for (name, shown) in try names(in: folder) {
      seen += 1
      guard seen <= WorkspaceFile.countLimit else {
        throw .badFile("more than \(WorkspaceFile.countLimit) files", FilePath(path))
      }
      let inner = path.isEmpty ? shown : "\(path)/\(shown)"
      guard let name else {
        outputs.skipped.append("\(inner): its name is not UTF-8")
        continue
      }
      if selection.inputs.contains(inner) { continue }
      var found = stat()
      guard unsafe fstatat(folder.number, name, &found, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      switch found.st_mode & S_IFMT {
      case S_IFDIR:
        guard let below = opened(name, in: folder, O_RDONLY | O_DIRECTORY) else {
          outputs.skipped.append("\(inner): cannot be opened")
          continue
        }
        try visit(below, at: inner, depth: depth + 1)
      case S_IFREG:
        try consider(name, in: folder, at: inner, found)
      default:
        if isMatched(inner) { outputs.skipped.append("\(inner): not a regular file") }
      }
    }
  }

  private mutating func consider(
    _ name: String, in folder: borrowing Descriptor, at path: String, _ found: stat
  ) throws(SandboxError) {
    guard isMatched(path) else { return }
    // On a disk that others use too, a second name may be somebody else's file.
    guard workspace.isMount || found.st_nlink == 1 else {
      outputs.skipped.append("\(path): has other names")
      return
    }
    guard let file = opened(name, in: folder, O_RDONLY | O_NOFOLLOW) else {
      outputs.skipped.append("\(path): cannot be opened")
      return
    }
    let size = Int(found.st_size)
    if selection.patterns.isEmpty, try isOriginal(file, at: path, size: size) { return }
    guard path.utf8.count <= WorkspaceFile.pathLimit else {
      throw .badFile("a path longer than \(WorkspaceFile.pathLimit) bytes", "…")
    }
    pathBytes += path.utf8.count
    guard outputs.files.count < WorkspaceFile.takenLimit, pathBytes <= WorkspaceFile.pathsLimit
    else { throw .badFile("more than \(WorkspaceFile.takenLimit) outputs", FilePath(path)) }
    bytes += size
    guard bytes <= selection.limit else { throw .filesTooLarge(selection.limit) }
    let copy = target.appending(path)
    do {
      try Files.makeDirectories(Files.parent(of: copy), mode: [.ownerReadWriteExecute])
    } catch {
      throw .system("create \(error.path)", error.errno)
    }
    let output = try Descriptor(
      "create \(copy)",
      unsafe open(copy.string, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644))
    lseek(file.number, 0, SEEK_SET)
    try transfer(from: file, to: output)
    outputs.files.append(WorkspaceFile(path: FilePath(path), size: size))
  }

  private func isMatched(_ path: String) -> Bool {
    selection.patterns.isEmpty || selection.patterns.contains { $0.matches(path) }
  }

  /// Whether a file is still what the run began with.
  private func isOriginal(
    _ file: borrowing Descriptor, at path: String, size: Int
  ) throws(SandboxError) -> Bool {
    let original = selection.source.appending(path)
    guard let found = try? Files.status(original), found.type == .regular, found.size == size else {
      return false
    }
    let other = try Descriptor(
      "open \(original)", unsafe open(original.string, O_RDONLY | O_NOFOLLOW | O_CLOEXEC))
    while let here = try file.read(1 << 16), !here.isEmpty {
      guard let there = try other.read(here.count), there == here else { return false }
    }
    return true
  }

  /// Opens one name; a job may have taken its own right to read away, which its owner gives back.
  private func opened(
    _ name: String, in folder: borrowing Descriptor, _ flags: Int32
  ) -> Descriptor? {
    var number = unsafe sr_openat_beneath(folder.number, name, flags, 0)
    if number < 0 && errno == EACCES {
      workspace.asUser { _ = unsafe fchmodat(folder.number, name, 0o700, 0) }
      number = unsafe sr_openat_beneath(folder.number, name, flags, 0)
    }
    return number < 0 ? nil : Descriptor(owning: number)
  }

  /// The names in a folder, ordered by bytes, each with a form to show; nil for one that is not UTF-8.
  private func names(
    in folder: borrowing Descriptor
  ) throws(SandboxError) -> [(name: String?, shown: String)] {
    let again = unsafe sr_openat_beneath(folder.number, ".", O_RDONLY | O_DIRECTORY, 0)
    guard again >= 0, let stream = unsafe fdopendir(again) else {
      throw .system("read the working directory", Errno(rawValue: errno))
    }
    defer { unsafe closedir(stream) }
    var names: [(name: String?, shown: String)] = []
    while names.count <= WorkspaceFile.countLimit, let entry = unsafe readdir(stream) {
      let (name, shown) = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) {
          (unsafe String(validatingCString: $0), unsafe String(cString: $0))
        }
      }
      if shown != "." && shown != ".." { names.append((name, shown)) }
    }
    return names.sorted { $0.shown.utf8.lexicographicallyPrecedes($1.shown.utf8) }
  }
}
