/// A place on the PCI bus: CUDA and NVML write the domain with four digits or eight.
struct BusPlace: Equatable {
  let domain: UInt32
  let bus: UInt32
  let device: UInt32

  /// Reads `0000:3b:00.0`; nil for what is none.
  init?(_ text: String) {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 3, let domain = UInt32(parts[0], radix: 16),
      let bus = UInt32(parts[1], radix: 16),
      let device = UInt32(parts[2].prefix { $0 != "." }, radix: 16)
    else { return nil }
    (self.domain, self.bus, self.device) = (domain, bus, device)
  }
}
