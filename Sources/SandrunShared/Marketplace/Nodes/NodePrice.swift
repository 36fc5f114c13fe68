public import Records
public import WideInteger

/// What a node takes for its time, in wei an hour; what is 0 is free.
public struct NodePrice: Hashable, Sendable {
  /// For each GPU.
  public var gpu: UInt256
  /// For the machine without them.
  public var cpu: UInt256

  /// Makes a price from wei an hour.
  public init(gpu: UInt256 = 0, cpu: UInt256 = 0) {
    self.gpu = gpu
    self.cpu = cpu
  }

  /// Reads `gpu=0.5ETH/h,cpu=0.1ETH/h`, or one of them alone; each once.
  public init(_ text: String) throws(UnitError) {
    let failure = UnitError(text, expected: "a price such as gpu=0.5ETH/h,cpu=0.1ETH/h")
    self.init()
    var seen: Set<Substring> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard sides.count == 2, sides[1].hasSuffix("/h"), seen.insert(sides[0]).inserted,
        let amount = try? Amount.parse(String(sides[1].dropLast(2)))
      else { throw failure }
      switch sides[0] {
      case "gpu": gpu = amount
      case "cpu": cpu = amount
      default: throw failure
      }
    }
  }

  /// What a run takes that holds the machine and some of its GPUs, rounded up to a wei; nil where no number is so large.
  public func cost(gpus: Int, seconds: Int) -> UInt256? {
    guard let gpus = UInt256(exactly: gpus), let seconds = UInt256(exactly: seconds) else {
      return nil
    }
    let devices = gpu.multipliedReportingOverflow(by: gpus)
    let hour = devices.partialValue.addingReportingOverflow(cpu)
    let all = hour.partialValue.multipliedReportingOverflow(by: seconds)
    let sum = all.partialValue.addingReportingOverflow(3599)
    guard !devices.overflow, !hour.overflow, !all.overflow, !sum.overflow else { return nil }
    return sum.partialValue / 3600
  }
}
