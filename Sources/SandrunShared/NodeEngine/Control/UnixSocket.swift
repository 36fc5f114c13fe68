internal import Files
internal import SystemPackage

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A stream socket by a name in the file system; the C functions are those of `socket`.
///
/// Move-only: the descriptor is closed exactly once.
struct UnixSocket: ~Copyable {
  let descriptor: Int32

  /// Owns a descriptor from now on.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  /// Listens under a name that nobody else uses, for the user of this process alone.
  static func listening(in folder: FilePath, named name: String) throws(Errno) -> UnixSocket {
    let socket = try make()
    let path = folder.appending(name)
    // What a killed process left; the folder's lock says that it is dead.
    unsafe unlink(path.string)
    try unsafe named(path, in: folder) { (address, length) throws(Errno) in
      guard unsafe bind(socket.descriptor, address, length) == 0 else { throw Errno.current }
    }
    // Before it listens nobody can connect.
    guard unsafe chmod(path.string, 0o600) == 0, listen(socket.descriptor, 16) == 0 else {
      throw Errno.current
    }
    return socket
  }

  /// Connects to whoever listens under a name.
  static func connected(in folder: FilePath, named name: String) throws(Errno) -> UnixSocket {
    let socket = try make()
    try unsafe named(folder.appending(name), in: folder) { (address, length) throws(Errno) in
      guard unsafe connect(socket.descriptor, address, length) == 0 else { throw Errno.current }
    }
    return socket
  }

  /// The next that connects; nil once there is none any more.
  borrowing func accepted() -> UnixSocket? {
    while true {
      let number = accept(descriptor, nil, nil)
      if number >= 0 {
        _ = fcntl(number, F_SETFD, FD_CLOEXEC)
        return UnixSocket(number)
      }
      guard [.interrupted, .connectionAbort].contains(Errno.current) else { return nil }
    }
  }

  /// Ends all calls on it, here and there.
  borrowing func shut() { shutdown(descriptor, Int32(SHUT_RDWR)) }

  /// Bounds how long a call may wait for the other side.
  borrowing func bound(seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
      unsafe setsockopt(
        descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
    }
  }

  /// Reads what is there, at most so much; empty at the end, and where the other side took too long.
  borrowing func read(atMost count: Int) -> [UInt8] {
    unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, length in
      var got: Int
      repeat {
        got = unsafe recv(descriptor, buffer.baseAddress, count, 0)
      } while got < 0 && Errno.current == .interrupted
      length = max(0, got)
    }
  }

  /// Writes all; false where the other side is gone, or does not read.
  borrowing func write(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let sent = unsafe rest.withUnsafeBytes {
        unsafe send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if sent < 0, Errno.current == .interrupted { continue }
      guard sent > 0 else { return false }
      rest = rest.dropFirst(sent)
    }
    return true
  }

  private static func make() throws(Errno) -> UnixSocket {
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let number = socket(AF_UNIX, kind, 0)
    guard number >= 0 else { throw Errno.current }
    return UnixSocket(number)
  }

  /// Makes an address; one that is too long for it, which a path may be, is told by way of its folder's descriptor.
  private static func named(
    _ path: FilePath, in folder: FilePath,
    _ body: (UnsafePointer<sockaddr>, socklen_t) throws(Errno) -> Void
  ) throws(Errno) {
    if path.string.utf8.count < room { return try unsafe with(path.string, body) }
    let number = unsafe open(folder.string, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard number >= 0 else { throw Errno.current }
    defer { close(number) }
    try unsafe with("/proc/self/fd/\(number)/\(path.lastComponent?.string ?? "")", body)
  }

  private static let room = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

  private static func with(
    _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) throws(Errno) -> Void
  ) throws(Errno) {
    guard path.utf8.count < room else { throw .fileNameTooLong }
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let result: Result<Void, Errno> = unsafe withUnsafePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        Result { () throws(Errno) in
          try unsafe body(address, socklen_t(MemoryLayout<sockaddr_un>.size))
        }
      }
    }
    try result.get()
  }
}

extension Errno {
  /// What the last C function that failed says.
  static var current: Errno { Errno(rawValue: errno) }
}
