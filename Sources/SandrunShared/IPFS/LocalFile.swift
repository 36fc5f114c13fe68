internal import Dispatch
internal import Files
internal import Hashing
internal import Synchronization
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A regular file that is imported: opened without following a link, its length known beforehand.
struct LocalFile {
  private let file: OpenFile
  private let facts: Facts

  private struct Facts: Equatable {
    var size: Int
    var modified: [Int]
  }

  /// Opens a path; a link, and anything that is no regular file, is refused with the error that the system gives.
  init(_ path: FilePath) throws(FileError) {
    // Without O_NONBLOCK a pipe put in the file's place would hold us up for ever.
    file = try OpenFile(path, .readOnly, options: [.noFollow, .nonBlocking])
    facts = try Self.facts(of: file)
  }

  private static func facts(of file: OpenFile) throws(FileError) -> Facts {
    var status = stat()
    guard unsafe fstat(file.descriptor.rawValue, &status) == 0 else {
      throw FileError("look at", file.path, Errno(rawValue: errno))
    }
    guard status.st_mode & S_IFMT == S_IFREG else {
      throw FileError(
        "read", file.path, status.st_mode & S_IFMT == S_IFDIR ? .isDirectory : .notSupported)
    }
    return Facts(
      size: Int(status.st_size), modified: [status.st_mtim.tv_sec, status.st_mtim.tv_nsec])
  }

  func add(by importer: Importer) throws(ImportError) -> Imported {
    // The kernel's own files say that they are empty, and are not.
    guard facts.size > 0 else {
      return try importer.add(reading: file.descriptor, named: file.path)
    }
    var tree = FileTree(importer.options, into: importer.sink)
    var offset = 0
    while offset < facts.size {
      let end = min(facts.size, offset + Self.windowLength(importer.options))
      let leaves = try leaves(from: offset, to: end, importer)
      do throws(RepositoryError) {
        for leaf in leaves { try tree.append(leaf) }
      } catch { throw .repository(error) }
      offset = end
    }
    let after = try importer.attempt(file.path) { () throws(FileError) in
      try Self.facts(of: file)
    }
    guard after == facts else { throw .changed(file.path) }
    return try importer.keeping { () throws(RepositoryError) in try tree.finish() }
  }

  /// A stretch whose leaves are held at once: whole runs, and not so many leaves that memory grows with the file.
  private static func windowLength(_ options: ImportOptions) -> Int {
    max(1, (1 << 16) / chunksPerRun(options)) * chunksPerRun(options) * options.chunkSize
  }

  /// A thread takes so many chunks at a time: about a mebibyte.
  private static func chunksPerRun(_ options: ImportOptions) -> Int {
    max(1, (1 << 20) / options.chunkSize)
  }

  /// As many as there are cores, within reason; asked once, since the C library opens a file to know.
  private static let threads = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

  private struct Progress {
    var next = 0
    var runs: [Int: [Imported]] = [:]
    var failure: ImportError?
  }

  /// The leaves of a stretch in their order, hashed by as many threads as there are cores.
  private func leaves(
    from start: Int, to end: Int, _ importer: Importer
  ) throws(ImportError) -> [Imported] {
    let runLength = Self.chunksPerRun(importer.options) * importer.options.chunkSize
    let runCount = (end - start + runLength - 1) / runLength
    let progress = Mutex(Progress())
    let work = { @Sendable () -> Void in
      var hasher = SHA256()
      var buffer = [UInt8](repeating: 0, count: min(runLength, end - start))
      while true {
        let run = progress.withLock { progress -> Int? in
          guard progress.failure == nil, progress.next < runCount else { return nil }
          defer { progress.next += 1 }
          return progress.next
        }
        guard let run else { return }
        let offset = start + run * runLength
        do throws(ImportError) {
          let leaves = try self.leaves(
            at: offset, count: min(runLength, end - offset), &buffer, &hasher, importer)
          progress.withLock { $0.runs[run] = leaves }
        } catch {
          progress.withLock { $0.failure = $0.failure ?? error }
        }
      }
    }
    if runCount > 1 {
      DispatchQueue.concurrentPerform(iterations: min(runCount, Self.threads)) { _ in work() }
    } else {
      work()
    }
    let (runs, failure) = progress.withLock { ($0.runs, $0.failure) }
    if let failure { throw failure }
    return (0..<runCount).flatMap { runs[$0] ?? [] }
  }

  private func leaves(
    at offset: Int, count: Int, _ buffer: inout [UInt8], _ hasher: inout SHA256,
    _ importer: Importer
  ) throws(ImportError) -> [Imported] {
    let found: Int
    do throws(FileError) {
      found = try file.read(at: offset, into: &buffer, count: count)
    } catch { throw .file(error) }
    guard found == count else { throw .changed(file.path) }
    var leaves: [Imported] = []
    let chunk = importer.options.chunkSize
    do throws(RepositoryError) {
      for start in stride(from: 0, to: count, by: chunk) {
        leaves.append(
          try importer.sink.put(
            chunk: buffer.span.extracting(start..<min(count, start + chunk)), with: &hasher,
            importer.options))
      }
    } catch { throw .repository(error) }
    return leaves
  }
}
