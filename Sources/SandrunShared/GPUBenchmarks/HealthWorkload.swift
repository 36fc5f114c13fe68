internal import Computing

/// Products of two matrices, each compared bit by bit with the first, which is proved on the host.
///
/// The device itself compares, and counts what it compared: between two samples the host has next to nothing to do.
///
/// The factors are small integers, so that each cell is exact in 32 bits of floating point whatever the order of its terms: two
/// products that differ come from a device that is broken.
struct HealthWorkload<Device: ComputeDevice>: KernelWorkload {
  private static var seeds: (left: UInt32, right: UInt32) { (17, 40_503) }

  let kernelName = "multiply"
  let device: Device
  private let limits: BenchLimits
  /// Rows and columns.
  private let side: Int
  private let multiply: Device.Kernel
  private let differ: Device.Kernel
  private let left: Device.Memory
  private let right: Device.Memory
  private let product: Device.Memory
  private let reference: Device.Memory
  private let differences: Device.Memory
  private let entries: Device.Kernel
  /// What is wrong with the first product.
  private var firstFault: String?

  init(on device: Device, _ limits: BenchLimits) throws(ComputeError) {
    self.device = device
    self.limits = limits
    guard limits.groupSize >= MatrixKernels.tile * MatrixKernels.tile else {
      throw .unsupported("it has no groups of 256 work items")
    }
    side = limits.matrixSide
    multiply = try device.kernel("multiply", of: MatrixKernels.program)
    differ = try device.kernel("differ", of: MatrixKernels.program)
    entries = try device.kernel("entries", of: MatrixKernels.program)
    let length = side * side * 4
    left = try device.allocate(length)
    right = try device.allocate(length)
    product = try device.allocate(length)
    reference = try device.allocate(length)
    differences = try device.allocate(limits.items * 8)
    _ = try device.time([filling(left, Self.seeds.left)])
    _ = try device.time([filling(right, Self.seeds.right)])
    // A product that is not computed is no product.
    try device.write([UInt8](repeating: 0xFF, count: length), to: reference)
    _ = try device.time([multiplication(into: reference)])
    firstFault = MatrixProof(
      side: side, leftSeed: Self.seeds.left, rightSeed: Self.seeds.right
    ).fault(in: try device.read(length, from: reference))
  }

  private func filling(
    _ memory: Device.Memory, _ seed: UInt32
  ) -> Launch<Device.Memory, Device.Kernel> {
    Launch(
      entries, groups: limits.groups, groupSize: limits.itemsPerGroup,
      [.memory(memory), .uint32(UInt32(side * side)), .uint32(seed)])
  }

  /// Counts from here on, whatever was counted before.
  func reset() throws(ComputeError) {
    try device.write([UInt8](repeating: 0, count: limits.items * 8), to: differences)
    // A product that is not computed again is a factor.
    _ = try device.time([filling(product, Self.seeds.left)])
  }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let comparison = Launch<Device.Memory, Device.Kernel>(
      differ, groups: limits.groups, groupSize: limits.itemsPerGroup,
      [
        .memory(differences), .memory(product), .memory(reference),
        .uint32(UInt32(side * side)),
      ])
    return (0..<repeats).flatMap { _ in [multiplication(into: product), comparison] }
  }

  func amount(_ repeats: Int) -> Double {
    2 * Double(repeats) * Double(side) * Double(side) * Double(side)
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    if let firstFault { return firstFault }
    let (found, seen) = Words.sums(try device.read(limits.items * 8, from: differences))
    guard found == 0 else { return "\(found) cells differ between two products of the same" }
    let cells = UInt32(truncatingIfNeeded: repeats * side * side)
    return seen == cells ? nil : "\(seen) cells were compared, not \(cells)"
  }

  private func multiplication(
    into memory: Device.Memory
  ) -> Launch<Device.Memory, Device.Kernel> {
    let tiles = side / MatrixKernels.tile
    return Launch(
      multiply, groups: tiles * tiles, groupSize: MatrixKernels.tile * MatrixKernels.tile,
      [.memory(memory), .memory(left), .memory(right), .uint32(UInt32(side))])
  }
}
