public import Files
internal import Synchronization
public import SystemPackage

/// Writes a job's log while it runs: `output`, the bytes of both streams in the order they came, and `index`.
///
/// The index has an entry of 16 bytes for each piece: where it ends in `output` (8, little-endian), the stream (1),
/// zeros (7). Bytes go first and their entry after, so what the index tells is there. Files are made with the first byte.
public final class JobLogWriter: Sendable {
  /// So many pieces are written as they come; what comes after them is joined to larger ones.
  static let promptPieces = 10_000
  /// The most bytes that are held back then.
  static let heldAtMost = 64 << 10

  private struct State {
    var output: FileDescriptor?
    var index: FileDescriptor?
    var size = 0
    var pieces = 0
    var held: [JobLog.Piece] = []
    var heldSize = 0
    /// Why nothing more is taken: what was written of a piece is not in the index, and all behind it would be told wrong.
    var failure: FileError?
  }

  private let folder: FilePath
  private let state = Mutex(State())

  /// Begins a log in place of the one that an earlier start of the job left there.
  public init(in folder: FilePath) throws(FileError) {
    self.folder = folder
    try Files.removeTree(folder)
  }

  /// One that writes into open files.
  init(in folder: FilePath, output: FileDescriptor, index: FileDescriptor) {
    self.folder = folder
    state.withLock { state in
      state.output = output
      state.index = index
    }
  }

  deinit {
    state.withLock { state in
      try? state.output?.close()
      try? state.index?.close()
    }
  }

  /// How many bytes were written.
  public var size: Int { state.withLock { $0.size } }

  /// Appends bytes of one stream; gives the log's size.
  public func append(_ bytes: [UInt8], to stream: JobLog.Stream) throws(FileError) -> Int {
    try state.withLock { state throws(FileError) in
      guard state.pieces >= Self.promptPieces else {
        try write([JobLog.Piece(stream: stream, bytes: bytes)], &state)
        return state.size
      }
      if state.held.last?.stream == stream {
        state.held[state.held.count - 1].bytes += bytes
      } else if let index = state.held.firstIndex(where: { $0.stream == stream }) {
        // Held together, the two streams have no order among them.
        state.held[index].bytes += bytes
      } else {
        state.held.append(JobLog.Piece(stream: stream, bytes: bytes))
      }
      state.heldSize += bytes.count
      if state.heldSize >= Self.heldAtMost { try release(&state) }
      return state.size
    }
  }

  /// Writes what was held back; gives the log's size.
  public func flush() throws(FileError) -> Int {
    try state.withLock { state throws(FileError) in
      try release(&state)
      return state.size
    }
  }

  /// Completes the log and waits until its files are on disk; gives its size.
  ///
  /// Not their names: see `sync(_:)`, which is done for many logs together.
  public func finish() throws(FileError) -> Int {
    try state.withLock { state throws(FileError) in
      try release(&state)
      if let output = state.output { try Files.sync(output, named: folder.appending("output")) }
      if let index = state.index { try Files.sync(index, named: folder.appending("index")) }
      return state.size
    }
  }

  private func release(_ state: inout State) throws(FileError) {
    guard !state.held.isEmpty else { return }
    let held = state.held
    state.held = []
    state.heldSize = 0
    try write(held, &state)
  }

  /// Waits until a log is on disk, with its files' names; where there is none, there is nothing to do.
  ///
  /// `files` says whether the files themselves are synced too, as nobody completed the log. The folder's own name is for the caller to
  /// sync, once for many logs.
  static func sync(_ folder: FilePath, files: Bool) throws(FileError) {
    guard try Files.status(folder)?.type == .directory else { return }
    for name in ["output", "index"] where files {
      let path = folder.appending(name)
      let file: FileDescriptor
      do {
        file = try FileDescriptor.open(path, .readOnly, options: [.noFollow, .closeOnExec])
      } catch Errno.noSuchFileOrDirectory {
        continue
      } catch {
        throw FileError("open", path, error as? Errno ?? .ioError)
      }
      defer { try? file.close() }
      try Files.sync(file, named: path)
    }
    // After the first of many this waits for nothing: one commit of the file system's journal takes all along.
    try Files.syncDirectory(folder)
  }

  private func write(_ pieces: [JobLog.Piece], _ state: inout State) throws(FileError) {
    if let failure = state.failure { throw failure }
    do throws(FileError) { try writeAll(pieces, &state) } catch {
      state.failure = error
      // What is in `output` behind the last entry belongs to no stream.
      _ = try? state.output?.resize(to: Int64(state.size))
      throw error
    }
  }

  private func writeAll(_ pieces: [JobLog.Piece], _ state: inout State) throws(FileError) {
    var entries: [UInt8] = []
    var end = state.size
    let output: FileDescriptor
    let index: FileDescriptor
    if let open = state.output, let other = state.index {
      (output, index) = (open, other)
    } else {
      try Files.makeDirectories(folder)
      output = try create("output")
      state.output = output
      index = try create("index")
      state.index = index
    }
    for piece in pieces where !piece.bytes.isEmpty {
      do { _ = try output.writeAll(piece.bytes) } catch {
        throw FileError("write", folder.appending("output"), error as? Errno ?? .ioError)
      }
      end += piece.bytes.count
      entries += JobLog.entry(end: end, stream: piece.stream)
      state.pieces += 1
    }
    do { _ = try index.writeAll(entries) } catch {
      throw FileError("write", folder.appending("index"), error as? Errno ?? .ioError)
    }
    state.size = end
  }

  private func create(_ name: FilePath.Component) throws(FileError) -> FileDescriptor {
    let path = folder.appending(name)
    do {
      return try FileDescriptor.open(
        path, .writeOnly, options: [.create, .exclusiveCreate, .append, .closeOnExec],
        permissions: .ownerReadWrite)
    } catch {
      throw FileError("create", path, error as? Errno ?? .ioError)
    }
  }
}
