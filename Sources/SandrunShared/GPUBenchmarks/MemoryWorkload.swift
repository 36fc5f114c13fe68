internal import Computing

/// Copying, reading, writing and the triad, over buffers beyond every cache.
struct MemoryWorkload<Device: ComputeDevice>: KernelWorkload {
  private static var seeds: (left: UInt32, right: UInt32, reset: UInt32) { (17, 40_503, 999_983) }

  let kernelName: String
  private let test: BenchTest
  let device: Device
  private let limits: BenchLimits
  private let timed: Device.Kernel
  private let fill: Device.Kernel
  private let sum: Device.Kernel
  private let left: Device.Memory
  private let right: Device.Memory
  private let target: Device.Memory
  private let sums: Device.Memory

  init(_ test: BenchTest, on device: Device, _ limits: BenchLimits) throws(ComputeError) {
    self.test = test
    self.device = device
    self.limits = limits
    kernelName =
      switch test {
      case .memoryCopy: "copy"
      case .memoryRead: "sum"
      case .memoryWrite: "fill"
      default: "triad"
      }
    timed = try device.kernel(kernelName, of: MemoryKernels.program)
    fill = try device.kernel("fill", of: MemoryKernels.program)
    sum = try device.kernel("sum", of: MemoryKernels.program)
    let length = limits.bufferLength
    left = try device.allocate(length)
    // Only the triad reads two.
    right = test == .memoryTriad ? try device.allocate(length) : left
    target = test == .memoryRead ? left : try device.allocate(length)
    sums = try device.allocate(limits.items * 4)
    _ = try device.time([filling(left, Self.seeds.left)])
    if test == .memoryTriad { _ = try device.time([filling(right, Self.seeds.right)]) }
  }

  var shortfall: String? { limits.shortfall(of: limits.bufferLength, times: 4) }

  func reset() throws(ComputeError) {
    if test == .memoryRead {
      try device.write(
        [UInt8](repeating: 0, count: limits.items * 4), to: sums)
    } else {
      _ = try device.time([filling(target, Self.seeds.reset)])
    }
  }

  func launches(_ repeats: Int) -> [Launch<Device.Memory, Device.Kernel>] {
    let one =
      switch test {
      case .memoryCopy: launch(timed, [.memory(target), .memory(left), vectors])
      case .memoryRead: launch(timed, [.memory(sums), .memory(left), vectors])
      case .memoryWrite: filling(target, Self.seeds.left)
      default: launch(timed, [.memory(target), .memory(left), .memory(right), vectors])
      }
    return Array(repeating: one, count: repeats)
  }

  func amount(_ repeats: Int) -> Double {
    let passes =
      switch test {
      case .memoryCopy: 2
      case .memoryRead, .memoryWrite: 1
      default: 3
      }
    return Double(repeats) * Double(passes) * Double(limits.bufferLength)
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    if test != .memoryRead {
      _ = try device.time([launch(sum, [.memory(sums), .memory(target), vectors])])
    }
    let found = Words.sum(try device.read(limits.items * 4, from: sums))
    let words = limits.bufferLength / 4
    var expected = MemoryKernels.sum(words: words, seed: Self.seeds.left)
    if test == .memoryTriad {
      expected &+= 3 &* MemoryKernels.sum(words: words, seed: Self.seeds.right)
    }
    return found == expected ? nil : "the words' sum is \(found), not \(expected)"
  }

  private var vectors: Launch<Device.Memory, Device.Kernel>.Argument {
    .uint32(UInt32(limits.bufferLength / 16))
  }

  private func filling(
    _ memory: Device.Memory, _ seed: UInt32
  ) -> Launch<Device.Memory, Device.Kernel> {
    launch(fill, [.memory(memory), vectors, .uint32(seed)])
  }

  private func launch(
    _ kernel: Device.Kernel, _ arguments: [Launch<Device.Memory, Device.Kernel>.Argument]
  ) -> Launch<Device.Memory, Device.Kernel> {
    Launch(
      kernel, groups: limits.groups, groupSize: limits.itemsPerGroup, arguments)
  }
}

/// Numbers in bytes that came from a device, little-endian as all of them are.
enum Words {
  static func uint32(_ bytes: [UInt8], at start: Int) -> UInt32 {
    UInt32(bytes[start]) | UInt32(bytes[start + 1]) << 8 | UInt32(bytes[start + 2]) << 16
      | UInt32(bytes[start + 3]) << 24
  }

  /// The sums of all words at even and at odd places, modulo 2^32.
  static func sums(_ bytes: [UInt8]) -> (even: UInt32, odd: UInt32) {
    unsafe bytes.withUnsafeBytes { buffer in
      var (even, odd, at): (UInt32, UInt32, Int) = (0, 0, 0)
      while at + 8 <= buffer.count {
        let pair = UInt64(
          littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: at, as: UInt64.self))
        even &+= UInt32(truncatingIfNeeded: pair)
        odd &+= UInt32(truncatingIfNeeded: pair >> 32)
        at += 8
      }
      return (even, odd)
    }
  }

  /// The sum of all words, modulo 2^32.
  static func sum(_ bytes: [UInt8]) -> UInt32 {
    unsafe bytes.withUnsafeBytes { buffer in
      var (sum, at): (UInt32, Int) = (0, 0)
      while at + 4 <= buffer.count {
        sum &+= UInt32(
          littleEndian: unsafe buffer.loadUnaligned(fromByteOffset: at, as: UInt32.self))
        at += 4
      }
      return sum
    }
  }
}
