/// One GPU, as NVML tells of it.
///
/// Each question throws where it cannot be answered; `isUnsupported` tells whether another would fare no better.
@safe public struct NVMLDevice: @unchecked Sendable {
  /// Its place in the order of the bus.
  public let index: Int
  // NVML's own object: never freed, and any thread may name it.
  let handle: NVMLFunctions.Device
  let functions: NVMLFunctions

  init(index: Int, _ handle: NVMLFunctions.Device, _ functions: NVMLFunctions) {
    self.index = index
    unsafe self.handle = handle
    self.functions = functions
  }

  /// Which clock is meant (`nvmlClockType_t`).
  public enum Clock: Int32, Sendable {
    /// The streaming multiprocessors'.
    case sm = 1
    /// The memory's.
    case memory = 2
  }

  /// The model's name; the corresponding C function is `nvmlDeviceGetName`.
  public func name() throws(NVMLError) -> String { try text("nvmlDeviceGetName") }

  /// `GPU-…`; the corresponding C function is `nvmlDeviceGetUUID`.
  public func uuid() throws(NVMLError) -> String { try text("nvmlDeviceGetUUID") }

  /// Its place on the bus, as `00000000:3B:00.0`; the corresponding C function is `nvmlDeviceGetPciInfo_v3`.
  public func busID() throws(NVMLError) -> String {
    let call = "nvmlDeviceGetPciInfo_v3"
    // nvmlPciInfo_t: the old text (16), five numbers (20), the text (32); the room behind it stays zero.
    var bytes = [UInt8](repeating: 0, count: 96)
    try fill(&bytes, call)
    return String(decoding: bytes[36..<68].prefix { $0 != 0 }, as: UTF8.self)
  }

  /// The clock at this moment, in MHz; the corresponding C function is `nvmlDeviceGetClockInfo`.
  public func clock(_ clock: Clock) throws(NVMLError) -> Int {
    try number("nvmlDeviceGetClockInfo", of: clock.rawValue, upTo: 100_000)
  }

  /// The highest that the clock goes, in MHz; the corresponding C function is `nvmlDeviceGetMaxClockInfo`.
  public func maximumClock(_ clock: Clock) throws(NVMLError) -> Int {
    try number("nvmlDeviceGetMaxClockInfo", of: clock.rawValue, upTo: 100_000)
  }

