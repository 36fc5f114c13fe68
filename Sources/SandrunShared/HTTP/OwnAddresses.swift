#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The addresses that lead to this machine, whatever network they belong to.
enum OwnAddresses {
  /// Of all interfaces as they are now: four bytes each, or sixteen; none where the system does not tell (getifaddrs(3)).
  static func now() -> Set<[UInt8]> {
    var first: UnsafeMutablePointer<ifaddrs>?
    guard unsafe getifaddrs(&first) == 0 else { return [] }
    defer { unsafe freeifaddrs(first) }
    var found: Set<[UInt8]> = []
    var next = unsafe first
    while let interface = unsafe next {
      unsafe next = interface.pointee.ifa_next
      guard let address = unsafe interface.pointee.ifa_addr else { continue }
      let bytes = UnsafeRawPointer(address)
      // The port, and in version 6 a label, stand before it.
      let place: Range<Int>? =
        switch Int32(unsafe address.pointee.sa_family) {
        case AF_INET: 4..<8
        case AF_INET6: 8..<24
        default: nil
        }
      if let place {
        found.insert(place.map { unsafe bytes.load(fromByteOffset: $0, as: UInt8.self) })
      }
    }
    return found
  }
}
