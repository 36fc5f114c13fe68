/// Why a GPU runs slower than it could, by the bit that NVML gives it (`nvmlClocksThrottleReasons`).
enum ThrottleReason: UInt64, CaseIterable {
  case idle = 0x1
  case applicationClocks = 0x2
  case powerCap = 0x4
  case hardwareSlowdown = 0x8
  case syncBoost = 0x10
  case softwareThermal = 0x20
  case hardwareThermal = 0x40
  case powerBrake = 0x80
  case displayClocks = 0x100

  /// The names of the bits that are set; one that is not known is its number.
  static func names(of bits: UInt64) -> [String] {
    var rest = bits
    var names: [String] = []
    for reason in allCases where bits & reason.rawValue != 0 {
      names.append("\(reason)")
      rest &= ~reason.rawValue
    }
    return rest == 0 ? names : names + ["0x" + String(rest, radix: 16)]
  }
}
