import Testing

@testable import GPUBenchmarks
@testable import OpenCL

/// What a driver may tell of its device, however odd.
struct BenchLimitsTests {
  @Test(arguments: [Int.min, -1, 0, 1, 1 << 31, 1 << 53, 1 << 62, Int.max], [false, true])
  func noNumberOfADriverOverflows(_ number: Int, _ isProcessor: Bool) {
    let usual = BenchLimits(
      memory: 1 << 34, allocation: 1 << 32, cache: 1 << 25, units: 64, groupSize: 256,
      isProcessor: isProcessor)
    let all = BenchLimits(
      memory: number, allocation: number, cache: number, units: number, groupSize: number,
      isProcessor: isProcessor)
    let each = [
      BenchLimits(
        memory: number, allocation: usual.allocation, cache: usual.cache, units: 64,
        groupSize: 256, isProcessor: isProcessor),
      BenchLimits(
        memory: usual.memory, allocation: number, cache: usual.cache, units: 64,
        groupSize: 256, isProcessor: isProcessor),
      BenchLimits(
        memory: usual.memory, allocation: usual.allocation, cache: number, units: 64,
        groupSize: 256, isProcessor: isProcessor),
      BenchLimits(
        memory: usual.memory, allocation: usual.allocation, cache: usual.cache, units: number,
        groupSize: number, isProcessor: isProcessor),
    ]
    for limits in each + [all] {
      #expect(limits.bufferLength >= 1 << 20)
      #expect(UInt32(exactly: limits.bufferLength / 16) != nil)
      #expect(UInt32(exactly: limits.items) != nil)
      let lines = ChaseWorkload<OpenCLComputer>.lines(limits)
      #expect(lines > 0 && UInt32(exactly: lines * 32 - 1) != nil)
      #expect(limits.groups > 0 && (1...256).contains(limits.itemsPerGroup))
    }
  }

  /// A number of the cache never passes for one of the memory: what is large enough is not told of, what is not is.
  @Test(arguments: [1 << 20, 3 << 20, 40 << 20, 50_000_000, 260 << 20], [false, true])
  func whatTheCacheMayHoldIsToldOf(_ cache: Int, _ isProcessor: Bool) {
    func shortfalls(_ allocation: Int, _ memory: Int) -> [String?] {
      let limits = BenchLimits(
        memory: memory, allocation: allocation, cache: cache, units: 64, groupSize: 256,
        isProcessor: isProcessor)
      return [
        limits.shortfall(of: limits.bufferLength, times: 4),
        limits.shortfall(
          of: ChaseWorkload<OpenCLComputer>.lines(limits) * 128, times: isProcessor ? 2 : 8),
      ]
    }
    #expect(shortfalls(1 << 40, 1 << 43) == [nil, nil])
    #expect(!shortfalls(cache, 1 << 43).contains(nil))
    #expect(!shortfalls(1 << 40, 8 * cache).contains(nil))
  }

  /// What OpenCL answers is believed within bounds; beyond them the reason has the number.
  @Test(arguments: [0, 1 << 40, 1 << 63, UInt64.max] as [UInt64])
  func aNumberBeyondItsBoundsIsNotBelieved(_ number: UInt64) {
    #expect(throws: OpenCLError.self) {
      () throws(OpenCLError) in try OpenCLDevice.believed(number, within: 1..<1 << 40)
    }
    do throws(OpenCLError) {
      _ = try OpenCLDevice.believed(number, within: 1..<1 << 40)
    } catch {
      #expect(error.description == "clGetDeviceInfo failed with -30 (it tells of \(number))")
    }
    #expect((try? OpenCLDevice.believed(1 << 39, within: 1..<1 << 40)) == 1 << 39)
  }
}
