internal import CUDA
internal import Computing

/// Products of two large matrices by NVIDIA's own library.
struct LibraryWorkload: Workload {
  /// Columns of the product that are read and proved.
  private static let proved = 16

  let kernelName: String
  let device: CUDAComputer
  /// A product may be more than one launch.
  let repeatLimit = 64
  private let number: NumberKind
  private let numbers: CUBLASProduct.Numbers
  private let limits: BenchLimits
  private let pattern: ProductPattern
  private let library: CUBLASProduct
  private let product: CUDAMemory
  private let fill: CUDAObject

  init(
    _ number: NumberKind, by library: CUBLASLt, on device: CUDAComputer, _ limits: BenchLimits
  ) throws(ComputeError) {
    guard let numbers = CUBLASProduct.Numbers(number), number != .fp8 || device.compute >= 89,
      number == .fp8 || device.supports(number)
    else { throw .unsupported("it does not multiply matrices of \(number.rawValue)") }
    self.device = device
    self.limits = limits
    (self.number, self.numbers) = (number, numbers)
    kernelName = "cublasLtMatmul \(library.version)"
    var side = limits.units >= 16 ? 8192 : 256
    while side > 256, 12 * side * side > limits.memory / 4 { side /= 2 }
    pattern = ProductPattern(side: side)
    fill = try device.kernel("fill", of: MemoryKernels.program)
    let left = try Self.factor(.left, of: pattern, number, on: device)
    let right = try Self.factor(.right, of: pattern, number, on: device)
    product = try device.allocate(side * side * numbers.productBytes)
    self.library = try CUBLASProduct(
      library, on: device, numbers, side: side, left: left, right: right, product: product)
  }

  private static func factor(
    _ factor: ProductPattern.Factor, of pattern: ProductPattern, _ number: NumberKind,
    on device: CUDAComputer
  ) throws(ComputeError) -> CUDAMemory {
    let period = pattern.bytes(factor, as: number)
    let length = pattern.side * pattern.side * ProductPattern.code(0, as: number).count
    let memory = try device.allocate(length)
    for place in stride(from: 0, to: length, by: period.count) {
      let rest = length - place
      try device.write(
        rest < period.count ? Array(period.prefix(rest)) : period, to: memory, at: place)
    }
    return memory
  }

  func reset() throws(ComputeError) {
    let vectors = pattern.side * pattern.side * numbers.productBytes / 16
    _ = try device.time([
      Launch(
        fill, groups: limits.groups, groupSize: limits.itemsPerGroup,
        [.memory(product), .uint32(UInt32(vectors)), .uint32(999_983)])
    ])
  }

  func seconds(_ repeats: Int) throws(ComputeError) -> Double { try library.time(repeats) }

  func amount(_ repeats: Int) -> Double {
    let side = Double(pattern.side)
    return 2 * Double(repeats) * side * side * side
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    let length = pattern.side * numbers.productBytes
    for index in 0..<Self.proved {
      let column = index * (pattern.side - 1) / (Self.proved - 1)
      let found = ProductPattern.numbers(
        try device.read(length, from: product, at: column * length), productOf: number)
      for row in 0..<pattern.side {
        let sum = pattern.sum(row: row, column: column)
        // What is no number is within no bound.
        let isRight =
          abs(found[row] - Double(sum)) <= ProductPattern.tolerance(sum, productOf: number)
        guard isRight else {
          return "row \(row) of column \(column) is \(found[row]), not \(sum)"
        }
      }
    }
    return nil
  }
}
