/// One device of a platform.
public struct OpenCLDevice: Sendable {
  let handle: OpenCLHandle
  let platform: OpenCLHandle
  let functions: OpenCLFunctions

  init(_ handle: OpenCLHandle, platform: OpenCLHandle, _ functions: OpenCLFunctions) {
    self.handle = handle
    self.platform = platform
    self.functions = functions
  }

  /// What kind of processor it is.
  public enum Kind: String, Sendable {
    /// A graphics processor.
    case gpu
    /// Another processor made for computing.
    case accelerator
    /// The machine's own processor.
    case cpu
    /// None of these.
    case other
  }

  /// Something that can be asked of a device, by its number in the headers.
  public struct Question: RawRepresentable, Sendable {
    /// The number.
    public var rawValue: UInt32

    /// Takes any number of the headers.
    public init(rawValue: UInt32) { self.rawValue = rawValue }

    static let type = Question(rawValue: 0x1000)
    /// The vendor's number, a PCI vendor where it has one.
    public static let vendorID = Question(rawValue: 0x1001)
    /// How many compute units.
    public static let computeUnits = Question(rawValue: 0x1002)
    /// The largest work group.
    public static let maximumWorkGroup = Question(rawValue: 0x1004)
    /// The highest clock, in MHz.
    public static let maximumClock = Question(rawValue: 0x100C)
    /// The largest single allocation, in bytes.
    public static let maximumAllocation = Question(rawValue: 0x1010)
    /// The memory that all units share: its cache, in bytes.
    public static let cacheSize = Question(rawValue: 0x101E)
    /// The memory that all units share, in bytes.
    static let memory = Question(rawValue: 0x101F)
    /// Whether memory corrects its errors.
    public static let errorCorrection = Question(rawValue: 0x1024)
    /// Whether it can be used now.
    public static let isAvailable = Question(rawValue: 0x1027)
    /// Its name.
    public static let name = Question(rawValue: 0x102B)
    /// Who made it.
    public static let vendor = Question(rawValue: 0x102C)
    /// The driver's version.
    public static let driverVersion = Question(rawValue: 0x102D)
    /// The version of OpenCL that it speaks.
    public static let version = Question(rawValue: 0x102F)
    /// The names of what it can beyond the core.
    public static let extensions = Question(rawValue: 0x1030)
    /// 16 bytes that tell it from all others (`cl_khr_device_uuid`).
    static let uuid = Question(rawValue: 0x106A)
    /// The major number of the compute capability (`cl_nv_device_attribute_query`).
    public static let computeMajor = Question(rawValue: 0x4000)
    /// The minor number of it.
    public static let computeMinor = Question(rawValue: 0x4001)
  }

  /// What kind it is.
  public func kind() throws(OpenCLError) -> Kind {
    let bits = try integer(.type)
    if bits & 4 != 0 { return .gpu }
    if bits & 8 != 0 { return .accelerator }
    return bits & 2 != 0 ? .cpu : .other
  }

  /// The name of the platform that brought it.
  public func platformName() throws(OpenCLError) -> String {
    let bytes = try unsafe Self.bytes(
      platform, 0x0902, "clGetPlatformInfo", unsafe functions.getPlatformInfo)
    return Self.text(bytes)
  }

  /// The 16 bytes that tell it from all others; throws where the driver has no `cl_khr_device_uuid`.
  public func uuid() throws(OpenCLError) -> [UInt8] {
    let bytes = try bytes(.uuid)
    guard bytes.count == 16 else { throw OpenCLError(code: -30, call: "clGetDeviceInfo") }
    return bytes
  }

  /// Its memory, in bytes.
  public func memory() throws(OpenCLError) -> Int {
    try number(.memory, within: 0..<1 << 53)
  }

  /// The largest single allocation, in bytes.
  public func maximumAllocation() throws(OpenCLError) -> Int {
    try number(.maximumAllocation, within: 0..<1 << 53)
  }

  /// The cache that all units share, in bytes.
  public func cacheSize() throws(OpenCLError) -> Int {
    try number(.cacheSize, within: 0..<1 << 40)
  }

  /// How many compute units.
  public func computeUnits() throws(OpenCLError) -> Int {
    try number(.computeUnits, within: 1..<1 << 16 + 1)
  }

  /// The largest work group.
  public func maximumWorkGroup() throws(OpenCLError) -> Int {
    try number(.maximumWorkGroup, within: 1..<1 << 32)
  }

  /// The highest clock, in MHz.
  public func maximumClock() throws(OpenCLError) -> Int {
    try number(.maximumClock, within: 0..<100_001)
  }

  /// The compute capability, as `8.0`; throws where the driver has no `cl_nv_device_attribute_query`.
  public func compute() throws(OpenCLError) -> String {
    let major = try number(.computeMajor, within: 1..<1000)
    return "\(major).\(try number(.computeMinor, within: 0..<10))"
  }

  /// A number that is believed within bounds alone.
  private func number(_ question: Question, within bounds: Range<Int>) throws(OpenCLError) -> Int {
    try Self.believed(try integer(question), within: bounds)
  }

  static func believed(_ value: UInt64, within bounds: Range<Int>) throws(OpenCLError) -> Int {
    guard let number = Int(exactly: value), bounds.contains(number) else {
      throw OpenCLError(code: -30, call: "clGetDeviceInfo", words: "it tells of \(value)")
    }
    return number
  }

  /// An answer that is a number of 1 to 8 bytes.
  public func integer(_ question: Question) throws(OpenCLError) -> UInt64 {
    let bytes = try bytes(question)
    guard (1...8).contains(bytes.count) else {
      throw OpenCLError(code: -30, call: "clGetDeviceInfo")
    }
    return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// An answer that is text, without spaces around it.
  public func text(_ question: Question) throws(OpenCLError) -> String {
    Self.text(try bytes(question))
  }

  /// An answer as it lies in memory; the corresponding C function is `clGetDeviceInfo`.
  public func bytes(_ question: Question) throws(OpenCLError) -> [UInt8] {
    try unsafe Self.bytes(
      handle, question.rawValue, "clGetDeviceInfo", unsafe functions.getDeviceInfo)
  }

  /// A driver's answer is at most so long; a longer one is not believed.
  private static let longest = 1 << 20

  private static func bytes(
    _ handle: OpenCLHandle, _ question: UInt32, _ call: String,
    _ function: OpenCLFunctions.GetInfo
  ) throws(OpenCLError) -> [UInt8] {
    var count = 0
    try OpenCLError.check(
      unsafe function(handle.address, question, 0, nil, &count), call)
    guard (0...longest).contains(count) else { throw OpenCLError(code: -30, call: call) }
    var bytes = [UInt8](repeating: 0, count: count)
    let status = unsafe bytes.withUnsafeMutableBytes { buffer in
      unsafe function(handle.address, question, count, buffer.baseAddress, nil)
    }
    try OpenCLError.check(status, call)
    return bytes
  }

  private static func text(_ bytes: [UInt8]) -> String {
    let text = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    let isSpace = { (character: Character) in character.isWhitespace }
    return String(text.drop(while: isSpace).reversed().drop(while: isSpace).reversed())
  }
}
