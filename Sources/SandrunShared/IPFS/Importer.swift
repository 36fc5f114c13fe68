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
  let writer: BlockWriter
  private let isCancelled: @Sendable () -> Bool

  /// Makes an importer that hands its blocks to a sink: a `Batch`, or a `DiscardingSink` to learn CIDs only.
  ///
  /// `counting` is told of bytes of content as they are dealt with, and of files that are done, by any thread. Once `isCancelled` says so,
  /// nothing more is begun.
  public init(
    _ options: ImportOptions = ImportOptions(), into sink: any BlockSink,
    counting: (@Sendable (_ bytes: Int, _ files: Int) -> Void)? = nil,
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) {
    self.options = options
    self.isCancelled = isCancelled
    self.writer = BlockWriter(options: options, sink: sink, counting: counting)
  }

  /// Imports what is at a path: a file, a directory with all below it, or a symbolic link.
  ///
  /// A link at the path itself is followed where the options or `followingLink` say so; else it is imported as such.
  public func add(
    _ path: FilePath, followingLink: Bool = false
  ) throws(ImportError) -> Imported {
    try add(Place(path), followingLink: followingLink)
  }

  /// Imports the file at a path; a directory is refused, and so is a link.
  public func add(file path: FilePath) throws(ImportError) -> Imported {
    try attempt(path) { () throws(FileError) in
      try LocalFile(path, followingLink: false)
    }.add(by: self)
  }

  /// Imports bytes as the content of a file.
  public func add(bytes: [UInt8]) throws(ImportError) -> Imported {
    try checkMetadata()
    var file = FileTree(writer)
    var hasher = SHA256()
    var start = 0
    repeat {
      let window = bytes.span.extracting(
        start..<min(bytes.count, start + options.chunker.maximumLength))
      // A file without content is one leaf without content, or a trickle layout's bare root.
      if window.isEmpty, options.layout == .trickle { break }
      let count = options.chunker.cut(window)
      do throws(RepositoryError) {
        try file.append(
          writer.put(
            chunk: window.extracting(first: count),
            metadata: count == bytes.count ? options.metadata : Metadata(), with: &hasher))
      } catch { throw .repository(error) }
      start += count
    } while start < bytes.count
    return try finish(&file, options.metadata)
  }

  /// Imports what a descriptor still gives, until its end: for pipes, which have no length.
  public func add(
    reading descriptor: FileDescriptor, named path: FilePath
  ) throws(ImportError) -> Imported {
    try add(reading: descriptor, named: path, options.metadata)
  }

  /// Imports what `read` gives, at most as many bytes as it is asked for, until it gives none.
  public func add(
    reading read: (_ limit: Int) throws(ImportError) -> [UInt8]
  ) throws(ImportError) -> Imported {
    try add(metadata: options.metadata) { (buffer, start) throws(ImportError) in
      let bytes = try read(buffer.count - start)
      buffer.replaceSubrange(start..<start + bytes.count, with: bytes)
      return bytes.count
    }
  }

  func add(
    reading descriptor: FileDescriptor, named path: FilePath, _ metadata: Metadata
  ) throws(ImportError) -> Imported {
    try add(metadata: metadata) { (buffer, start) throws(ImportError) in
      do throws(FileError) {
        return try readOnce(descriptor, named: path, into: &buffer, from: start)
      } catch { throw .file(error) }
    }
  }

  /// Imports a file of what `read` gives; it puts bytes into a buffer from an index on and tells how many, none at the end.
  func add(
    metadata: Metadata, read: (inout [UInt8], Int) throws(ImportError) -> Int
  ) throws(ImportError) -> Imported {
    try checkMetadata()
    let longest = options.chunker.maximumLength
    let limit = max(2 * longest, 1 << 18)
    // Grown when there is something to put in it.
    var buffer = [UInt8](repeating: 0, count: 1 << 14)
    // What is read and not yet cut; with more than the longest chunk in hand, another one follows.
    var waiting = 0..<0
    var isAtEnd = false
    var isFirst = true
    var hasher = SHA256()
    var tree = FileTree(writer)
    while true {
      try checkNotCancelled()
      if !isAtEnd, waiting.count <= longest {
        unsafe buffer.withUnsafeMutableBytes {
          unsafe $0.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[waiting]))
        }
        waiting = 0..<waiting.count
        while !isAtEnd, waiting.upperBound < limit {
          if waiting.upperBound == buffer.count {
            buffer += [UInt8](repeating: 0, count: min(3 * buffer.count, limit - buffer.count))
          }
          let count = try read(&buffer, waiting.upperBound)
          isAtEnd = count == 0
          waiting = 0..<waiting.upperBound + count
        }
      }
      if waiting.isEmpty, !isFirst || options.layout == .trickle { break }
      let window = waiting.prefix(longest)
      let count = options.chunker.cut(buffer.span.extracting(window))
      let isOnly = isFirst && isAtEnd && count == waiting.count
      do throws(RepositoryError) {
        try tree.append(
          writer.put(
            chunk: buffer.span.extracting(waiting.prefix(count)),
            metadata: isOnly ? metadata : Metadata(), with: &hasher))
      } catch { throw .repository(error) }
      waiting = waiting.lowerBound + count..<waiting.upperBound
      isFirst = false
    }
    return try finish(&tree, metadata)
  }

  /// Keeps bytes as one block of a codec; nothing is chunked or wrapped.
  public func add(block bytes: [UInt8], codec: CID.Codec) throws(ImportError) -> CID {
    guard bytes.count <= Block.maximumLength else {
      throw .repository(.tooLarge(bytes.count))
    }
    let digest = SHA256.hash(bytes)
    do { try unsafe writer.sink.put(bytes.span.bytes, as: digest) } catch {
      throw .repository(error)
    }
    return CID(digest, codec: codec)
  }

  /// Imports a symbolic link with this target.
  public func add(symlinkTo target: [UInt8]) throws(ImportError) -> Imported {
    try add(
      symlinkTo: target, Metadata(modificationTime: options.metadata.modificationTime))
  }

  func add(
    symlinkTo target: [UInt8], _ metadata: Metadata
  ) throws(ImportError) -> Imported {
    let data = UnixFSData(
      .symlink, data: target, modificationTime: metadata.modificationTime)
    do { return try writer.put(DAGNode(data: data.bytes), size: 0) } catch {
      throw .repository(error)
    }
  }

  func finish(
    _ tree: inout FileTree, _ metadata: Metadata
  ) throws(ImportError) -> Imported {
    do {
      guard let imported = try tree.finish(metadata) else {
        preconditionFailure("a file has a first chunk")
      }
      writer.counting?(0, 1)
      return imported
    } catch { throw .repository(error) }
  }

  /// Throws once it was asked to stop: before each of the things that take a while.
  func checkNotCancelled() throws(ImportError) {
    if isCancelled() { throw .cancelled }
  }

  /// Refuses options that contradict each other, before anything is read.
  func checkMetadata() throws(ImportError) {
    if options.rawLeaves, options.keepsMetadata { throw .rawLeavesWithMetadata }
  }

  func attempt<T>(
    _ path: FilePath, _ body: () throws(FileError) -> T
  ) throws(ImportError) -> T {
    do { return try body() } catch { throw .file(error) }
  }
}
