internal import Files
internal import SystemPackage

extension Importer {
  /// Where a walk through directories stands.
  struct Place {
    var path: FilePath
    /// The names below the walk's start.
    var names: [[UInt8]] = []
    /// The directories that it came through.
    var parents: [FileFacts.Identity] = []

    init(_ path: FilePath) { self.path = path }

    func below(_ name: FilePath.Component, in directory: FileFacts.Identity) -> Place {
      var place = self
      place.path = path.appending(name)
      place.names.append(name.bytes)
      place.parents.append(directory)
      return place
    }
  }

  func add(_ place: Place, followingLink: Bool) throws(ImportError) -> Imported {
    try checkMetadata()
    let follows = followingLink || options.followsLinks
    let facts = try attempt(place.path) { () throws(FileError) in
      try FileFacts(at: place.path, followingLinks: follows)
    }
    return try add(place, facts, follows)
  }

  private func add(
    _ place: Place, _ facts: FileFacts, _ follows: Bool
  ) throws(ImportError) -> Imported {
    try checkNotCancelled()
    // Counted, so that no tree exhausts the stack.
    guard place.names.count <= Self.maximumDepth else { throw .tooDeep(place.path) }
    switch facts.kind {
    case .file:
      return try attempt(place.path) { () throws(FileError) in
        try LocalFile(place.path, followingLink: follows)
      }.add(by: self)
    case .directory:
      return try add(directoryAt: place, facts)
    case .symbolicLink:
      let target = try attempt(place.path) { () throws(FileError) in
        try linkTarget(of: place.path)
      }
      return try add(symlinkTo: target, facts.metadata(options))
    case .other:
      throw .unsupportedType(place.path)
    }
  }

  private func add(
    directoryAt place: Place, _ facts: FileFacts
  ) throws(ImportError) -> Imported {
    guard !place.parents.contains(facts.identity) else { throw .circular(place.path) }
    var entries: [(name: [UInt8], content: Imported)] = []
    let found = try self.entries(of: place, facts)
    let small = found.filter { $0.facts.kind == .file && $0.facts.size <= Self.smallLength }
    let contents = try inParallel(small.count, state: {}) { (_, index) throws(ImportError) in
      let path = place.path.appending(small[index].name)
      return try gone(path) { () throws(ImportError) in
        try add(
          place.below(small[index].name, in: facts.identity), small[index].facts,
          options.followsLinks)
      }
    }
    for (entry, content) in zip(small, contents) { entries.append((entry.name.bytes, content)) }
    for entry in found
    where entry.facts.kind != .file || entry.facts.size > Self.smallLength {
      let below = place.below(entry.name, in: facts.identity)
      if entry.facts.kind == .directory, !options.includesEmptyDirectories,
        try self.entries(of: below, entry.facts).isEmpty
      {
        continue
      }
      let content = try gone(below.path) { () throws(ImportError) in
        try add(below, entry.facts, options.followsLinks)
      }
      entries.append((entry.name.bytes, content))
    }
    let after = try attempt(place.path) { () throws(FileError) in
      try FileFacts(at: place.path, followingLinks: true)
    }
    guard after == facts else { throw .changed(place.path) }
    return try add(directory: entries, facts.metadata(options))
  }

  /// Files up to this length are taken several at once; a longer one has all cores for itself.
  private static let smallLength = 1 << 20

  private struct Entry {
    var name: FilePath.Component
    var facts: FileFacts
  }

  /// What a directory holds and the options let in, in no order.
  private func entries(of place: Place, _ facts: FileFacts) throws(ImportError) -> [Entry] {
    let found = try attempt(place.path) { () throws(FileError) in try names(in: place.path) }
    var entries: [Entry] = []
    entries.reserveCapacity(found.count)
    for name in found {
      if !options.includesHidden, name.bytes.first == UInt8(ascii: ".") { continue }
      let path = place.path.appending(name)
      let facts = try gone(path) { () throws(ImportError) in
        try attempt(path) { () throws(FileError) in
          try FileFacts(at: path, followingLinks: options.followsLinks)
        }
      }
      if options.ignoreRules.ignore(
        place.names + [name.bytes], isDirectory: facts.kind == .directory)
      {
        continue
      }
      entries.append(Entry(name: name, facts: facts))
    }
    return entries
  }

  /// A name that was listed a moment ago and leads nowhere now is a change, no missing input.
  private func gone<T>(
    _ path: FilePath, _ body: () throws(ImportError) -> T
  ) throws(ImportError) -> T {
    do {
      return try body()
    } catch {
      guard case .file(let file) = error, file.path == path, file.errno == .noSuchFileOrDirectory,
        (try? linkTarget(of: path)) == nil
      else { throw error }
      throw .changed(path)
    }
  }

  /// Makes a directory of what was imported; names are bytes, and their order does not matter.
  public func add(
    directory entries: [(name: [UInt8], content: Imported)]
  ) throws(ImportError) -> Imported {
    try checkMetadata()
    return try add(directory: entries, options.metadata(ofMode: nil, modificationTime: nil))
  }

  private func add(
    directory entries: [(name: [UInt8], content: Imported)], _ metadata: Metadata
  ) throws(ImportError) -> Imported {
    let links = try Self.links(to: entries)
    let size = entries.reduce(0) { $0 + $1.content.size }
    let data = UnixFSData(
      .directory, mode: metadata.mode, modificationTime: metadata.modificationTime
    ).bytes
    let put = { (node: DAGNode, isRoot: Bool) throws(ImportError) -> Imported in
      do throws(RepositoryError) {
        return try writer.put(node, size: isRoot ? size : 0)
      } catch { throw .repository(error) }
    }
    if options.fitsOneBlock(links, dataCount: data.count) {
      return try put(DAGNode(links: links, data: data), true)
    }
    return try HAMT(fanout: options.shardFanout).build(links, metadata: metadata, put: put)
  }

  /// The links of a directory in the order of their names, which must be possible and differ.
  static func links(
    to entries: [(name: [UInt8], content: Imported)]
  ) throws(ImportError) -> [DAGNode.Link] {
    var links: [DAGNode.Link] = []
    links.reserveCapacity(entries.count)
    for (name, content) in entries {
      guard DirectoryName.isValid(name) else {
        throw .badName(String(decoding: name, as: UTF8.self))
      }
      links.append(DAGNode.Link(content.cid, name: name, cumulativeSize: content.cumulativeSize))
    }
    links.sort { ($0.name ?? []).lexicographicallyPrecedes($1.name ?? []) }
    for (link, next) in zip(links, links.dropFirst()) where link.name == next.name {
      throw .badName(String(decoding: link.name ?? [], as: UTF8.self))
    }
    return links
  }
}

/// Which names may stand in a directory.
enum DirectoryName {
  static func isValid(_ name: [UInt8]) -> Bool {
    !name.isEmpty && name != [UInt8(ascii: ".")] && name != Array("..".utf8)
      && !name.contains(UInt8(ascii: "/")) && !name.contains(0)
  }
}
