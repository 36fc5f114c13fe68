#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How far into the networks around this machine a connection leads.
public enum HTTPReach: Int, Comparable, Sendable {
  /// The public internet alone.
  case world
  /// Private networks and the link, too: what others out there cannot reach.
  case network
  /// This machine, too.
  case machine

  /// Whether one leads less far in.
  public static func < (one: HTTPReach, other: HTTPReach) -> Bool { one.rawValue < other.rawValue }
}

extension HTTPReach {
  /// How far in an address lies that is written as a number, nil for a name; what cannot be told counts as this machine.
  init?(address text: String, own: () -> Set<[UInt8]> = OwnAddresses.now) {
    let plain = text.hasPrefix("[") ? text.dropFirst().prefix { $0 != "]" } : text[...]
    // A link's address may name its interface.
    let bare = String(plain.prefix { $0 != "%" })
    var short = in_addr()
    var long = in6_addr()
    if unsafe inet_pton(AF_INET, bare, &short) == 1 {
      self.init(ip4: unsafe withUnsafeBytes(of: short) { unsafe Array($0) }, own: own)
    } else if unsafe inet_pton(AF_INET6, bare, &long) == 1 {
      self.init(ip6: unsafe withUnsafeBytes(of: long) { unsafe Array($0) }, own: own)
    } else {
      return nil
    }
  }

  /// Of four bytes (IANA, IPv4 Special-Purpose Address Registry); `own` are the addresses that lead to this machine.
  init(ip4 bytes: [UInt8], own: () -> Set<[UInt8]>) {
    let address = bytes.reduce(0) { $0 << 8 | UInt32($1) }
    func lies(in network: UInt32, _ bits: UInt32) -> Bool {
      address >> (32 - bits) == network >> (32 - bits)
    }
    // The unspecified address is this machine, too.
    if lies(in: 0x7f00_0000, 8) || address == 0 {
      self = .machine
      return
    }
    let others: [(UInt32, UInt32)] = [
      (0x0000_0000, 8), (0x0a00_0000, 8), (0x6440_0000, 10), (0xa9fe_0000, 16),
      (0xac10_0000, 12), (0xc000_0000, 24), (0xc000_0200, 24), (0xc058_6300, 24),
      (0xc0a8_0000, 16), (0xc612_0000, 15), (0xc633_6400, 24), (0xcb00_7100, 24),
      // Multicast, and what is kept for later, broadcast included.
      (0xe000_0000, 4), (0xf000_0000, 4),
    ]
    self = others.contains { lies(in: $0.0, $0.1) } ? .network : .world
    if own().contains(bytes) { self = .machine }
  }

  /// Of sixteen bytes (IANA, IPv6 Special-Purpose Address Registry); `own` are the addresses that lead to this machine.
  init(ip6 bytes: [UInt8], own: () -> Set<[UInt8]>) {
    let head = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    let tail = bytes.suffix(8).reduce(0) { $0 << 8 | UInt64($1) }
    func lies(in network: UInt64, _ bits: UInt64) -> Bool {
      head >> (64 - bits) == network >> (64 - bits)
    }
    if head == 0, tail <= 1 {
      self = .machine
    } else if head == 0, tail >> 32 == 0xffff {
      // An IPv4 address in the clothes of the other.
      self.init(ip4: Array(bytes[12...]), own: own)
    } else if head == 0x0064_ff9b_0000_0000, tail >> 32 == 0 {
      // NAT64, by which a network without IPv4 reaches it.
      self.init(ip4: Array(bytes[12...]), own: own)
    } else if lies(in: 0x2002_0000_0000_0000, 16) {
      // 6to4.
      self.init(ip4: Array(bytes[2..<6]), own: own)
    } else {
      // Global unicast, but for Teredo and its like, documentation, and all that is no unicast.
      let isGlobal =
        lies(in: 0x2000_0000_0000_0000, 3) && !lies(in: 0x2001_0000_0000_0000, 23)
        && !lies(in: 0x2001_0db8_0000_0000, 32) && !lies(in: 0x3fff_0000_0000_0000, 20)
      self = isGlobal ? .world : .network
      if own().contains(bytes) { self = .machine }
    }
  }

  /// How far in the address lies that libcurl is about to connect to; nil for no IP address.
  init?(_ address: UnsafePointer<sockaddr>, own: () -> Set<[UInt8]> = OwnAddresses.now) {
    let bytes = unsafe UnsafeRawPointer(address)
    // The port, and in version 6 a label, stand before it.
    switch Int32(unsafe address.pointee.sa_family) {
    case AF_INET:
      self.init(
        ip4: (4..<8).map { unsafe bytes.load(fromByteOffset: $0, as: UInt8.self) }, own: own)
    case AF_INET6:
      self.init(
        ip6: (8..<24).map { unsafe bytes.load(fromByteOffset: $0, as: UInt8.self) }, own: own)
    default: return nil
    }
  }

  /// `it is this machine`, for what must not be asked.
  var words: String {
    switch self {
    case .world: "it lies in the internet"
    case .network: "it lies in a private network"
    case .machine: "it is this machine"
    }
  }
}
