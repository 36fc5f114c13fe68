internal import CArchive
internal import Files
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// One archive that is read from front to back: tar or zip, the first also in gzip, zstd or xz.
///
/// Move-only: the handle is freed exactly once; the C functions are those of `archive_read`.
@safe struct ArchiveReader: ~Copyable {
  private let archive: OpaquePointer
  /// Whether the entry at hand has come to its end.
  private var isEnded = false

  /// Reads from a descriptor, which stays the caller's.
  init(_ descriptor: FileDescriptor) throws(UnpackError) {
    guard let archive = unsafe archive_read_new() else {
      throw .file(FileError("read", "archive", .noMemory))
    }
    unsafe archive_read_support_format_tar(archive)
    unsafe archive_read_support_format_zip(archive)
    unsafe archive_read_support_filter_gzip(archive)
    unsafe archive_read_support_filter_zstd(archive)
    unsafe archive_read_support_filter_xz(archive)
    guard unsafe archive_read_open_fd(archive, descriptor.rawValue, 1 << 16) == ARCHIVE_OK else {
      let failure = unsafe Self.failure(of: archive, at: nil)
      unsafe archive_read_free(archive)
      throw failure
    }
    unsafe self.archive = archive
  }

  deinit { unsafe archive_read_free(archive) }

  /// Bytes of the archive that were read so far.
  var consumed: UInt64 { unsafe UInt64(max(0, archive_filter_bytes(archive, -1))) }

  /// The next entry, or nil at the end; its content is read before the next one.
  mutating func next() throws(UnpackError) -> ArchiveEntry? {
    isEnded = false
    var entry: OpaquePointer?
    let status = unsafe archive_read_next_header(archive, &entry)
    if status == ARCHIVE_EOF { return nil }
    guard let entry = unsafe entry, status >= ARCHIVE_WARN else {
      throw unsafe Self.failure(of: archive, at: nil)
    }
    let found = unsafe try ArchiveEntry(entry)
    // A warning is about something that was passed over or guessed at.
    guard status == ARCHIVE_OK else { throw unsafe Self.failure(of: archive, at: found.name) }
    // One filter, and the file itself.
    guard unsafe archive_filter_count(archive) <= 2 else {
      throw .malformed(nil, "it is compressed more than once")
    }
    return found
  }

  /// The next stretch of the content of the entry at hand, good until the next call; between stretches are holes, and one of no bytes
  /// comes where the file ends.
  mutating func stretch(of name: String) throws(UnpackError) -> Stretch? {
    var start: UnsafeRawPointer?
    var count = 0
    var offset: la_int64_t = 0
    let status = unsafe archive_read_data_block(archive, &start, &count, &offset)
    guard offset >= 0, status == ARCHIVE_OK || status == ARCHIVE_EOF else {
      throw unsafe Self.failure(of: archive, at: name)
    }
    if status == ARCHIVE_EOF {
      defer { isEnded = true }
      return isEnded ? nil : unsafe Stretch(nil, count: 0, offset: UInt64(offset))
    }
    return unsafe Stretch(start, count: count, offset: UInt64(offset))
  }

  private static func failure(of archive: OpaquePointer, at name: String?) -> UnpackError {
    guard let text = unsafe archive_error_string(archive) else {
      return .malformed(name, "it cannot be read")
    }
    return unsafe .malformed(name, String(cString: text))
  }
}

/// A piece of a file's content, as long as the reader keeps it.
@safe struct Stretch {
  let bytes: UnsafeRawBufferPointer
  let offset: UInt64

  init(_ start: UnsafeRawPointer?, count: Int, offset: UInt64) {
    unsafe bytes = UnsafeRawBufferPointer(start: start, count: count)
    self.offset = offset
  }

  var count: Int { unsafe bytes.count }
}

/// What an archive says of one entry.
struct ArchiveEntry {
  enum Kind: Equatable {
    case file(isExecutable: Bool)
    case folder
    case symlink(target: [UInt8])
    case hardLink(target: [UInt8])
    case unsupported(UnpackError.EntryType)
  }

  /// The name's bytes.
  var bytes: [UInt8]
  var kind: Kind
  var isEncrypted: Bool

  /// The name for messages.
  var name: String { String(decoding: bytes, as: UTF8.self) }

  init(_ entry: OpaquePointer) throws(UnpackError) {
    unsafe bytes = Self.bytes(archive_entry_pathname(entry)) ?? []
    unsafe isEncrypted = archive_entry_is_encrypted(entry) != 0
    if let target = unsafe Self.bytes(archive_entry_hardlink(entry)) {
      kind = .hardLink(target: target)
      return
    }
    switch unsafe mode_t(archive_entry_filetype(entry)) & S_IFMT {
    case S_IFREG: unsafe kind = .file(isExecutable: archive_entry_perm(entry) & 0o111 != 0)
    case S_IFDIR: kind = .folder
    case S_IFLNK: unsafe kind = .symlink(target: Self.bytes(archive_entry_symlink(entry)) ?? [])
    case S_IFCHR, S_IFBLK: kind = .unsupported(.device)
    case S_IFIFO: kind = .unsupported(.fifo)
    case S_IFSOCK: kind = .unsupported(.socket)
    default: kind = .unsupported(.other)
    }
  }

  private static func bytes(_ text: UnsafePointer<CChar>?) -> [UInt8]? {
    guard let text = unsafe text else { return nil }
    return unsafe Array(UnsafeRawBufferPointer(start: text, count: strlen(text)))
  }
}

/// UTF-8 for the names in archives, on this thread only; the corresponding C function is `uselocale`.
@safe struct NameLocale: ~Copyable {
  private let locale: locale_t?
  private let previous: locale_t?

  init() {
    unsafe locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nil)
    unsafe previous = uselocale(locale)
  }

  deinit {
    _ = unsafe uselocale(previous)
    if let locale = unsafe locale { unsafe freelocale(locale) }
  }
}
