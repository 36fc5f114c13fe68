internal import CUDA
internal import DynamicLibraries
public import Computing
public import GPUs
internal import OpenCL

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// A GPU of a survey that is taken into use to be measured.
public struct BenchSubject {
  /// Makes sure that launches are queued, whatever the environment says; to be called before any driver is woken.
  public static func prepare() {
    unsafe setenv("CUDA_LAUNCH_BLOCKING", "0", 1)
  }

  /// Which one.
  public let gpu: GPU
  /// What peaks are computed from.
  public let figures: DeviceFigures
  let limits: BenchLimits
  private let libraryPath: String?
  private let computer: Computer

  private enum Computer {
    case openCL(OpenCLComputer)
    case cuda(CUDAComputer)
  }

  /// What drives it, where that is CUDA.
  var cuda: CUDAComputer? {
    guard case .cuda(let computer) = computer else { return nil }
    return computer
  }

  /// Takes it into use, which takes a while and some memory.
  ///
  /// cuBLASLt lies at `cublasLt`, or where the loader finds it.
  public init(_ gpu: GPU, cublasLt libraryPath: String? = nil) throws(ComputeError) {
    self.gpu = gpu
    self.libraryPath = libraryPath
    switch gpu.backend {
    case .opencl:
      let device = try gpu.openCLDevice()
      computer = .openCL(try OpenCLComputer(device))
      figures = DeviceFigures()
      limits = BenchLimits(device)
    case .cuda:
      let device = try gpu.cudaDevice()
      computer = .cuda(try CUDAComputer(device))
      figures = DeviceFigures(gpu, device)
      limits = try BenchLimits(device)
    }
  }

  private func library() throws(ComputeError) -> CUBLASLt {
    do throws(DynamicLibraryError) { return try CUBLASLt(path: libraryPath) } catch {
      throw .unsupported("cuBLASLt cannot be had: \(error)")
    }
  }

  /// Runs one test.
  public func outcome(
    of test: BenchTest, _ pace: BenchPace, now: @escaping () -> Double,
    isStopped: @escaping () -> Bool, watch: BenchWatch? = nil
  ) throws(BenchError) -> BenchOutcome {
    switch computer {
    case .openCL(let computer):
      return try BenchRun(
        computer, limits, pace, now: now, isStopped: isStopped, watch: watch
      ).outcome(of: test)
    case .cuda(let computer):
      let run = BenchRun(
        computer, limits, pace, now: now, isStopped: isStopped, watch: watch)
      guard let number = test.libraryNumber else { return try run.outcome(of: test) }
      return try run.measure(test) { () throws(ComputeError) in
        try LibraryWorkload(number, by: try library(), on: computer, limits)
      }
    }
  }
}

extension BenchLimits {
  /// Takes what OpenCL tells of a device; what it does not tell is taken to be little.
  init(_ device: OpenCLDevice) {
    let memory = (try? device.memory()) ?? 64 << 20
    self.init(
      memory: memory, allocation: (try? device.maximumAllocation()) ?? memory / 4,
      cache: (try? device.cacheSize()) ?? 0, units: (try? device.computeUnits()) ?? 1,
      groupSize: (try? device.maximumWorkGroup()) ?? 1,
      isProcessor: (try? device.kind()) == .cpu)
  }
}

extension BenchLimits {
  /// Takes what CUDA tells of a device.
  init(_ device: CUDADevice) throws(ComputeError) {
    do throws(CUDAError) {
      let memory = try device.totalMemory()
      self.init(
        memory: memory, allocation: memory / 2, cache: try device.attribute(.l2Cache),
        units: try device.attribute(.multiprocessors), groupSize: 1024)
    } catch { throw .call(error.description) }
  }
}
