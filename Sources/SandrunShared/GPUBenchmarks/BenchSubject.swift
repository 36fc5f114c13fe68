internal import CUDA
public import Computing
public import GPUs
internal import OpenCL

/// A GPU of a survey that is taken into use to be measured.
public struct BenchSubject {
  /// Which one.
  public let gpu: GPU
  /// What peaks are computed from.
  public let figures: DeviceFigures
  private let limits: BenchLimits
  private let computer: OpenCLComputer

  /// Takes it into use, which takes a while and some memory.
  public init(_ gpu: GPU) throws(ComputeError) {
    self.gpu = gpu
    guard let index = gpu.backendIndex else {
      throw .unsupported("CUDA does not show this GPU")
    }
    switch gpu.backend {
    case .opencl:
      let device = try Self.openCL(index)
      computer = try OpenCLComputer(device)
      figures = DeviceFigures()
      limits = BenchLimits(device)
    case .cuda: throw .unsupported("GPUs behind CUDA are not measured yet")
    }
  }

  private static func openCL(_ index: Int) throws(ComputeError) -> OpenCLDevice {
    do {
      let devices = try OpenCL().devices()
      guard devices.indices.contains(index) else {
        throw ComputeError.call("OpenCL shows this device no more")
      }
      return devices[index]
    } catch { throw error as? ComputeError ?? .call("\(error)") }
  }

  /// Runs one test.
  public func outcome(
    of test: BenchTest, _ pace: BenchPace, now: @escaping () -> Double,
    isStopped: @escaping () -> Bool
  ) throws(BenchError) -> BenchOutcome {
    try BenchRun(computer, limits, pace, now: now, isStopped: isStopped).outcome(of: test)
  }
}

extension BenchLimits {
  /// Takes what OpenCL tells of a device; what it does not tell is taken to be little.
  init(_ device: OpenCLDevice) {
    func number(_ question: OpenCLDevice.Question, otherwise: Int) -> Int {
      (try? device.integer(question)).map { Int(clamping: $0) } ?? otherwise
    }
    let memory = (try? device.memory()) ?? 64 << 20
    self.init(
      memory: memory, allocation: number(.maximumAllocation, otherwise: memory / 4),
      cache: number(.cacheSize, otherwise: 0), units: number(.computeUnits, otherwise: 1),
      groupSize: number(.maximumWorkGroup, otherwise: 1))
  }
}
