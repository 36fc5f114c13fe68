internal import Files
internal import Hashing
public import SystemPackage

/// Turns files and directories into blocks, byte for byte as Kubo does.
///
/// Nothing counts before the sink's own commit. Files are read by offset and hashed on several threads, each with one buffer.
public struct Importer: Sendable {
  /// How deep directories may lie in each other.
  public static let maximumDepth = 128

  /// The options that have a say in the CIDs.
  public let options: ImportOptions
  let sink: any BlockSink

  /// Makes an importer that hands its blocks to a sink: a `Batch`, or a `DiscardingSink` to learn CIDs only.
  public init(_ options: ImportOptions = ImportOptions(), into sink: any BlockSink) {
    self.options = options
    self.sink = sink
  }

  /// Imports what is at a path: a file, a directory with all below it, or a symbolic link as such.
  public func add(_ path: FilePath) throws(ImportError) -> Imported {
    try add(path, depth: 0)
  }

  /// Imports the file at a path; a directory is refused, and so is a link.
  public func add(file path: FilePath) throws(ImportError) -> Imported {
    try attempt(path) { () throws(FileError) in try LocalFile(path) }.add(by: self)
  }

  /// Imports bytes as the content of a file.
  public func add(bytes: [UInt8]) throws(ImportError) -> Imported {
    try keeping { () throws(RepositoryError) in
      var tree = FileTree(options, into: sink)
      var hasher = SHA256()
      for start in stride(from: 0, to: max(1, bytes.count), by: options.chunkSize) {
        let end = min(bytes.count, start + options.chunkSize)
        try tree.append(
          sink.put(chunk: bytes.span.extracting(start..<end), with: &hasher, options))
      }
      return try tree.finish()
    }
  }

  /// Imports what a descriptor still gives, until its end: for pipes, which have no length.
  public func add(
    reading descriptor: FileDescriptor, named path: FilePath
  ) throws(ImportError) -> Imported {
    var tree = FileTree(options, into: sink)
    var hasher = SHA256()
    var buffer = [UInt8](repeating: 0, count: options.chunkSize)
    var isFirst = true
    while true {
      let count = try fill(&buffer, from: descriptor, named: path)
      if count == 0, !isFirst { break }
      isFirst = false
      do throws(RepositoryError) {
        try tree.append(
          sink.put(chunk: buffer.span.extracting(0..<count), with: &hasher, options))
      } catch { throw .repository(error) }
      if count < buffer.count { break }
    }
    return try keeping { () throws(RepositoryError) in try tree.finish() }
  }

  /// Keeps bytes as one block of a codec; nothing is chunked or wrapped.
  public func add(block bytes: [UInt8], codec: CID.Codec) throws(ImportError) -> CID {
    guard bytes.count <= Block.maximumLength else {
      throw .repository(.tooLarge(bytes.count))
    }
    let digest = SHA256.hash(bytes)
    do { try unsafe sink.put(bytes.span.bytes, as: digest) } catch { throw .repository(error) }
    return CID(digest, codec: codec)
  }

  /// Imports a symbolic link with this target.
  public func add(symlinkTo target: [UInt8]) throws(ImportError) -> Imported {
    try keeping { () throws(RepositoryError) in
      let data = UnixFSData(.symlink, data: target)
      return try sink.put(DAGNode(data: data.bytes), size: 0, options)
    }
  }

  /// Makes a directory of what was imported; names are bytes, and their order does not matter.
  ///
  /// `path` is for the error message alone.
  public func add(
    directory entries: [(name: [UInt8], content: Imported)], named path: FilePath
  ) throws(ImportError) -> Imported {
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
    let data = UnixFSData(.directory).bytes
    let measure =
      switch options.directoryMeasure {
      case .links: links.reduce(0) { $0 + ($1.name?.count ?? 0) + $1.cid.byteCount }
      case .block: DAGNode.length(of: links, dataCount: data.count)
      }
    guard measure <= options.directoryLimit else {
      throw .directoryTooLarge(
        path, entries: links.count, measure: measure, limit: options.directoryLimit)
    }
    let size = entries.reduce(0) { $0 + $1.content.size }
    return try keeping { () throws(RepositoryError) in
      try sink.put(DAGNode(links: links, data: data), size: size, options)
    }
  }

  private func fill(
    _ buffer: inout [UInt8], from descriptor: FileDescriptor, named path: FilePath
  ) throws(ImportError) -> Int {
    var filled = 0
    while filled < buffer.count {
      let start = filled
      let count = try attempt(path) { () throws(FileError) in
        try readOnce(descriptor, named: path, into: &buffer, from: start)
      }
      if count == 0 { break }
      filled += count
    }
    return filled
  }

  func keeping(
    _ body: () throws(RepositoryError) -> Imported?
  ) throws(ImportError) -> Imported {
    do {
      guard let imported = try body() else { preconditionFailure("a file has a first chunk") }
      return imported
    } catch {
      throw .repository(error)
    }
  }

  func attempt<T>(
    _ path: FilePath, _ body: () throws(FileError) -> T
  ) throws(ImportError) -> T {
    do { return try body() } catch { throw .file(error) }
  }
}

/// Which names may stand in a directory.
enum DirectoryName {
  static func isValid(_ name: [UInt8]) -> Bool {
    !name.isEmpty && name != [UInt8(ascii: ".")] && name != Array("..".utf8)
      && !name.contains(UInt8(ascii: "/")) && !name.contains(0)
  }
}
