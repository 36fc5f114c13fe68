internal import CArchive
internal import Files
internal import SystemPackage

/// Bytes in, gzip out, the same each time; the C functions are those of `archive_write` with the raw format.
@safe final class GzipFilter {
  private let archive: OpaquePointer
  private let output: Output

  /// What the library has written and nobody has taken.
  private final class Output {
    var bytes: [UInt8] = []
  }

  init() throws(FileError) {
    guard let archive = unsafe archive_write_new() else { throw Self.failure }
    let entry = unsafe archive_entry_new()
    defer { unsafe archive_entry_free(entry) }
    let output = Output()
    // AE_IFREG, a macro that Swift cannot read.
    unsafe archive_entry_set_filetype(entry, 0o100000)
    let steps = unsafe [
      archive_write_set_format_raw(archive),
      archive_write_add_filter_gzip(archive),
      // Speed over size: results are mostly small, or compressed by themselves.
      archive_write_set_options(archive, "gzip:!timestamp,gzip:compression-level=3"),
      archive_write_set_bytes_per_block(archive, 0),
      archive_write_open(
        archive, Unmanaged.passUnretained(output).toOpaque(), nil,
        { _, context, bytes, count in
          guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
          let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
          unsafe output.bytes.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
          return count
        }, nil),
      archive_write_header(archive, entry),
    ]
    guard steps.allSatisfy({ $0 == ARCHIVE_OK }) else {
      unsafe archive_write_free(archive)
      throw Self.failure
    }
    unsafe self.archive = archive
    self.output = output
  }

  deinit {
    // Closing writes the end into `output`, which must be there.
    withExtendedLifetime(output) { _ = unsafe archive_write_free(archive) }
  }

  /// Takes bytes in.
  func write(_ bytes: [UInt8]) throws(FileError) {
    let written = unsafe bytes.withUnsafeBytes { bytes in
      unsafe archive_write_data(archive, bytes.baseAddress, bytes.count)
    }
    guard written == bytes.count else { throw Self.failure }
  }

  /// Ends the stream; what is left comes out.
  func finish() throws(FileError) {
    guard unsafe archive_write_close(archive) == ARCHIVE_OK else { throw Self.failure }
  }

  /// What came out since the last time.
  func take() -> [UInt8] {
    defer { output.bytes = [] }
    return output.bytes
  }

  // All is in memory: there is nothing else that can fail.
  private static var failure: FileError { FileError("compress", "archive", .noMemory) }
}
