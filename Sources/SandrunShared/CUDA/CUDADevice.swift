/// One device of the driver.
public struct CUDADevice: Sendable {
  /// Its place in the driver's own order, which `CUDA_VISIBLE_DEVICES` and `CUDA_DEVICE_ORDER` change.
  public let index: Int
  let handle: Int32
  let functions: CUDAFunctions

  init(index: Int, handle: Int32, _ functions: CUDAFunctions) {
    self.index = index
    self.handle = handle
    self.functions = functions
  }

  /// Something that is a number, by its own number in `CUdevice_attribute`.
  public struct Attribute: RawRepresentable, Sendable {
    /// The number.
    public var rawValue: Int32

    /// Takes any number of the header.
    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The highest clock, in kHz.
    public static let clock = Attribute(rawValue: 13)
    /// Streaming multiprocessors.
    public static let multiprocessors = Attribute(rawValue: 16)
    /// Whether memory corrects its errors now.
    public static let errorCorrection = Attribute(rawValue: 32)
    /// The memory's highest clock, in kHz.
    public static let memoryClock = Attribute(rawValue: 36)
    /// The width of the memory's bus, in bits.
    public static let memoryBusWidth = Attribute(rawValue: 37)
    /// The cache that all multiprocessors share, in bytes.
    public static let l2Cache = Attribute(rawValue: 38)
    /// The major number of the compute capability.
    public static let computeMajor = Attribute(rawValue: 75)
    /// The minor number of it.
    public static let computeMinor = Attribute(rawValue: 76)

    /// What a driver is believed.
    var bounds: ClosedRange<Int32> {
      switch rawValue {
      case Self.multiprocessors.rawValue: 1...1 << 16
      case Self.computeMajor.rawValue: 1...999
      case Self.computeMinor.rawValue: 0...9
      default: 0...Int32.max
      }
    }
  }

  /// The model's name; the corresponding C function is `cuDeviceGetName`.
  public func name() throws(CUDAError) -> String {
    try unsafe text("cuDeviceGetName", capacity: 256) { buffer, capacity in
      unsafe functions.deviceGetName(buffer, capacity, handle)
    }
  }

  /// Its place on the bus, as `00000000:3B:00.0`; the corresponding C function is `cuDeviceGetPCIBusId`.
  public func busID() throws(CUDAError) -> String {
    try unsafe text("cuDeviceGetPCIBusId", capacity: 64) { buffer, capacity in
      unsafe functions.deviceGetBusID(buffer, capacity, handle)
    }
  }

  /// The 16 bytes that tell it from all others; the corresponding C function is `cuDeviceGetUuid`.
  public func uuid() throws(CUDAError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 16)
    let status = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe buffer.baseAddress.map { unsafe functions.deviceGetUUID($0, handle) } ?? 1
    }
    try functions.check(status, "cuDeviceGetUuid")
    return bytes
  }

  /// Its memory, in bytes; the corresponding C function is `cuDeviceTotalMem_v2`.
  public func totalMemory() throws(CUDAError) -> Int {
    var bytes: UInt = 0
    let call = "cuDeviceTotalMem"
    try functions.check(unsafe functions.deviceTotalMemory(&bytes, handle), call)
    guard bytes < 1 << 53 else { throw .nonsense(call, bytes) }
    return Int(bytes)
  }

  /// A number; the corresponding C function is `cuDeviceGetAttribute`.
  public func attribute(_ attribute: Attribute) throws(CUDAError) -> Int {
    var value: Int32 = 0
    let call = "cuDeviceGetAttribute"
    try functions.check(
      unsafe functions.deviceGetAttribute(&value, attribute.rawValue, handle), call)
    guard attribute.bounds.contains(value) else { throw .nonsense(call, value) }
    return Int(value)
  }

  private func text(
    _ call: String, capacity: Int,
    _ fill: (UnsafeMutablePointer<CChar>, Int32) -> Int32
  ) throws(CUDAError) -> String {
    var bytes = [CChar](repeating: 0, count: capacity)
    // The last byte stays zero, whatever the driver writes.
    let status = unsafe bytes.withUnsafeMutableBufferPointer { buffer in
      unsafe buffer.baseAddress.map { unsafe fill($0, Int32(capacity - 1)) } ?? 1
    }
    try functions.check(status, call)
    return String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
