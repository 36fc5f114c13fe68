internal import Computing

/// An empty kernel again and again: what each launch costs once all are queued.
struct LaunchWorkload<Device: ComputeDevice>: KernelWorkload {
  let kernelName = "nothing"
  let device: Device
  private let kernel: Device.Kernel
  private let mark: Device.Memory

  init(on device: Device) throws(ComputeError) {
    self.device = device
    kernel = try device.kernel(kernelName, of: MemoryKernels.program)
    mark = try device.allocate(4)
  }

  func reset() throws(ComputeError) { try device.write([1, 2, 3, 4], to: mark) }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let one = Launch(
      kernel, groups: 1, groupSize: 1,
      [Launch<Device.Memory, Device.Kernel>.Argument.memory(mark)])
    return Array(repeating: one, count: repeats)
  }

  func amount(_ repeats: Int) -> Double { Double(repeats) }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    try device.read(4, from: mark) == [1, 2, 3, 4] ? nil : "it wrote where it should not"
  }
}

/// One work item that reads where the word before it told: what a read from memory costs.
///
/// Each launch begins where the one before it ended, from sample to sample: a line comes again only once all others have been read, so that
/// no cache has it still. Where it stands and how many steps it took lie in the device's memory, so that a launch that is left out is seen.
struct ChaseWorkload<Device: ComputeDevice>: KernelWorkload {
  /// Reads of one launch.
  static var steps: Int { 1 << 16 }
  /// A congruential generator goes through all of a power of two where the term is odd and the factor one more than a multiple of 4.
  static var generator: (factor: UInt32, term: UInt32) { (1_664_525, 1_013_904_223) }

  let kernelName = "chase"
  let device: Device
  /// How many lines are walked through before one comes again: a power of two.
  let lines: Int
  let shortfall: String?
  private let kernel: Device.Kernel
  private let next: Device.Memory
  private let walk: Device.Memory
  private let progress = Progress()

  /// How far the samples have come: the line at which the next begins.
  private final class Progress { var line: UInt32 = 0 }

  init(on device: Device, _ limits: BenchLimits) throws(ComputeError) {
    self.device = device
    kernel = try device.kernel(kernelName, of: MemoryKernels.program)
    let link = try device.kernel("link", of: MemoryKernels.program)
    lines = Self.lines(limits)
    shortfall = limits.shortfall(of: lines * 128, times: limits.isProcessor ? 2 : 8)
    next = try device.allocate(lines * 128)
    walk = try device.allocate(8)
    _ = try device.time([
      Launch(
        link, groups: limits.groups, groupSize: limits.itemsPerGroup,
        [
          .memory(next), .uint32(UInt32(lines - 1)), .uint32(Self.generator.factor),
          .uint32(Self.generator.term),
        ])
    ])
  }

  /// Lines of 128 bytes: what a cache takes in at once is never used twice.
  ///
  /// Eight times the cache at least, where there is so much: what is rounded down to a power of two is more than half.
  static func lines(_ limits: BenchLimits) -> Int {
    let longest = min(max(256 << 20, 16 * limits.cache), 8 << 30)
    let most = min(limits.bufferLength, longest) / 128
    return 1 << (Int.bitWidth - 1 - most.leadingZeroBitCount)
  }

  func reset() throws(ComputeError) {
    let place = progress.line * 32
    let bytes = (0..<4).map { UInt8(truncatingIfNeeded: place >> (8 * $0)) }
    try device.write(bytes + [0, 0, 0, 0], to: walk)
  }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let one = Launch<Device.Memory, Device.Kernel>(
      kernel, groups: 1, groupSize: 1, [.memory(walk), .memory(next), .uint32(UInt32(Self.steps))])
    return Array(repeating: one, count: repeats)
  }

  func amount(_ repeats: Int) -> Double { Double(repeats) * Double(Self.steps) }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    let found = try device.read(8, from: walk)
    let (place, count) = (Words.uint32(found, at: 0), Words.uint32(found, at: 4))
    let steps = repeats * Self.steps
    progress.line = line(after: steps)
    guard count == UInt32(truncatingIfNeeded: steps) else {
      return "the chase took \(count) steps, not \(steps)"
    }
    let expected = progress.line * 32
    return place == expected ? nil : "the chase ended at \(place), not at \(expected)"
  }

  /// The line to which so many steps lead.
  private func line(after steps: Int) -> UInt32 {
    var (left, all, step) = (steps, (factor: UInt32(1), term: UInt32(0)), Self.generator)
    // What twice as many steps do is what the half does, done twice.
    while left > 0 {
      if left % 2 == 1 { all = (all.factor &* step.factor, all.term &* step.factor &+ step.term) }
      step = (step.factor &* step.factor, step.term &* step.factor &+ step.term)
      left /= 2
    }
    return (progress.line &* all.factor &+ all.term) & UInt32(lines - 1)
  }
}
