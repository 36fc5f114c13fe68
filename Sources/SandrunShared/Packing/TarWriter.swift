internal import CArchive
internal import Synchronization

/// Why an archive cannot be written: libarchive's own words.
public struct PackError: Error, Equatable, Sendable {
  /// The words.
  public let reason: String
}

/// Writes a tar.gz: the same files give the same bytes, whoever packs them, and when.
///
/// What was written so far is taken out as it comes, so that no archive lies in memory whole.
@safe public final class TarWriter: Sendable {
  /// The archive's bytes that nobody took yet; libarchive hands them over by a pointer to this.
  private final class Output {
    var bytes: [UInt8] = []
  }

  @safe private struct State: ~Copyable, @unchecked Sendable {
    // Used under the lock alone, which also keeps what libarchive calls back to one thread.
    var archive: OpaquePointer?
    var entry: OpaquePointer?
    let output = Output()

    deinit {
      unsafe archive_entry_free(entry)
      unsafe archive_write_free(archive)
    }
  }

  private let state: Mutex<State>

  /// Begins an archive.
  public init() throws(PackError) {
    var made = State()
    unsafe made.archive = archive_write_new()
    unsafe made.entry = archive_entry_new()
    state = Mutex(made)
    try state.withLock { state throws(PackError) in
      let archive = unsafe state.archive
      try unsafe Self.check(archive_write_set_format_pax_restricted(archive), archive)
      try unsafe Self.check(archive_write_add_filter_gzip(archive), archive)
      // No time of packing in the head: it is part of no file.
      try unsafe Self.check(
        archive_write_set_filter_option(archive, "gzip", "timestamp", nil), archive)
      try unsafe Self.check(
        archive_write_set_filter_option(archive, "gzip", "compression-level", "1"), archive)
      try unsafe Self.check(archive_write_set_bytes_in_last_block(archive, 1), archive)
      let output = unsafe Unmanaged.passUnretained(state.output).toOpaque()
      try unsafe Self.check(
        archive_write_open(
          archive, output, nil,
          { _, context, bytes, count in
            guard let context = unsafe context, let bytes = unsafe bytes else { return -1 }
            let output = unsafe Unmanaged<Output>.fromOpaque(context).takeUnretainedValue()
            unsafe output.bytes.append(
              contentsOf: UnsafeRawBufferPointer(start: bytes, count: count))
            return count
          }, nil), archive)
    }
  }

  /// Begins a file of so many bytes, which follow by `write`.
  public func begin(_ path: String, size: Int) throws(PackError) {
    try state.withLock { state throws(PackError) in
      let entry = unsafe state.entry
      unsafe archive_entry_clear(entry)
      unsafe archive_entry_set_pathname_utf8(entry, path)
      unsafe archive_entry_set_size(entry, Int64(size))
      unsafe archive_entry_set_filetype(entry, 0o100000)
      unsafe archive_entry_set_perm(entry, 0o644)
      unsafe archive_entry_set_mtime(entry, 0, 0)
      try unsafe Self.check(archive_write_header(state.archive, entry), state.archive)
    }
  }

  /// Adds bytes to the file that was begun.
  public func write(_ bytes: [UInt8]) throws(PackError) {
    try state.withLock { state throws(PackError) in
      var offset = 0
      while offset < bytes.count {
        let archive = unsafe state.archive
        let count = unsafe bytes.withUnsafeBytes { buffer in
          unsafe archive_write_data(
            archive, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
        }
        guard count > 0 else { throw unsafe Self.failure(archive) }
        offset += count
      }
    }
  }

  /// Ends the archive.
  public func finish() throws(PackError) {
    try state.withLock { state throws(PackError) in
      try unsafe Self.check(archive_write_close(state.archive), state.archive)
    }
  }

  /// The bytes that are ready; nil where there are none.
  public func take() -> [UInt8]? {
    state.withLock { state in
      guard !state.output.bytes.isEmpty else { return nil }
      defer { state.output.bytes = [] }
      return state.output.bytes
    }
  }

  private static func check(_ status: Int32, _ archive: OpaquePointer?) throws(PackError) {
    guard status == ARCHIVE_OK || status == ARCHIVE_WARN else { throw unsafe failure(archive) }
  }

  private static func failure(_ archive: OpaquePointer?) -> PackError {
    guard let text = unsafe archive_error_string(archive) else {
      return PackError(reason: "unknown")
    }
    return PackError(reason: unsafe String(cString: text))
  }
}
