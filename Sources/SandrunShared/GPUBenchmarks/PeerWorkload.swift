internal import CUDA
internal import Computing

/// Copies from the memory of one GPU to that of another, one way or both ways at once.
struct PeerWorkload: Workload {
  private static let seeds: (there: UInt32, back: UInt32, reset: UInt32) = (40_503, 17, 999_983)
  /// Long enough that what a copy costs to begin is nothing beside it.
  private static let longest = 256 << 20

  /// A GPU with the kernels that it needs.
  struct End {
    let computer: CUDAComputer
    let limits: BenchLimits
    private let fill: CUDAObject
    private let sum: CUDAObject
    private let differ: CUDAObject
    private let counts: CUDAMemory

    init(_ computer: CUDAComputer, _ limits: BenchLimits) throws(ComputeError) {
      (self.computer, self.limits) = (computer, limits)
      fill = try computer.kernel("fill", of: MemoryKernels.program)
      sum = try computer.kernel("sum", of: MemoryKernels.program)
      differ = try computer.kernel("differ", of: MatrixKernels.program)
      counts = try computer.allocate(limits.items * 8)
    }

    func fill(_ memory: CUDAMemory, _ length: Int, _ seed: UInt32) throws(ComputeError) {
      try run(fill, [.memory(memory), .uint32(UInt32(length / 16)), .uint32(seed)])
    }

    func sum(_ memory: CUDAMemory, _ length: Int) throws(ComputeError) -> UInt32 {
      try run(sum, [.memory(counts), .memory(memory), .uint32(UInt32(length / 16))])
      return Words.sum(try computer.read(limits.items * 4, from: counts))
    }

    /// How many words of two buffers differ, and how many were compared.
    func differences(
      _ one: CUDAMemory, _ other: CUDAMemory, _ length: Int
    ) throws(ComputeError) -> (found: UInt32, seen: UInt32) {
      try computer.write([UInt8](repeating: 0, count: limits.items * 8), to: counts)
      try run(
        differ, [.memory(counts), .memory(one), .memory(other), .uint32(UInt32(length / 4))])
      let sums = Words.sums(try computer.read(limits.items * 8, from: counts))
      return (sums.even, sums.odd)
    }

    private func run(
      _ kernel: CUDAObject, _ arguments: [Launch<CUDAMemory, CUDAObject>.Argument]
    ) throws(ComputeError) {
      _ = try computer.time([
        Launch(kernel, groups: limits.groups, groupSize: limits.itemsPerGroup, arguments)
      ])
    }
  }

  /// One way: what is copied, where it arrives, and what must lie there then.
  private struct Way {
    let to: End
    let source: CUDAMemory
    let target: CUDAMemory
    let pattern: CUDAMemory
    /// What is wrong with what the arrival is held to.
    let fault: String?

    init(from: End, to: End, _ length: Int, _ seed: UInt32) throws(ComputeError) {
      self.to = to
      source = try from.computer.allocate(length)
      target = try to.computer.allocate(length)
      pattern = try to.computer.allocate(length)
      try from.fill(source, length, seed)
      try to.fill(pattern, length, seed)
      let wanted = MemoryKernels.sum(words: length / 4, seed: seed)
      let found = [try from.sum(source, length), try to.sum(pattern, length)]
      fault =
        found.allSatisfy { $0 == wanted }
        ? nil : "before anything was copied the words' sums are \(found), not \(wanted)"
    }
  }

  let kernelName = "cuMemcpyPeerAsync"
  let device: CUDAComputer
  let repeatLimit: Int
  private let length: Int
  private let peers: CUDAPeers
  private let there: Way
  private let back: Way?

  init(_ test: BenchTest, from: End, to: End) throws(ComputeError) {
    device = from.computer
    repeatLimit = from.computer.queueLimit / 2
    // First of all: what cannot be done needs no memory.
    peers = try CUDAPeers(from.computer, to.computer)
    length = min(from.limits.bufferLength, to.limits.bufferLength, Self.longest)
    there = try Way(from: from, to: to, length, Self.seeds.there)
    back =
      test == .peerBoth ? try Way(from: to, to: from, length, Self.seeds.back) : nil
  }

  private var ways: [Way] { [there] + (back.map { [$0] } ?? []) }

  func reset() throws(ComputeError) {
    for way in ways { try way.to.fill(way.target, length, Self.seeds.reset) }
  }

  func seconds(_ repeats: Int) throws(ComputeError) -> Double {
    func copy(_ way: Way) -> CUDAPeers.Copy {
      CUDAPeers.Copy(from: way.source, to: way.target, byteCount: length)
    }
    return try peers.time(repeats, there: copy(there), back: back.map(copy))
  }

  func amount(_ repeats: Int) -> Double {
    Double(repeats) * Double(ways.count) * Double(length)
  }

  func fault(after repeats: Int) throws(ComputeError) -> String? {
    for way in ways {
      if let fault = way.fault { return fault }
      let (found, seen) = try way.to.differences(way.target, way.pattern, length)
      guard found == 0 else { return "\(found) words did not arrive as they were" }
      guard seen == UInt32(length / 4) else {
        return "\(seen) words were compared, not \(length / 4)"
      }
    }
    return nil
  }
}
