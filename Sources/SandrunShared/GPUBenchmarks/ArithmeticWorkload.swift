internal import Computing

/// Multiplying and adding, with no memory in the way.
struct ArithmeticWorkload<Device: ComputeDevice>: KernelWorkload {
  /// Odd, so that a right result is not the one that nothing would give.
  private static var rounds: Int { 255 }

  let kernelName = "chains"
  let device: Device
  private let limits: BenchLimits
  private let number: NumberKind
  private let kernel: Device.Kernel
  private let sums: Device.Memory

  init(
    _ number: NumberKind, on device: Device, _ limits: BenchLimits
  ) throws(ComputeError) {
    guard device.supports(number), let program = ArithmeticKernels.program(number) else {
      throw .unsupported("it does not multiply and add in \(number.rawValue)")
    }
    self.device = device
    self.number = number
    self.limits = limits
    kernel = try device.kernel(kernelName, of: program)
    sums = try device.allocate(limits.items * 4)
  }

  private var items: Int { limits.items }

  func reset() throws(ComputeError) {
    try device.write([UInt8](repeating: 0, count: items * 4), to: sums)
  }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let one = Launch(
      kernel, groups: limits.groups, groupSize: limits.itemsPerGroup,
      [
        Launch<Device.Memory, Device.Kernel>.Argument.memory(sums), .float(1),
        .uint32(UInt32(Self.rounds)),
      ])
    return Array(repeating: one, count: repeats)
  }

  func amount(_ repeats: Int) -> Double {
    let steps = Self.rounds * ArithmeticKernels.stepsPerRound * ArithmeticKernels.chains
    let operations = steps * ArithmeticKernels.operations(number)
    return Double(repeats) * Double(items) * Double(operations)
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    let expected = ArithmeticKernels.sum(rounds: Self.rounds)
    let bytes = try device.read(items * 4, from: sums)
    for item in 0..<items {
      let found = Float(bitPattern: Words.uint32(bytes, at: item * 4))
      guard found == expected else {
        return "work item \(item) counts \(found), not \(expected)"
      }
    }
    return nil
  }
}
