internal import Files
internal import SystemPackage

/// The output of a job so far, of both streams together in the order it came.
public struct JobLog: Sendable {
  /// One of the two streams.
  public enum Stream: UInt8, Sendable {
    /// Standard output.
    case stdout = 1
    /// Standard error.
    case stderr = 2
  }

  /// Bytes of one stream.
  public struct Piece: Equatable, Sendable {
    /// The stream.
    public var stream: Stream
    /// The bytes.
    public var bytes: [UInt8]
  }

  /// How many bytes there are, both streams together.
  public let size: Int
  /// Whether there will be no more.
  public let isComplete: Bool
  private let files: LogFiles?

  static let entryLength = 16

  /// The log of a job that has put out nothing so far.
  static let none = JobLog()

  private init() {
    (size, isComplete, files) = (0, false, nil)
  }

  /// Opens the log in a folder; where there is none it is empty.
  init(in folder: FilePath, isComplete: Bool) throws(EngineError) {
    self.isComplete = isComplete
    do throws(FileError) {
      files = try LogFiles(in: folder)
      size =
        try files.map { (files) throws(FileError) in
          files.entries == 0 ? 0 : try files.entry(files.entries - 1).end
        } ?? 0
    } catch {
      throw .store("\(error)")
    }
  }

  /// At most `limit` bytes from an offset on, cut where the stream changes; none at the end.
  ///
  /// An offset beyond the end is no error: a job that is started anew begins its log anew.
  public func read(from offset: Int, limit: Int) throws(EngineError) -> [Piece] {
    guard let files, offset >= 0, offset < size, limit > 0 else { return [] }
    do throws(FileError) {
      let end = min(size, offset > Int.max - limit ? size : offset + limit)
      var bytes = try files.bytes(from: offset, to: end)[...]
      var pieces: [Piece] = []
      var position = offset
      var index = try files.firstEntry(endingAfter: offset)
      while position < end, index < files.entries {
        let entries = try files.entries(from: index)
        index += entries.count
        for entry in entries {
          let count = min(end, entry.end) - position
          guard count > 0 else { continue }
          if pieces.last?.stream == entry.stream {
            pieces[pieces.count - 1].bytes += bytes.prefix(count)
          } else {
            pieces.append(Piece(stream: entry.stream, bytes: Array(bytes.prefix(count))))
          }
          bytes = bytes.dropFirst(count)
          position += count
        }
      }
      return pieces
    } catch {
      throw .store("\(error)")
    }
  }

  /// The first `limit` bytes of one stream alone.
  public func all(_ stream: Stream, limit: Int) throws(EngineError) -> [UInt8] {
    var found: [UInt8] = []
    var offset = 0
    while found.count < limit {
      let pieces = try read(from: offset, limit: 1 << 20)
      if pieces.isEmpty { break }
      for piece in pieces {
        offset += piece.bytes.count
        if piece.stream == stream { found += piece.bytes.prefix(limit - found.count) }
      }
    }
    return found
  }

  static func entry(end: Int, stream: Stream) -> [UInt8] {
    (0..<8).map { UInt8(truncatingIfNeeded: end >> ($0 * 8)) } + [stream.rawValue]
      + [UInt8](repeating: 0, count: 7)
  }
}

/// The two files of a log, open.
private final class LogFiles: Sendable {
  /// How many whole entries the index had when it was opened.
  let entries: Int
  private let folder: FilePath
  private let output: FileDescriptor
  private let index: FileDescriptor

  /// nil where there is no log yet.
  init?(in folder: FilePath) throws(FileError) {
    guard let index = try Self.open(folder.appending("index")) else { return nil }
    guard let output = try Self.open(folder.appending("output")) else {
      try? index.close()
      return nil
    }
    self.folder = folder
    self.index = index
    self.output = output
    do {
      entries = try Int(index.stat().size) / JobLog.entryLength
    } catch {
      throw FileError("look at", folder.appending("index"), error)
    }
  }

  deinit {
    try? index.close()
    try? output.close()
  }

  private static func open(_ path: FilePath) throws(FileError) -> FileDescriptor? {
    do {
      return try FileDescriptor.open(path, .readOnly, options: [.closeOnExec, .noFollow])
    } catch Errno.noSuchFileOrDirectory {
      return nil
    } catch {
      throw FileError("open", path, error as? Errno ?? .ioError)
    }
  }

  typealias Entry = (end: Int, stream: JobLog.Stream)

  /// An entry of the index.
  func entry(_ number: Int) throws(FileError) -> Entry {
    try entries(from: number, atMost: 1)[0]
  }

  /// The entries from one on, not too many at a time.
  func entries(from first: Int, atMost limit: Int = 512) throws(FileError) -> [Entry] {
    let length = JobLog.entryLength
    let count = min(limit, entries - first)
    let bytes = try read(index, "index", from: first * length, count: count * length)
    var found: [Entry] = []
    for start in stride(from: 0, to: bytes.count, by: length) {
      let end = (0..<8).reduce(0) { $0 | Int(bytes[start + $1]) << ($1 * 8) }
      guard let stream = JobLog.Stream(rawValue: bytes[start + 8]), end >= 0 else {
        throw FileError("read", folder.appending("index"), .ioError)
      }
      found.append((end, stream))
    }
    return found
  }

  /// The first entry whose piece reaches beyond an offset.
  func firstEntry(endingAfter offset: Int) throws(FileError) -> Int {
    var (low, high) = (0, entries)
    while low < high {
      let middle = (low + high) / 2
      if try entry(middle).end > offset { high = middle } else { low = middle + 1 }
    }
    return low
  }

  func bytes(from start: Int, to end: Int) throws(FileError) -> [UInt8] {
    try read(output, "output", from: start, count: end - start)
  }

  private func read(
    _ file: FileDescriptor, _ name: FilePath.Component, from offset: Int, count: Int
  ) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let read: Int
      do {
        read = try unsafe bytes.withUnsafeMutableBytes {
          try unsafe file.read(
            fromAbsoluteOffset: Int64(offset + done),
            into: UnsafeMutableRawBufferPointer(rebasing: $0[done...]))
        }
      } catch {
        throw FileError("read", folder.appending(name), error as? Errno ?? .ioError)
      }
      // Shorter than its index says: the disk lost it.
      guard read > 0 else { throw FileError("read", folder.appending(name), .ioError) }
      done += read
    }
    return bytes
  }
}
