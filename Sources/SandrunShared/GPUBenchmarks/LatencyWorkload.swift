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
struct ChaseWorkload<Device: ComputeDevice>: KernelWorkload {
  private static var steps: Int { 1 << 16 }
  /// A congruential generator goes through all of a power of two where the term is odd and the factor one more than a multiple of 4.
  private static var generator: (factor: UInt32, term: UInt32) { (1_664_525, 1_013_904_223) }

  let kernelName = "chase"
  let device: Device
  private let kernel: Device.Kernel
  private let next: Device.Memory
  private let end: Device.Memory
  private let expected: UInt32

  init(on device: Device, _ limits: BenchLimits) throws(ComputeError) {
    self.device = device
    kernel = try device.kernel(kernelName, of: MemoryKernels.program)
    let link = try device.kernel("link", of: MemoryKernels.program)
    // A place each 64 bytes: the line that a cache takes in at once is never used twice.
    let most = min(limits.bufferLength, 256 << 20) / 64
    let lines = 1 << (Int.bitWidth - 1 - most.leadingZeroBitCount)
    let mask = UInt32(lines - 1)
    next = try device.allocate(lines * 64)
    end = try device.allocate(4)
    _ = try device.time([
      Launch(
        link, groups: limits.groups, groupSize: limits.itemsPerGroup,
        [
          .memory(next), .uint32(mask), .uint32(Self.generator.factor),
          .uint32(Self.generator.term),
        ])
    ])
    var line: UInt32 = 0
    for _ in 0..<Self.steps { line = (line &* Self.generator.factor &+ Self.generator.term) & mask }
    expected = line * 16
  }

  func reset() throws(ComputeError) { try device.write([255, 255, 255, 255], to: end) }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let one = Launch(
      kernel, groups: 1, groupSize: 1,
      [
        Launch<Device.Memory, Device.Kernel>.Argument.memory(end), .memory(next),
        .uint32(UInt32(Self.steps)),
      ])
    return Array(repeating: one, count: repeats)
  }

  func amount(_ repeats: Int) -> Double { Double(repeats) * Double(Self.steps) }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    let found = Words.uint32(try device.read(4, from: end), at: 0)
    return found == expected ? nil : "the chase ended at \(found), not at \(expected)"
  }
}
