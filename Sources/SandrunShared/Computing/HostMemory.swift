#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// Memory of the host that a device copies from and to; freed with the last reference.
@safe public final class HostMemory {
  /// How long it is.
  public let byteCount: Int
  /// Where it lies, for the calls of a driver.
  public let address: UnsafeMutableRawPointer
  /// Whether it stays in its place, as a driver's does.
  public let isPinned: Bool
  private let release: (UnsafeMutableRawPointer) -> Void

  /// Takes over memory that a driver gave, and how to give it back.
  public init(
    _ address: UnsafeMutableRawPointer, byteCount: Int, isPinned: Bool = true,
    release: @escaping (UnsafeMutableRawPointer) -> Void
  ) {
    unsafe self.address = address
    self.byteCount = byteCount
    self.isPinned = isPinned
    unsafe self.release = release
  }

  /// Ordinary memory, which the system may move: what a program has that takes no care.
  public convenience init(pageable byteCount: Int) {
    let address = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 4096)
    // Touched, so that no page is given to it while something is timed.
    unsafe memset(address, 0, byteCount)
    unsafe self.init(address, byteCount: byteCount, isPinned: false) {
      unsafe $0.deallocate()
    }
  }

  deinit { unsafe release(address) }

  /// Writes one byte all over it.
  public func fill(_ byte: UInt8) { unsafe memset(address, Int32(byte), byteCount) }

  /// Copies bytes to its start, as many as fit.
  public func write(_ bytes: [UInt8]) {
    unsafe bytes.withUnsafeBytes { buffer in
      if let start = buffer.baseAddress {
        unsafe memcpy(address, start, min(buffer.count, byteCount))
      }
    }
  }

  /// Whether it begins with bytes.
  public func starts(with bytes: [UInt8]) -> Bool {
    guard bytes.count <= byteCount else { return false }
    return unsafe bytes.withUnsafeBytes { buffer in
      guard let start = buffer.baseAddress else { return true }
      return unsafe memcmp(address, start, buffer.count) == 0
    }
  }

  /// Turns over the lowest bit of a byte: what a test spoils a copy with.
  public func flip(at place: Int) {
    guard (0..<byteCount).contains(place) else { return }
    let byte = unsafe address.load(fromByteOffset: place, as: UInt8.self)
    unsafe address.storeBytes(of: byte ^ 1, toByteOffset: place, as: UInt8.self)
  }
}

/// One copy between host and device, of as many bytes as the host's memory has.
public struct Transfer<Memory> {
  /// Which way.
  public enum Direction: Sendable { case toDevice, fromDevice }

  /// Which way.
  public var direction: Direction
  /// The host's end.
  public var host: HostMemory
  /// The device's end.
  public var memory: Memory

  /// Makes it from its parts.
  public init(_ direction: Direction, _ host: HostMemory, _ memory: Memory) {
    self.direction = direction
    self.host = host
    self.memory = memory
  }
}
