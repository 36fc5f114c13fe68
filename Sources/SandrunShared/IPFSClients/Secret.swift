internal import Glibc
internal import Records
internal import Synchronization
internal import SystemPackage

/// Bytes that others must not learn: in one place, wiped with the last reference to them; nothing prints them.
final class Secret: Sendable {
  private let held: Mutex<[UInt8]>

  /// Takes bytes over; what is left to the caller is empty.
  init(_ bytes: inout [UInt8]) {
    held = Mutex(bytes)
    // The only reference now, so that what is wiped is no copy.
    bytes = []
  }

  deinit { held.withLock { Self.wipe(&$0) } }

  /// As the value of a field, for a request that is on its way.
  var text: String { held.withLock { String(decoding: $0, as: UTF8.self) } }

  /// Writes zeros where bytes are, for those of which there is one reference.
  static func wipe(_ bytes: inout [UInt8]) {
    unsafe bytes.withUnsafeMutableBytes { bytes in
      if let base = bytes.baseAddress { unsafe explicit_bzero(base, bytes.count) }
    }
  }
}

extension Secret {
  /// What a secret is called in messages: `token` and `of pinata`.
  struct Name {
    var noun: String
    var whose: String

    var text: String { "the \(noun) \(whose)" }
  }

  /// All that a file holds which nobody but its owner may use, or a descriptor, for the caller to wipe.
  ///
  /// Throws 77 where others may use the file or we may not; 78 where it cannot be read, or holds more than `limit` bytes.
  static func read(_ path: FilePath, limit: Int, as name: Name) throws(Failure) -> [UInt8] {
    let found: (mode: mode_t, bytes: [UInt8]?)
    do throws(Errno) { found = try open(path, limit: limit) } catch {
      throw Failure(
        error == .permissionDenied ? .permission : .configuration,
        "cannot read \(name.text) from \(path): \(error)", code: "no-\(name.noun)")
    }
    guard let bytes = found.bytes else {
      throw Failure(
        .permission,
        "others than its owner may use \(path), \(name.text): its mode is 0\(String(found.mode, radix: 8))",
        code: "exposed-\(name.noun)",
        hint: "chmod 600 \(path), and have a new \(name.noun) made")
    }
    return bytes
  }

  /// A file's mode, and its bytes where others have no right to it.
  private static func open(
    _ path: FilePath, limit: Int
  ) throws(Errno) -> (mode: mode_t, bytes: [UInt8]?) {
    let descriptor: FileDescriptor
    do { descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec]) } catch {
      throw error as? Errno ?? .ioError
    }
    defer { try? descriptor.close() }
    var status = stat()
    guard unsafe fstat(descriptor.rawValue, &status) == 0 else { throw Errno(rawValue: errno) }
    let mode = status.st_mode & 0o777
    guard status.st_mode & S_IFMT != S_IFREG || mode & 0o077 == 0 else { return (mode, nil) }
    // Of its full size from the beginning: nothing is left behind where it would have grown.
    var bytes = [UInt8](repeating: 0, count: limit + 1)
    defer { wipe(&bytes) }
    var filled = 0
    while filled <= limit {
      let count = unsafe bytes.withUnsafeMutableBytes { bytes in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[filled...])
        return unsafe Glibc.read(descriptor.rawValue, room.baseAddress, room.count)
      }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw Errno(rawValue: errno) }
      if count == 0 { return (mode, Array(bytes[..<filled])) }
      filled += count
    }
    throw .fileTooLarge
  }
}
