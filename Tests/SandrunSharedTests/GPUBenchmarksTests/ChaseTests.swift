import Computing
import OpenCL
import Testing

@testable import GPUBenchmarks

/// The walk through memory that `latency.memory` times.
@Suite(.serialized) struct ChaseTests {
  /// Twice as many lines as a launch reads.
  private static let limits = BenchLimits(
    memory: 128 << 20, allocation: 16 << 20, cache: 1 << 20, units: 2, groupSize: 256)

  private static func computer() throws -> OpenCLComputer {
    let devices = try OpenCL().devices()
    return try OpenCLComputer(try #require(devices.first { (try? $0.kind()) == .cpu }))
  }

  private static func place(
    after launches: Int, of work: ChaseWorkload<OpenCLComputer>, on computer: OpenCLComputer
  ) throws -> UInt32 {
    try work.reset()
    let all = work.launches(launches)
    _ = try computer.time(all)
    #expect(try work.fault(after: launches) == nil)
    guard case .memory(let walk) = all[0].arguments[0] else { return 0 }
    return Words.uint32(try computer.read(4, from: walk), at: 0)
  }

  @Test func launchesWalkOn() throws {
    let computer = try Self.computer()
    let work = try ChaseWorkload(on: computer, Self.limits)
    #expect(work.lines == 2 * ChaseWorkload<OpenCLComputer>.steps)
    // Half of the round, the other half, and as one.
    let half = try Self.place(after: 1, of: work, on: computer)
    #expect(half != 0)
    #expect(try Self.place(after: 1, of: work, on: computer) == 0)
    #expect(try Self.place(after: 3, of: work, on: computer) == half)
  }

  @Test func allLinesAreReadBeforeOneComesAgain() throws {
    let computer = try Self.computer()
    let work = try ChaseWorkload(on: computer, Self.limits)
    guard case .memory(let next) = work.launches(1)[0].arguments[1] else { return }
    let words = try computer.read(work.lines * 128, from: next)
    var (place, seen) = (0, Set<Int>())
    while seen.insert(place).inserted {
      #expect(place % 32 == 0)
      place = Int(Words.uint32(words, at: place * 4))
    }
    #expect(place == 0 && seen.count == work.lines)
  }

  @Test func aLaunchThatIsLeftOutIsSeen() throws {
    let computer = try Self.computer()
    let work = try ChaseWorkload(on: computer, Self.limits)
    try work.reset()
    // Two launches are a whole round here: the place alone would not tell that they are missing.
    _ = try computer.time(Array(work.launches(3).prefix(1)))
    #expect(try work.fault(after: 3) == "the chase took 65536 steps, not 196608")
  }

  @Test func theBufferIsEightTimesTheCache() {
    for cache in [1 << 20, 50 << 20, 126 << 20] {
      let limits = BenchLimits(
        memory: 80 << 30, allocation: 40 << 30, cache: cache, units: 132, groupSize: 1024)
      #expect(ChaseWorkload<OpenCLComputer>.lines(limits) * 128 >= max(8 * cache, 256 << 20))
    }
  }
}
