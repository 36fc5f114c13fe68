public import SystemPackage

extension Importer {
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
    return (try add(root), imported)
  }

  private func add(_ folder: Folder) throws(ImportError) -> Imported {
    var entries: [(name: [UInt8], content: Imported)] = []
    for (name, node) in folder.nodes {
      switch node {
      case .file(let content): entries.append((name, content))
      case .folder(let inner): entries.append((name, try add(inner)))
      }
    }
    return try add(directory: entries)
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