  /// In degrees Celsius; the corresponding C function is `nvmlDeviceGetTemperature`.
  public func temperature() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetTemperature", of: 0, upTo: 1000)
  }

  /// The generation of PCI Express that the link runs at now.
  public func linkGeneration() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetCurrPcieLinkGeneration", upTo: 100)
  }

  /// The generation that device and system are able to.
  public func maximumLinkGeneration() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetMaxPcieLinkGeneration", upTo: 100)
  }

  /// The lanes of the link that are in use now.
  public func linkWidth() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetCurrPcieLinkWidth", upTo: 100)
  }

  /// The lanes that device and system are able to.
  public func maximumLinkWidth() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetMaxPcieLinkWidth", upTo: 100)
  }

  /// The energy drawn since the driver was loaded, in millijoules; the corresponding C function is
  /// `nvmlDeviceGetTotalEnergyConsumption`.
  public func energy() throws(NVMLError) -> Int {
    let call = "nvmlDeviceGetTotalEnergyConsumption"
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetWide.self)
    var energy: UInt64 = 0
    try functions.check(unsafe function(handle, &energy), call)
    guard energy < 1 << 53 else {
      throw NVMLError(code: 999, call: call, words: "it tells of \(energy) mJ")
    }
    return Int(energy)
  }

  /// The power drawn, in milliwatts, on most GPUs as the mean of about a second; the corresponding C function is
  /// `nvmlDeviceGetPowerUsage`.
  public func power() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetPowerUsage", upTo: Self.mostPower)
  }

  /// The power that it is held to, in milliwatts; the corresponding C function is `nvmlDeviceGetEnforcedPowerLimit`.
  public func powerLimit() throws(NVMLError) -> Int {
    try number("nvmlDeviceGetEnforcedPowerLimit", upTo: Self.mostPower)
  }

  /// The least and the most that the limit can be set to, in milliwatts.
  ///
  /// The corresponding C function is `nvmlDeviceGetPowerManagementLimitConstraints`.
  public func powerLimits() throws(NVMLError) -> (least: Int, most: Int) {
    try pair("nvmlDeviceGetPowerManagementLimitConstraints", upTo: Self.mostPower)
  }

  /// Whether memory corrects its errors, now and after the next start; the corresponding C function is `nvmlDeviceGetEccMode`.
  public func errorCorrection() throws(NVMLError) -> (now: Bool, next: Bool) {
    let modes = try pair("nvmlDeviceGetEccMode", upTo: 1)
    return (modes.0 != 0, modes.1 != 0)
  }

  /// Whether it is cut into instances, now and after the next reset; the corresponding C function is `nvmlDeviceGetMigMode`.
  public func instances() throws(NVMLError) -> (now: Bool, next: Bool) {
    let modes = try pair("nvmlDeviceGetMigMode", upTo: 1)
    return (modes.0 != 0, modes.1 != 0)
  }

  /// How many of its NVLinks are up; the corresponding C function is `nvmlDeviceGetNvLinkState`.
  public func activeLinks() throws(NVMLError) -> Int {
    let call = "nvmlDeviceGetNvLinkState"
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetOfLink.self)
    var active = 0
    // NVML_NVLINK_MAX_LINKS
    for link in 0..<UInt32(18) {
      var isUp: UInt32 = 0
      let status = unsafe function(handle, link, &isUp)
      // A model without any; which of two codes tells that a link is not there differs by generation.
      if status == NVMLError.notSupported, link == 0 { return 0 }
      if link > 0, [NVMLError.invalidArgument, NVMLError.notSupported].contains(status) {
        continue
      }
      try functions.check(status, call)
      active += isUp != 0 ? 1 : 0
    }
    return active
  }

  /// Its memory in bytes; the corresponding C function is `nvmlDeviceGetMemoryInfo`.
  public func memory() throws(NVMLError) -> (total: Int, free: Int, used: Int) {
    let call = "nvmlDeviceGetMemoryInfo"
    var numbers = [UInt64](repeating: 0, count: 3)
    try fill(&numbers, call)
    guard numbers.allSatisfy({ $0 < 1 << 53 }) else {
      throw NVMLError(code: 999, call: call, words: "it tells of \(numbers.max() ?? 0) bytes")
    }
    return (Int(numbers[0]), Int(numbers[1]), Int(numbers[2]))
  }

  /// How busy it and its memory were over the last moments, in percent; the corresponding C function is
  /// `nvmlDeviceGetUtilizationRates`.
  public func utilization() throws(NVMLError) -> (gpu: Int, memory: Int) {
    let call = "nvmlDeviceGetUtilizationRates"
    var numbers: [UInt32] = [0, 0]
    try fill(&numbers, call)
    guard numbers.allSatisfy({ $0 <= 100 }) else {
      throw NVMLError(code: 999, call: call, words: "it tells of \(numbers.max() ?? 0) percent")
    }
    return (Int(numbers[0]), Int(numbers[1]))
  }

  /// Why its clocks are lower than they could be, bits of `nvmlClocksThrottleReasons`.
  public func throttleReasons() throws(NVMLError) -> UInt64 {
    let call = "nvmlDeviceGetCurrentClocksThrottleReasons"
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetWide.self)
    var reasons: UInt64 = 0
    try functions.check(unsafe function(handle, &reasons), call)
    return reasons
  }
}

extension NVMLDevice {
  private func text(_ call: String) throws(NVMLError) -> String {
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetText.self)
    return try unsafe functions.text(call, capacity: 128) { buffer, capacity in
      unsafe function(handle, buffer, capacity)
    }
  }

  /// Has a call fill in a structure, which the elements are long enough for.
  private func fill<Element>(_ block: inout [Element], _ call: String) throws(NVMLError) {
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetBlock.self)
    let status = unsafe block.withUnsafeMutableBytes { buffer in
      unsafe buffer.baseAddress.map { unsafe function(handle, $0) } ?? 999
    }
    try functions.check(status, call)
  }

  /// A hundred kilowatts, in milliwatts.
  private static let mostPower: UInt32 = 100_000_000

  private func number(_ call: String, upTo most: UInt32) throws(NVMLError) -> Int {
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetNumber.self)
    var value: UInt32 = 0
    try functions.check(unsafe function(handle, &value), call)
    return try Self.believed(value, call, upTo: most)
  }

  private func number(
    _ call: String, of kind: Int32, upTo most: UInt32
  ) throws(NVMLError) -> Int {
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetOfKind.self)
    var value: UInt32 = 0
    try functions.check(unsafe function(handle, kind, &value), call)
    return try Self.believed(value, call, upTo: most)
  }

  private func pair(_ call: String, upTo most: UInt32) throws(NVMLError) -> (Int, Int) {
    let function = unsafe try functions.function(call, as: NVMLFunctions.GetPair.self)
    var (first, second): (UInt32, UInt32) = (0, 0)
    try functions.check(unsafe function(handle, &first, &second), call)
    return (
      try Self.believed(first, call, upTo: most), try Self.believed(second, call, upTo: most)
    )
  }

  private static func believed(
    _ value: UInt32, _ call: String, upTo most: UInt32
  ) throws(NVMLError) -> Int {
    guard value <= most else {
      throw NVMLError(code: 999, call: call, words: "it tells of \(value)")
    }
    return Int(value)
  }
}
