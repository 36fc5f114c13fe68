internal import Computing

/// Copying between host and device, one way or both at once.
struct TransferWorkload<Device: ComputeDevice>: Workload {
  private static var seeds: (right: UInt32, reset: UInt32) { (40_503, 999_983) }
  /// Long enough that what a copy costs to begin is nothing, and short enough that a slow bus ends it soon.
  private static var longest: Int { 32 << 20 }

  let kernelName: String
  let device: Device
  let repeatLimit: Int
  private let limits: BenchLimits
  private let length: Int
  private let directions: [Transfer<Device.Memory>.Direction]
  private let fill: Device.Kernel
  private let sum: Device.Kernel
  private let sums: Device.Memory
  /// What each direction copies from and to: they share nothing.
  private let upward: (host: HostMemory, memory: Device.Memory)
  private let downward: (host: HostMemory, memory: Device.Memory)
  private let expected: [UInt8]
  /// What is wrong with what both ends are held to, before anything was timed.
  private let firstFault: String?

  init(
    _ directions: [Transfer<Device.Memory>.Direction], pinned: Bool, on device: Device,
    _ limits: BenchLimits
  ) throws(ComputeError) {
    self.device = device
    self.limits = limits
    self.directions = directions
    repeatLimit = min(1024, device.queueLimit / 2)
    kernelName = pinned ? "copy of pinned memory" : "copy of pageable memory"
    length = min(limits.bufferLength, Self.longest)
    fill = try device.kernel("fill", of: MemoryKernels.program)
    sum = try device.kernel("sum", of: MemoryKernels.program)
    sums = try device.allocate(limits.items * 4)
    upward = (
      try device.allocateHost(length, pinned: pinned), try device.allocate(length)
    )
    downward = (
      try device.allocateHost(length, pinned: pinned), try device.allocate(length)
    )
    // The device writes what both ends are held to; the sum of its words is known without it.
    _ = try device.time([
      Launch(
        fill, groups: limits.groups, groupSize: limits.itemsPerGroup,
        [
          .memory(downward.memory), .uint32(UInt32(length / 16)), .uint32(Self.seeds.right),
        ])
    ])
    expected = try device.read(length, from: downward.memory)
    let (found, wanted) = (
      Words.sum(expected), MemoryKernels.sum(words: length / 4, seed: Self.seeds.right)
    )
    firstFault = found == wanted ? nil : "the words' sum is \(found), not \(wanted)"
    upward.host.write(expected)
  }

  func reset() throws(ComputeError) {
    if directions.contains(.toDevice) {
      _ = try device.time([filling(upward.memory, Self.seeds.reset)])
    }
    if directions.contains(.fromDevice) { downward.host.fill(0) }
  }

  func seconds(_ repeats: Int) throws(ComputeError) -> Double {
    try device.time(
      lanes: directions.map { direction in
        let ends = direction == .toDevice ? upward : downward
        return Array(repeating: Transfer(direction, ends.host, ends.memory), count: repeats)
      })
  }

  func amount(_ repeats: Int) -> Double {
    Double(repeats) * Double(directions.count) * Double(length)
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    if let firstFault { return firstFault }
    if directions.contains(.fromDevice), !downward.host.starts(with: expected) {
      return "what came from the device is not what lies there"
    }
    guard directions.contains(.toDevice) else { return nil }
    _ = try device.time([
      launch(sum, [.memory(sums), .memory(upward.memory), .uint32(UInt32(length / 16))])
    ])
    let found = Words.sum(try device.read(limits.items * 4, from: sums))
    let wanted = MemoryKernels.sum(words: length / 4, seed: Self.seeds.right)
    return found == wanted ? nil : "on the device the words' sum is \(found), not \(wanted)"
  }

  private func filling(
    _ memory: Device.Memory, _ seed: UInt32
  ) -> Launch<Device.Memory, Device.Kernel> {
    launch(fill, [.memory(memory), .uint32(UInt32(length / 16)), .uint32(seed)])
  }

  private func launch(
    _ kernel: Device.Kernel, _ arguments: [Launch<Device.Memory, Device.Kernel>.Argument]
  ) -> Launch<Device.Memory, Device.Kernel> {
    Launch(kernel, groups: limits.groups, groupSize: limits.itemsPerGroup, arguments)
  }
}
