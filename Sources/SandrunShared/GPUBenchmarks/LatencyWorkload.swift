internal import Computing

/// An empty kernel again and again: what each launch costs once all are queued.
struct LaunchWorkload<Device: ComputeDevice>: Workload {
  let kernelName = "nothing"
  private let device: Device
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
struct ChaseWorkload<Device: ComputeDevice>: Workload {
  /// A place each 64 bytes: the line that a cache takes in at once is never used twice.
  private static var wordsPerLine: Int { 16 }
  private static var steps: Int { 1 << 16 }

  let kernelName = "chase"
  private let device: Device
  private let kernel: Device.Kernel
  private let next: Device.Memory
  private let end: Device.Memory
  private let expected: UInt32

  init(on device: Device, _ limits: BenchLimits) throws(ComputeError) {
    self.device = device
    kernel = try device.kernel(kernelName, of: MemoryKernels.program)
    let lines = min(limits.bufferLength, 256 << 20) / 64
    let words = Self.cycle(lines)
    next = try device.allocate(words.count * 4)
    end = try device.allocate(4)
    try device.write(Words.bytes(words), to: next)
    var place: UInt32 = 0
    for _ in 0..<Self.steps { place = words[Int(place)] }
    expected = place
  }

  /// One cycle through all lines, in an order that no prefetcher foresees (Sattolo's shuffle, the same each time).
  private static func cycle(_ lines: Int) -> [UInt32] {
    var order = (0..<lines).map { UInt32($0 * wordsPerLine) }
    var state: UInt64 = 0x9E37_79B9_7F4A_7C15
    for last in stride(from: lines - 1, to: 0, by: -1) {
      // xorshift64
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      order.swapAt(last, Int(state % UInt64(last)))
    }
    var words = [UInt32](repeating: 0, count: lines * wordsPerLine)
    for line in 0..<lines { words[line * wordsPerLine] = order[line] }
    return words
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
