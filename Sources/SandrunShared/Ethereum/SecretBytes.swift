internal import Glibc
public import SystemPackage

/// Bytes that must not outlive their use: in one place on the heap, wiped before they are freed.
///
/// Move-only, so no copy is made by accident; it has no description, so none is printed. The corresponding C function
/// is `explicit_bzero`.
@safe
public struct SecretBytes: ~Copyable, @unchecked Sendable {
  // Sendable: one owner at a time, and nothing writes after the initializer.
  private let base: UnsafeMutablePointer<UInt8>

  /// How many bytes there are.
  public let count: Int

  /// Makes room for `count` bytes, zeros at first, that `fill` writes.
  init<E>(count: Int, fill: (UnsafeMutablePointer<UInt8>) throws(E) -> Void) throws(E) {
    // One byte at least, so that there is an address even where there is nothing.
    let base = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, count))
    unsafe base.initialize(repeating: 0, count: max(1, count))
    do throws(E) {
      try unsafe fill(base)
    } catch {
      unsafe Self.discard(base, count)
      throw error
    }
    unsafe self.base = base
    self.count = count
  }

  deinit { unsafe Self.discard(base, count) }

  private static func discard(_ base: UnsafeMutablePointer<UInt8>, _ count: Int) {
    unsafe explicit_bzero(base, count)
    unsafe base.deallocate()
  }

  /// Lends the bytes.
  public borrowing func withSpan<R: ~Copyable, E>(
    _ body: (Span<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    try unsafe body(UnsafeBufferPointer(start: base, count: count).span)
  }

  /// Lends the address of the bytes to C.
  borrowing func withUnsafePointer<R: ~Copyable, E>(
    _ body: (UnsafePointer<UInt8>) throws(E) -> R
  ) throws(E) -> R {
    try unsafe body(UnsafePointer(base))
  }
}

extension SecretBytes {
  /// A copy of bytes whose owner wipes them, or need not.
  public init(copying bytes: Span<UInt8>) {
    unsafe self.init(count: bytes.count) { base in
      for index in bytes.indices { unsafe base[index] = bytes[index] }
    }
  }

  /// No bytes at all.
  public static var empty: SecretBytes { unsafe SecretBytes(count: 0) { _ in } }

  /// Random bytes from the system, at most 256; the corresponding C function is `getentropy`.
  public static func random(count: Int) -> SecretBytes {
    unsafe SecretBytes(count: count) { base in
      let status = unsafe getentropy(base, count)
      precondition(status == 0, "the system gives no random bytes")
    }
  }

  /// All that a descriptor still holds; nil where that is more than `limit` bytes.
  public static func read(
    _ descriptor: FileDescriptor, limit: Int
  ) throws(Errno) -> SecretBytes? {
    var filled = 0
    let room = try unsafe SecretBytes(count: limit + 1) { base throws(Errno) in
      while filled <= limit {
        let count = unsafe Glibc.read(descriptor.rawValue, base + filled, limit + 1 - filled)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { throw Errno(rawValue: errno) }
        if count == 0 { return }
        filled += count
      }
    }
    guard filled <= limit else { return nil }
    return room.prefix(filled)
  }

  /// A file's content; nil where that is more than `limit` bytes.
  public static func read(_ path: FilePath, limit: Int) throws(Errno) -> SecretBytes? {
    let descriptor: FileDescriptor
    do {
      descriptor = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
    } catch {
      throw error as? Errno ?? .ioError
    }
    defer { try? descriptor.close() }
    return try read(descriptor, limit: limit)
  }

  /// The first bytes, in a place of their own.
  public borrowing func prefix(_ count: Int) -> SecretBytes {
    withSpan { SecretBytes(copying: $0.extracting(first: count)) }
  }

  /// The last bytes, in a place of their own.
  borrowing func suffix(_ count: Int) -> SecretBytes {
    withSpan { SecretBytes(copying: $0.extracting(last: count)) }
  }
}
