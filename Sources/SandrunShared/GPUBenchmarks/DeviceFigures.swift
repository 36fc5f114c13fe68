internal import CUDA
internal import GPUs
internal import Records

/// What peaks are computed from; nil where nobody tells.
public struct DeviceFigures: Equatable, Sendable {
  /// The compute capability, as `80` for 8.0.
  public var compute: Int?
  /// Streaming multiprocessors.
  public var multiprocessors: Int?
  /// The highest clock of the multiprocessors, in MHz.
  public var clock: Int?
  /// Who tells of it.
  public var clockSource: String?
  /// The highest clock of the memory, in MHz.
  public var memoryClock: Int?
  /// Who tells of it.
  public var memoryClockSource: String?
  /// The width of the memory's bus, in bits.
  public var memoryWidth: Int?
  /// The generation of PCI Express, the highest of the link.
  public var linkGeneration: Int?
  /// The lanes of the link.
  public var linkWidth: Int?
  /// Whether it is an instance of a GPU that is cut up.
  public var isInstance = false
  /// How many NVLinks are up.
  public var nvlinks: Int?

  /// Nothing is known yet.
  public init() {}

  /// Takes what a survey and the driver tell of an NVIDIA GPU.
  init(_ gpu: GPU, _ device: CUDADevice) {
    compute = Self.number(gpu.compute)
    multiprocessors = gpu.facts["multiprocessors"]?.integer
    (clock, clockSource) = Self.clock(gpu.facts["clockMax"]?.integer, .clock, of: device)
    (memoryClock, memoryClockSource) = Self.clock(
      gpu.facts["memoryClockMax"]?.integer, .memoryClock, of: device)
    memoryWidth = try? device.attribute(.memoryBusWidth)
    linkGeneration = gpu.facts["pcie"]?["generationMax"]?.integer
    linkWidth = gpu.facts["pcie"]?["widthMax"]?.integer
    isInstance = gpu.facts["mig"] == true
    nvlinks = gpu.facts["nvlinks"]?.integer
  }

  /// A clock in MHz, and who tells of it: the survey has its own from NVML alone.
  private static func clock(
    _ surveyed: Int?, _ attribute: CUDADevice.Attribute, of device: CUDADevice
  ) -> (Int?, String?) {
    if let surveyed { return (surveyed, "NVML") }
    guard let clock = try? device.attribute(attribute) else { return (nil, nil) }
    return (clock / 1000, "CUDA")
  }

  private static func number(_ compute: String?) -> Int? {
    let parts = (compute ?? "").split(separator: ".").map { Int($0) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
    return major * 10 + minor
  }
}
