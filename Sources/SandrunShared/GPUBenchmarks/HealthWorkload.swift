internal import Computing

/// Products of two matrices, each compared bit by bit with the first, which is proved on the host.
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
  private let proof: MatrixProof

  init(on device: Device, _ limits: BenchLimits) throws(ComputeError) {
    self.device = device
    self.limits = limits
    guard limits.groupSize >= MatrixKernels.tile * MatrixKernels.tile else {
      throw .unsupported("it has no groups of 256 work items")
    }
    side = limits.matrixSide
    proof = MatrixProof(side: side, leftSeed: Self.seeds.left, rightSeed: Self.seeds.right)
    multiply = try device.kernel("multiply", of: MatrixKernels.program)
    differ = try device.kernel("differ", of: MatrixKernels.program)
    let entries = try device.kernel("entries", of: MatrixKernels.program)
    let length = side * side * 4
    left = try device.allocate(length)
    right = try device.allocate(length)
    product = try device.allocate(length)
    reference = try device.allocate(length)
    differences = try device.allocate(limits.items * 4)
    try device.write([UInt8](repeating: 0, count: limits.items * 4), to: differences)
    for (memory, seed) in [(left, Self.seeds.left), (right, Self.seeds.right)] {
      _ = try device.time([
        Launch(
          entries, groups: limits.groups, groupSize: limits.itemsPerGroup,
          [.memory(memory), .uint32(UInt32(side * side)), .uint32(seed)])
      ])
    }
    _ = try device.time([multiplication(into: reference)])
  }

  /// Counts from here on, whatever was counted before.
  func reset() throws(ComputeError) {
    try device.write([UInt8](repeating: 0, count: limits.items * 4), to: differences)
    // A product that is not computed again is no product.
    try device.write([UInt8](repeating: 0xFF, count: side * side * 4), to: product)
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
    let counts = try device.read(limits.items * 4, from: differences)
    let count = Words.sum(counts)
    guard count == 0 else { return "\(count) cells differ between two products of the same" }
    let cells = try device.read(side * side * 4, from: product)
    return proof.fault(in: cells)
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
