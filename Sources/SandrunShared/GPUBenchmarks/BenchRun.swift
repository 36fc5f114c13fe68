public import Computing

/// How long and how often is measured.
public struct BenchPace: Equatable, Sendable {
  /// Seconds of samples.
  public var seconds: Double
  /// Seconds of warming up at most: it ends as soon as five samples vary by less than one percent.
  public var warmUp: Double
  /// A sample takes at least so many seconds of the device's time.
  public var sampleSeconds: Double

  /// Samples for so long, and as long again at most to warm up.
  public init(seconds: Double) {
    self.seconds = seconds
    warmUp = seconds
    sampleSeconds = min(0.05, seconds / 10)
  }
}

/// What a measurement found.
public struct BenchOutcome: Equatable, Sendable {
  /// The samples, in the test's unit.
  public var samples: [Double]
  /// The kernel that was timed.
  public var kernelName: String
  /// How many runs of the kernel make a sample.
  public var repeats: Int
  /// Whether the warming up ended because the samples were steady.
  public var isSteady: Bool
  /// What is to be known of how they were timed.
  public var notes: [String] = []
  /// What is too small for the samples to say what they should; nil where nothing is.
  public var shortfall: String?
}

/// Why there is no number.
public enum BenchError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The device has no such thing.
  case unsupported(String)
  /// The device failed.
  case device(ComputeError)
  /// It computed, and wrongly: what is wrong.
  case wrongResult(String)
  /// The caller asked to stop before there was a sample.
  case stopped

  /// What a person reads.
  public var description: String {
    switch self {
    case .unsupported(let reason): reason
    case .device(let error): error.description
    case .wrongResult(let fault): "the result is wrong: \(fault)"
    case .stopped: "stopped before there was a sample"
    }
  }
}

extension BenchError {
  init(_ error: ComputeError) {
    if case .unsupported(let reason) = error {
      self = .unsupported(reason)
    } else {
      self = .device(error)
    }
  }
}

/// Measures a device.
public struct BenchRun<Device: ComputeDevice> {
  private let device: Device
  private let limits: BenchLimits
  private let pace: BenchPace
  private let now: () -> Double
  private let isStopped: () -> Bool
  private let watch: BenchWatch?

  /// Measures by the host's clock how long to go on, of which `now` gives the seconds.
  ///
  /// `watch` is told when the device has its turn.
  public init(
    _ device: Device, _ limits: BenchLimits, _ pace: BenchPace, now: @escaping () -> Double,
    isStopped: @escaping () -> Bool, watch: BenchWatch? = nil
  ) {
    self.watch = watch
    self.device = device
    self.limits = limits
    self.pace = pace
    self.now = now
    self.isStopped = isStopped
  }

  /// Runs one test; each sample's result is proved before it counts.
  public func outcome(of test: BenchTest) throws(BenchError) -> BenchOutcome {
    switch test {
    case .memoryCopy, .memoryRead, .memoryWrite, .memoryTriad:
      try measure(test) { () throws(ComputeError) in
        try MemoryWorkload(test, on: device, limits)
      }
    case .upPinned: try measureTransfer(test, [.toDevice], pinned: true)
    case .upPageable: try measureTransfer(test, [.toDevice], pinned: false)
    case .downPinned: try measureTransfer(test, [.fromDevice], pinned: true)
    case .downPageable: try measureTransfer(test, [.fromDevice], pinned: false)
    case .bothPinned: try measureTransfer(test, [.toDevice, .fromDevice], pinned: true)
    case .bothPageable: try measureTransfer(test, [.toDevice, .fromDevice], pinned: false)
    case .fp16Library, .bf16Library, .tf32Library, .int8Library, .fp8Library:
      throw .unsupported("cuBLASLt is for NVIDIA's GPUs")
    case .peerCopy, .peerBoth: throw .unsupported("it is measured between two GPUs")
    case .fp64: try measureArithmetic(test, .fp64)
    case .fp32: try measureArithmetic(test, .fp32)
    case .fp16: try measureArithmetic(test, .fp16)
    case .bf16: try measureArithmetic(test, .bf16)
    case .int8: try measureArithmetic(test, .int8)
    case .fp16Tensor: try measureTensor(test, .fp16)
    case .bf16Tensor: try measureTensor(test, .bf16)
    case .tf32Tensor: try measureTensor(test, .tf32)
    case .int8Tensor: try measureTensor(test, .int8)
    case .fp8Tensor: try measureTensor(test, .fp8)
    case .launchLatency:
      try measure(test) { () throws(ComputeError) in try LaunchWorkload(on: device) }
    case .memoryLatency:
      try measure(test) { () throws(ComputeError) in try ChaseWorkload(on: device, limits) }
    case .health:
      try measure(test) { () throws(ComputeError) in try HealthWorkload(on: device, limits) }
    }
  }

