import Glibc
import Records

/// A port of 127.0.0.1 for a program that cannot tell which one it took; the C functions are `bind` and `getsockname`.
enum LoopbackPort {
  /// The port itself, or for 0 one that was free a moment ago.
  static func chosen(_ port: UInt16) throws(Failure) -> UInt16 {
    guard port == 0 else { return port }
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = unsafe withUnsafeMutablePointer(to: &address) { pointer in
      unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        unsafe bind(descriptor, address, length) == 0
          && getsockname(descriptor, address, &length) == 0
      }
    }
    guard isBound else { throw Failure(.unavailable, "no port of 127.0.0.1 is free") }
    return UInt16(bigEndian: address.sin_port)
  }
}
