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
  }

  private let folder: FilePath
  private let state = Mutex(State())

  /// Begins a log in place of the one that an earlier start of the job left there.
  public init(in folder: FilePath) throws(FileError) {
    self.folder = folder
    try Files.removeTree(folder)
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

  /// Completes the log and waits until it is on disk; gives its size.
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

  private func write(_ pieces: [JobLog.Piece], _ state: inout State) throws(FileError) {
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
