internal import Computing

/// Multiplying and adding small matrices by what a GPU has for that.
///
/// `mma.sync` reaches all of Ampere's and Ada's units. From Hopper on the greater part is behind `wgmma` and `tcgen05`: no verdict is drawn
/// from it there.
struct TensorWorkload<Device: ComputeDevice>: KernelWorkload {
  private static var rounds: Int { 255 }

  let kernelName: String
  let device: Device
  private let limits: BenchLimits
  private let shape: TensorKernels.Shape
  private let kernel: Device.Kernel
  private let sums: Device.Memory

  init(
    _ number: NumberKind, on device: Device, _ limits: BenchLimits
  ) throws(ComputeError) {
    guard device.supports(number), let shape = TensorKernels.shape(number),
      let program = TensorKernels.program(number)
    else { throw .unsupported("it does not multiply matrices of \(number.rawValue) by mma.sync") }
    // A warp has 32 work items, all of which take part.
    guard limits.itemsPerGroup % 32 == 0 else {
      throw .unsupported("its groups are no whole warps")
    }
    self.device = device
    self.limits = limits
    self.shape = shape
    kernelName = shape.instruction
    kernel = try device.kernel("products", of: program)
    sums = try device.allocate(limits.items * 4)
  }

  func reset() throws(ComputeError) {
    try device.write([UInt8](repeating: 0, count: limits.items * 4), to: sums)
  }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let one = Launch<Device.Memory, Device.Kernel>(
      kernel, groups: limits.groups, groupSize: limits.itemsPerGroup,
      [.memory(sums), .float(1), .uint32(UInt32(Self.rounds))])
    return Array(repeating: one, count: repeats)
  }

  private var steps: Int { Self.rounds * TensorKernels.stepsPerRound }

  func amount(_ repeats: Int) -> Double {
    let products = limits.items / 32 * steps * TensorKernels.chains
    return 2 * Double(repeats) * Double(products) * Double(16 * 8 * shape.depth)
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    // Four cells of each chain are a work item's; after an odd number of rounds each is one round further.
    let expected = Float(TensorKernels.stepsPerRound * TensorKernels.chains * 4) * shape.gain
    let bytes = try device.read(limits.items * 4, from: sums)
    for item in 0..<limits.items {
      let found = Float(bitPattern: Words.uint32(bytes, at: item * 4))
      guard found == expected else {
        return "work item \(item) counts \(found), not \(expected)"
      }
    }
    return nil
  }
}
