import NodeServer
import Records
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

extension NetworkOptions {
  /// Where the node can be reached from here: under a loopback address where it listens on all of them.
  func endpoint(port: Int) -> String {
    var host = (try? Self.parse(listen))?.host ?? ""
    if isOpenToAll { host = host.contains(":") ? "::1" : "127.0.0.1" }
    return "http://\(host.contains(":") ? "[\(host)]" : host):\(port)"
  }

  /// Whether it listens on every address of the machine.
  var isOpenToAll: Bool {
    let host = (try? Self.parse(listen))?.host ?? ""
    var four = in_addr()
    if unsafe inet_aton(host, &four) != 0 { return four.s_addr == 0 }
    var six = in6_addr()
    guard unsafe inet_pton(AF_INET6, host, &six) == 1 else { return false }
    return unsafe withUnsafeBytes(of: &six) { unsafe $0.allSatisfy { $0 == 0 } }
  }

  /// Throws where the address is not this machine's or its port is taken, before anybody is asked for a passphrase.
  ///
  /// The server may still be refused: what is free now may be taken by then. The C functions are `getaddrinfo` and
  /// `bind`.
  func checkListening() throws(Failure) {
    guard let (host, port) = try? Self.parse(listen) else { return }
    var hints = unsafe addrinfo()
    unsafe hints.ai_flags = AI_PASSIVE
    unsafe hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
    var found: UnsafeMutablePointer<addrinfo>?
    // A name that does not resolve is the server's to tell.
    guard unsafe getaddrinfo(host, "\(port)", &hints, &found) == 0, let first = unsafe found else {
      return
    }
    defer { unsafe freeaddrinfo(first) }
    let kind = unsafe first.pointee.ai_socktype | Int32(SOCK_CLOEXEC.rawValue)
    let number = unsafe socket(first.pointee.ai_family, kind, 0)
    guard number >= 0 else { return }
    defer { close(number) }
    var on: Int32 = 1
    unsafe setsockopt(number, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<Int32>.size))
    guard unsafe bind(number, first.pointee.ai_addr, first.pointee.ai_addrlen) != 0 else { return }
    let reason = Errno(rawValue: errno)
    let address = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    throw Failure(ServerError.cannotListen(address, reason: "\(reason)"))
  }
}