  private func measureArithmetic(
    _ test: BenchTest, _ number: NumberKind
  ) throws(BenchError) -> BenchOutcome {
    try measure(test) { () throws(ComputeError) in
      try ArithmeticWorkload(number, on: device, limits)
    }
  }

  private func measureTensor(
    _ test: BenchTest, _ number: NumberKind
  ) throws(BenchError) -> BenchOutcome {
    try measure(test) { () throws(ComputeError) in
      try TensorWorkload(number, on: device, limits)
    }
  }

  private func measureTransfer(
    _ test: BenchTest, _ directions: [Transfer<Device.Memory>.Direction], pinned: Bool
  ) throws(BenchError) -> BenchOutcome {
    try measure(test) { () throws(ComputeError) in
      try TransferWorkload(directions, pinned: pinned, on: device, limits)
    }
  }

  func measure<Work: Workload>(
    _ test: BenchTest, _ make: () throws(ComputeError) -> Work
  ) throws(BenchError) -> BenchOutcome where Work.Device == Device {
    let work: Work
    do throws(ComputeError) { work = try make() } catch { throw BenchError(error) }
    let repeats = try calibrate(work)
    var isSteady = false
    var warm: [Double] = []
    let warmEnd = now() + pace.warmUp
    while !isSteady, now() < warmEnd, !isStopped() {
      warm.append(try sample(work, repeats, test))
      isSteady = Statistics(Array(warm.suffix(5))).flatMap(\.variation).map { $0 < 0.01 } ?? false
      isSteady = isSteady && warm.count >= 5
    }
    var samples: [Double] = []
    let end = now() + pace.seconds
    while samples.count < 5 || now() < end, samples.count < 10_000, !isStopped() {
      samples.append(try sample(work, repeats, test, watch))
    }
    guard !samples.isEmpty else { throw .stopped }
    return BenchOutcome(
      samples: samples, kernelName: work.kernelName, repeats: repeats, isSteady: isSteady,
      notes: device.notes, shortfall: work.shortfall)
  }

  /// So many runs as take long enough to be timed.
  private func calibrate<Work: Workload>(
    _ work: Work
  ) throws(BenchError) -> Int where Work.Device == Device {
    // What a first run takes says nothing: a driver may load the kernel only then, and a clock rise.
    _ = try timed(work, 1)
    var repeats = 1
    let limit = min(1 << 14, work.repeatLimit)
    while repeats < limit {
      let seconds = try timed(work, repeats)
      if seconds >= pace.sampleSeconds { break }
      let factor = (pace.sampleSeconds / max(seconds, 1e-7)).rounded(.up)
      repeats = min(limit, repeats * max(2, min(16, Int(factor))))
    }
    return repeats
  }

  private func sample<Work: Workload>(
    _ work: Work, _ repeats: Int, _ test: BenchTest, _ watch: BenchWatch? = nil
  ) throws(BenchError) -> Double where Work.Device == Device {
    let seconds = try timed(work, repeats, watch)
    let amount = work.amount(repeats)
    return test.unit == "s" ? seconds / amount : amount / seconds
  }

  private func timed<Work: Workload>(
    _ work: Work, _ repeats: Int, _ watch: BenchWatch? = nil
  ) throws(BenchError) -> Double where Work.Device == Device {
    while true {
      let notes = device.notes
      let seconds: Double
      let fault: String?
      do throws(ComputeError) {
        try work.reset()
        watch?.runBegins()
        defer { watch?.runEnds() }
        seconds = try work.seconds(repeats)
      } catch { throw BenchError(error) }
      do throws(ComputeError) {
        fault = try work.fault(after: repeats)
      } catch { throw BenchError(error) }
      if let fault { throw .wrongResult(fault) }
      // What was timed while the device changed its way of timing is neither the one nor the other.
      if device.notes == notes { return seconds }
    }
  }
}
