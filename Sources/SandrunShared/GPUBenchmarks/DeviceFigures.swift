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
  /// The highest clock of the memory, in MHz.
  public var memoryClock: Int?
  /// The width of the memory's bus, in bits.
  public var memoryWidth: Int?
  /// The generation of PCI Express, the highest of the link.
  public var linkGeneration: Int?
  /// The lanes of the link.
  public var linkWidth: Int?

  /// Nothing is known yet.
  public init() {}

  /// Takes what a survey and the driver tell of an NVIDIA GPU.
  init(_ gpu: GPU, _ device: CUDADevice) {
    compute = Self.number(gpu.compute)
    multiprocessors = gpu.facts["multiprocessors"]?.integer
    clock =
      gpu.facts["clockMax"]?.integer ?? (try? device.attribute(.clock)).map { $0 / 1000 }
    memoryClock =
      gpu.facts["memoryClockMax"]?.integer
      ?? (try? device.attribute(.memoryClock)).map { $0 / 1000 }
    memoryWidth = try? device.attribute(.memoryBusWidth)
    linkGeneration = gpu.facts["pcie"]?["generationMax"]?.integer
    linkWidth = gpu.facts["pcie"]?["widthMax"]?.integer
  }

  private static func number(_ compute: String?) -> Int? {
    let parts = (compute ?? "").split(separator: ".").map { Int($0) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
    return major * 10 + minor
  }
}
