/// What a device could do at the very most, computed from what it has.
public struct BenchPeak: Equatable, Sendable {
  /// In the unit of the test.
  public var value: Double
  /// How it is computed: `108 multiprocessors × 128 FLOP × 1410 MHz`.
  public var name: String

  /// Why there is none.
  public struct Unknown: Error, Equatable, Sendable, CustomStringConvertible {
    /// What a person reads.
    public var description: String
  }

  /// The peak of a test; throws where none can be computed.
  public init(_ test: BenchTest, of figures: DeviceFigures) throws(Unknown) {
    switch test {
    case .memoryCopy, .memoryRead, .memoryWrite, .memoryTriad:
      self = try Self.memory(figures)
    case .upPinned, .upPageable, .downPinned, .downPageable:
      self = try Self.link(figures, ways: 1)
    case .bothPinned: self = try Self.link(figures, ways: 2)
    case .bothPageable:
      _ = try Self.link(figures, ways: 2)
      throw Unknown(description: "one thread copies pageable memory, one way after the other")
    case .peerCopy, .peerBoth: throw Unknown(description: "it takes two GPUs")
    case .fp64, .fp32, .fp16, .bf16: self = try Self.arithmetic(test, figures)
    case .int8:
      throw Unknown(description: "NVIDIA's table of arithmetic throughput does not tell of dp4a")
    case .fp16Tensor, .bf16Tensor, .tf32Tensor, .int8Tensor, .fp8Tensor:
      self = try Self.tensor(test, figures)
    case .fp16Library, .bf16Library, .tf32Library, .int8Library, .fp8Library:
      guard let compute = figures.compute else {
        throw Unknown(description: "nobody tells how much a unit computes in a clock")
      }
      self = try Self.of(Self.libraryRates[compute]?[test], compute, figures)
    case .launchLatency, .memoryLatency:
      throw Unknown(description: "a latency has no peak")
    case .health:
      throw Unknown(description: "it tells whether the products are right, not how fast one is")
    }
  }

  /// The peak of a test between two GPUs: that of the slower PCI Express link, where there is no NVLink.
  public init(
    _ test: BenchTest, from: DeviceFigures, to: DeviceFigures
  ) throws(Unknown) {
    guard from.nvlinks == 0, to.nvlinks == 0 else {
      throw Unknown(description: "nobody tells how many NVLinks lead from the one to the other")
    }
    let ways = test == .peerBoth ? 2 : 1
    let (one, other) = (try Self.link(from, ways: ways), try Self.link(to, ways: ways))
    self = one.value < other.value ? one : other
  }

  private init(_ value: Double, _ name: String) {
    self.value = value
    self.name = name
  }

  // MARK: Memory

  private static func memory(_ figures: DeviceFigures) throws(Unknown) -> BenchPeak {
    guard !figures.isInstance else {
      throw Unknown(description: "an instance of a GPU has a part of its memory's width")
    }
    guard let clock = figures.memoryClock, clock > 0, let width = figures.memoryWidth, width > 0
    else { throw Unknown(description: "nobody tells the clock of the memory and its width") }
    // Two bits a line and clock, in every kind of memory that the driver tells a clock of.
    return BenchPeak(
      Double(clock) * 1e6 * 2 * Double(width) / 8,
      "\(width) bits × 2 × \(clock) MHz" + source(figures.memoryClockSource))
  }

  /// Bytes a second of a lane and way: transfers a second, less what the encoding takes.
  private static let lanes: [Int: (bytes: Double, name: String)] = [
    1: (2.5e9 * 8 / 10 / 8, "2.5 GT/s"), 2: (5e9 * 8 / 10 / 8, "5 GT/s"),
    3: (8e9 * 128 / 130 / 8, "8 GT/s"), 4: (16e9 * 128 / 130 / 8, "16 GT/s"),
    5: (32e9 * 128 / 130 / 8, "32 GT/s"), 6: (64e9 * 242 / 256 / 8, "64 GT/s"),
  ]

  private static func link(_ figures: DeviceFigures, ways: Int) throws(Unknown) -> BenchPeak {
    guard let generation = figures.linkGeneration, let lane = lanes[generation],
      let width = figures.linkWidth, width > 0
    else { throw Unknown(description: "nobody tells of the PCI Express link") }
    return BenchPeak(
      lane.bytes * Double(width * ways),
      "PCIe \(generation), \(width) lanes × \(lane.name)" + (ways > 1 ? " × \(ways) ways" : ""))
  }

