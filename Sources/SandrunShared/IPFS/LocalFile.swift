internal import Files
internal import Hashing
internal import SystemPackage

/// A regular file that is imported: opened without following a link, its length known beforehand.
struct LocalFile {
  private let file: OpenFile
  private let facts: FileFacts

  /// Opens a path; a link, unless it is followed, and anything that is no regular file is refused as the system would.
  init(_ path: FilePath, followingLink: Bool) throws(FileError) {
    // Without O_NONBLOCK a pipe put in the file's place would hold us up for ever.
    file = try OpenFile(
      path, .readOnly, options: followingLink ? .nonBlocking : [.noFollow, .nonBlocking])
    facts = try FileFacts(of: file.descriptor, at: path)
    guard facts.kind == .file else {
      throw FileError("read", path, facts.kind == .directory ? .isDirectory : .notSupported)
    }
  }

  func add(by importer: Importer) throws(ImportError) -> Imported {
    try importer.checkMetadata()
    let metadata = facts.metadata(importer.options)
    let imported: Imported
    // The kernel's own files say that they are empty, and are not.
    if facts.size > 0, case .size(let size) = importer.options.chunker {
      imported = try add(by: importer, chunkSize: size, metadata)
    } else {
      imported = try importer.add(reading: file.descriptor, named: file.path, metadata)
    }
    let after = try importer.attempt(file.path) { () throws(FileError) in
      try FileFacts(of: file.descriptor, at: file.path)
    }
    guard after == facts else { throw .changed(file.path) }
    return imported
  }

  /// Chunks of one size lie where they lie: any thread can take any of them.
  private func add(
    by importer: Importer, chunkSize: Int, _ metadata: Metadata
  ) throws(ImportError) -> Imported {
    let hashing = Hashing(
      file: file, importer: importer, chunkSize: chunkSize,
      metadata: facts.size <= chunkSize ? metadata : Metadata())
    var tree = FileTree(importer.writer)
    var offset = 0
    while offset < facts.size {
      let end = min(facts.size, offset + hashing.windowLength)
      let leaves = try hashing.leaves(from: offset, to: end)
      do throws(RepositoryError) {
        for leaf in leaves { try tree.append(leaf) }
      } catch { throw .repository(error) }
      offset = end
    }
    return try importer.finish(&tree, metadata)
  }
}

/// The hashing of a file's chunks, all of one size, by as many threads as there are cores.
private struct Hashing {
  let file: OpenFile
  let importer: Importer
  let chunkSize: Int
  /// What each leaf keeps: something only where it is the whole file.
  let metadata: Metadata

  /// A stretch whose leaves are held at once: whole runs, and not so many leaves that memory grows with the file.
  var windowLength: Int { Self.chunksHeld / chunksPerRun * chunksPerRun * chunkSize }

  private static let chunksHeld = 1 << 14

  /// A thread takes so many chunks at a time: about a mebibyte, of small ones less.
  private var chunksPerRun: Int { max(1, min(Self.chunksHeld / 8, (1 << 20) / chunkSize)) }

  private struct Own: ~Copyable {
    var hasher = SHA256()
    var buffer: [UInt8]
  }

  /// The leaves of a stretch in their order.
  func leaves(from start: Int, to end: Int) throws(ImportError) -> [Imported] {
    let runLength = chunksPerRun * chunkSize
    let runs = try inParallel(
      (end - start + runLength - 1) / runLength,
      state: { Own(buffer: [UInt8](repeating: 0, count: min(runLength, end - start))) }
    ) { (own, run) throws(ImportError) in
      let offset = start + run * runLength
      return try leaves(
        at: offset, count: min(runLength, end - offset), &own.buffer, &own.hasher)
    }
    return runs.flatMap { $0 }
  }

  private func leaves(
    at offset: Int, count: Int, _ buffer: inout [UInt8], _ hasher: inout SHA256
  ) throws(ImportError) -> [Imported] {
    try importer.checkNotCancelled()
    let found: Int
    do throws(FileError) {
      found = try file.read(at: offset, into: &buffer, count: count)
    } catch { throw .file(error) }
    guard found == count else { throw .changed(file.path) }
    var leaves: [Imported] = []
    do throws(RepositoryError) {
      for start in stride(from: 0, to: count, by: chunkSize) {
        leaves.append(
          try importer.writer.put(
            chunk: buffer.span.extracting(start..<min(count, start + chunkSize)),
            metadata: metadata, with: &hasher))
      }
    } catch { throw .repository(error) }
    return leaves
  }
}
