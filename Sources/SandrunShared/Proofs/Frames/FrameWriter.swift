internal import Files
internal import SystemPackage

/// Writes seekable zstd: whole frames one after the other, each handed to the system at once, then the seek table.
struct FrameWriter: ~Copyable {
  private let descriptor: FileDescriptor
  private let path: FilePath
  private var table = SeekTable()

  /// A writer at the current position of an open file, which stays the caller's to close.
  init(_ descriptor: FileDescriptor, named path: FilePath) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Writes one frame of so many bytes of text, as `ZstdCompressor` made it.
  mutating func write(_ frame: [UInt8], textSize: Int) throws(ProofError) {
    try write(frame)
    table.entries.append(
      SeekTable.Entry(
        compressed: UInt32(frame.count), text: UInt32(textSize),
        checksum: SeekTable.word(frame.span, frame.count - 4)))
  }

  /// Writes the seek table and waits, where it is asked to, until all is on disk.
  mutating func finish(isSynced: Bool = true) throws(ProofError) {
    try write(table.bytes)
    guard isSynced else { return }
    do { try Files.sync(descriptor, named: path) } catch { throw .file(error) }
  }

  private func write(_ bytes: [UInt8]) throws(ProofError) {
    do {
      _ = try descriptor.writeAll(bytes)
    } catch {
      throw .file(FileError("write", path, error as? Errno ?? .ioError))
    }
  }
}
