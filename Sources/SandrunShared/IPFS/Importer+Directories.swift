internal import Files
public import SystemPackage

extension Importer {
  /// A directory gathers what lies in it; its own depth is counted so that no tree exhausts the stack.
  func add(_ path: FilePath, depth: Int) throws(ImportError) -> Imported {
    guard depth <= Self.maximumDepth else { throw .tooDeep(path) }
    let found = try attempt(path) { () throws(FileError) in try Files.status(path) }
    guard let found else { throw .file(FileError("open", path, .noSuchFileOrDirectory)) }
    switch found.type {
    case .regular:
      return try add(file: path)
    case .directory:
      return try add(directoryAt: path, depth: depth)
    case .symbolicLink:
      return try add(symlinkTo: attempt(path) { () throws(FileError) in try linkTarget(of: path) })
    default:
      throw .unsupportedType(path)
    }
  }

  private func add(directoryAt path: FilePath, depth: Int) throws(ImportError) -> Imported {
    let found = try attempt(path) { () throws(FileError) in try names(in: path) }
    var entries: [(name: [UInt8], content: Imported)] = []
    entries.reserveCapacity(found.count)
    for name in found {
      let bytes = name.bytes
      if !options.includesHidden, bytes.first == UInt8(ascii: ".") { continue }
      entries.append((bytes, try add(path.appending(name), depth: depth + 1)))
    }
    return try add(directory: entries, named: path)
  }

  /// Imports files as one directory: paths relative to it, `/` between names, folders made as needed.
  ///
  /// This is how a job's outputs are packed: nothing but the files named, no links followed, in any order.
  public func add(
    tree files: [(path: String, file: FilePath)]
  ) throws(ImportError) -> (root: Imported, files: [Imported]) {
    var root = Folder()
    var imported: [Imported] = []
    for (path, file) in files {
      let content = try add(file: file)
      imported.append(content)
      let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        .map(Array.init)
      guard names.count <= Self.maximumDepth else { throw .tooDeep(FilePath(path)) }
      guard root.insert(content, at: names[...]) else { throw .badName(path) }
    }
    return (try add(root, named: "."), imported)
  }

  private func add(_ folder: Folder, named path: FilePath) throws(ImportError) -> Imported {
    var entries: [(name: [UInt8], content: Imported)] = []
    for (name, node) in folder.nodes {
      switch node {
      case .file(let content): entries.append((name, content))
      case .folder(let inner):
        let below = path.appending(String(decoding: name, as: UTF8.self))
        entries.append((name, try add(inner, named: below)))
      }
    }
    return try add(directory: entries, named: path)
  }
}

/// A directory that is put together before any of it becomes a block.
private struct Folder {
  enum Node {
    case file(Imported)
    case folder(Folder)
  }

  var nodes: [[UInt8]: Node] = [:]

  /// False where a name is impossible, or taken by something else.
  mutating func insert(_ content: Imported, at names: ArraySlice<[UInt8]>) -> Bool {
    guard let name = names.first, DirectoryName.isValid(name) else { return false }
    if names.count == 1 {
      guard nodes[name] == nil else { return false }
      nodes[name] = .file(content)
      return true
    }
    var inner: Folder
    switch nodes[name] {
    case nil: inner = Folder()
    case .folder(let folder): inner = folder
    case .file: return false
    }
    nodes[name] = nil
    let isInserted = inner.insert(content, at: names.dropFirst())
    nodes[name] = .folder(inner)
    return isInserted
  }
}

extension FilePath.Component {
  /// The name's bytes, UTF-8 or not.
  var bytes: [UInt8] {
    unsafe withPlatformString { text in
      var bytes: [UInt8] = []
      var index = 0
      while unsafe text[index] != 0 {
        unsafe bytes.append(UInt8(bitPattern: text[index]))
        index += 1
      }
      return bytes
    }
  }
}