  // MARK: Arithmetic

  /// Multiply-and-adds a clock and multiprocessor, of single numbers.
  ///
  /// NVIDIA's CUDA C++ Programming Guide 12.9, "Throughput of Native Arithmetic Instructions", and the white papers of the chips (V100, T4,
  /// A100, GA102, AD102, H100). What they do not tell for certain is left out: the table has no row for `dp4a`, so that int8 has no peak.
  private struct Rates {
    var fp64: Int?
    var fp32: Int?
    var fp16: Int?
    var bf16: Int?
  }

  private static let rates: [Int: Rates] = [
    70: Rates(fp64: 32, fp32: 64, fp16: 128),
    75: Rates(fp64: 2, fp32: 64, fp16: 128),
    80: Rates(fp64: 32, fp32: 64, fp16: 256, bf16: 128),
    86: Rates(fp64: 2, fp32: 128, fp16: 128, bf16: 128),
    89: Rates(fp64: 2, fp32: 128, fp16: 128, bf16: 128),
    90: Rates(fp64: 64, fp32: 128, fp16: 256, bf16: 256),
    100: Rates(fp64: 64, fp32: 128),
    120: Rates(fp64: 2, fp32: 128),
  ]

  private static func arithmetic(
    _ test: BenchTest, _ figures: DeviceFigures
  ) throws(Unknown) -> BenchPeak {
    guard let compute = figures.compute else {
      throw Unknown(description: "nobody tells how much a unit computes in a clock")
    }
    let rates = rates[compute]
    let rate: Int? =
      switch test {
      case .fp64: rates?.fp64
      case .fp32: rates?.fp32
      case .fp16: rates?.fp16
      case .bf16: rates?.bf16
      default: nil
      }
    return try of(rate, compute, figures)
  }

  /// Multiply-and-adds a clock and multiprocessor in matrices without zeros left out, by A100's and H100's white papers.
  ///
  /// Graphics cards do half as much where they add in 32 bits, and some do not: they are left out.
  private static let tensorRates: [Int: [BenchTest: Int]] = [
    80: [.fp16Tensor: 1024, .bf16Tensor: 1024, .tf32Tensor: 512, .int8Tensor: 2048]
  ]

  private static func tensor(
    _ test: BenchTest, _ figures: DeviceFigures
  ) throws(Unknown) -> BenchPeak {
    guard let compute = figures.compute else {
      throw Unknown(description: "nobody tells how much a unit computes in a clock")
    }
    guard compute < 90 || compute >= 120 else {
      throw Unknown(description: "mma.sync cannot reach the peak of such a GPU")
    }
    return try of(tensorRates[compute]?[test], compute, figures)
  }

  /// The same where all of the units can be reached, of chips whose white papers tell what one multiplies and adds in a clock: V100 (eight
  /// units of 64), T4 (eight of 64, twice that in int8), A100 (four of 256), H100 (four of 512); tf32 half of it, int8 and fp8 twice.
  private static let libraryRates: [Int: [BenchTest: Int]] = [
    70: [.fp16Library: 512],
    75: [.fp16Library: 512, .int8Library: 1024],
    80: [
      .fp16Library: 1024, .bf16Library: 1024, .tf32Library: 512, .int8Library: 2048,
    ],
    90: [
      .fp16Library: 2048, .bf16Library: 2048, .tf32Library: 1024, .int8Library: 4096,
      .fp8Library: 4096,
    ],
  ]

  private static func of(
    _ rate: Int?, _ compute: Int, _ figures: DeviceFigures
  ) throws(Unknown) -> BenchPeak {
    guard let rate else {
      throw Unknown(
        description:
          "what a multiprocessor of compute capability \(compute / 10).\(compute % 10) does in a clock is not known"
      )
    }
    guard let count = figures.multiprocessors, count > 0, let clock = figures.clock, clock > 0
    else { throw Unknown(description: "nobody tells of the multiprocessors and their clock") }
    return BenchPeak(
      Double(count * rate * 2) * Double(clock) * 1e6,
      "\(count) multiprocessors × \(rate * 2) × \(clock) MHz" + source(figures.clockSource))
  }

  private static func source(_ name: String?) -> String {
    name.map { ", the highest clock by \($0)" } ?? ""
  }
}
