public import Marketplace
public import Records
public import WideInteger

/// What a node asks for its time: wei for an hour of one GPU, and wei for an hour of its processors.
public struct HourlyPrice: Equatable, Sendable {
  /// Wei for an hour of each GPU.
  public var gpu: UInt256
  /// Wei for an hour of the processors.
  public var cpu: UInt256

  /// Makes a price.
  public init(gpu: UInt256, cpu: UInt256) {
    self.gpu = gpu
    self.cpu = cpu
  }

  /// No price is above 2^128-1 wei an hour: the contracts take no higher payment, and nothing here can overflow.
  static let limit = UInt256(low: .max)

  /// Reads `gpu=0.5ETH/h,cpu=0.1ETH/h`, either part alone too; what is not named costs nothing.
  public init(_ text: String) throws(UnitError) {
    let failure = UnitError(text, expected: "a price such as gpu=0.5ETH/h,cpu=0.1ETH/h")
    self.init(gpu: 0, cpu: 0)
    var named: Set<Substring> = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let sides = part.split(separator: "=", omittingEmptySubsequences: false)
      guard sides.count == 2, sides[1].hasSuffix("/h"), named.insert(sides[0]).inserted else {
        throw failure
      }
      let amount = try Amount.parse(String(sides[1].dropLast(2)))
      guard amount <= Self.limit else { throw failure }
      switch sides[0] {
      case "gpu": gpu = amount
      case "cpu": cpu = amount
      default: throw failure
      }
    }
  }

  /// Reads the member `price` of a descriptor: wei as decimal strings; nil for anything else.
  public init?(_ json: JSON) {
    guard let object = json.object else { return nil }
    var amounts: [UInt256] = []
    for name in ["gpu", "cpu"] {
      guard let value = object[name], value != .null else {
        amounts.append(0)
        continue
      }
      guard let amount = value.string.flatMap({ try? UInt256(decimal: $0) }),
        amount <= Self.limit
      else { return nil }
      amounts.append(amount)
    }
    self.init(gpu: amounts[0], cpu: amounts[1])
  }

  /// What so many GPUs cost for so long, in wei, rounded up.
  public func gpuCost(count: Int, seconds: Int) -> UInt256 {
    Self.hours(gpu, times: count * seconds)
  }

  /// What the processors cost for so long, in wei, rounded up.
  public func cpuCost(seconds: Int) -> UInt256 { Self.hours(cpu, times: seconds) }

  /// The most that a job costs: its GPUs and the processors for as long as it may run.
  public func cost(of job: Job) -> UInt256 {
    gpuCost(count: job.gpu?.count ?? 0, seconds: job.timeout) + cpuCost(seconds: job.timeout)
  }

  /// A job has at most 1024 GPUs for 30 days: below 2^42 seconds of 2^128 wei.
  private static func hours(_ price: UInt256, times seconds: Int) -> UInt256 {
    (price * UInt256(low: UInt128(seconds)) + 3599) / 3600
  }
}
