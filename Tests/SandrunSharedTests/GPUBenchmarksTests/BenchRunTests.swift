import Computing
import GPUBenchmarks
import OpenCL
import Testing

/// Measurements on a real device: the machine's processor, behind OpenCL.
@Suite(.serialized) struct BenchRunTests {
  private static let limits = BenchLimits(
    memory: 64 << 20, allocation: 4 << 20, cache: 1 << 20, units: 2, groupSize: 256)
  private static let pace = BenchPace(seconds: 0.02)

  private static func computer() throws -> OpenCLComputer {
    let devices = try OpenCL().devices()
    let device = try #require(devices.first { (try? $0.kind()) == .cpu })
    return try OpenCLComputer(device)
  }

  /// A clock of the tests' own: each look at it is a millisecond later, however busy the machine is.
  private static func clock() -> () -> Double {
    var time = 0.0
    return {
      time += 0.001
      return time
    }
  }

  @Test(arguments: BenchTest.allCases)
  func measures(_ test: BenchTest) throws {
    let computer = try Self.computer()
    let run = BenchRun(computer, Self.limits, Self.pace, now: Self.clock(), isStopped: { false })
    // What it does not have is told as such, and is no failure.
    let isTensor = [".mma", ".cublaslt"].contains { test.rawValue.hasSuffix($0) }
    if isTensor || test.isBetweenGPUs || test == .bf16 || test == .fp16 && !computer.supports(.fp16)
    {
      do throws(BenchError) {
        _ = try run.outcome(of: test)
        Issue.record("it computes with what it does not have")
      } catch {
        guard case .unsupported = error else {
          Issue.record("\(error)")
          return
        }
      }
      return
    }
    let outcome = try run.outcome(of: test)
    #expect(outcome.samples.count >= 5)
    let statistics = try #require(Statistics(outcome.samples))
    #expect(statistics.min > 0 && statistics.min <= statistics.median)
    #expect(statistics.median <= statistics.max)
  }

  @Test func aRequestToStopLeavesWhatWasMeasured() throws {
    var looks = 0
    var pace = BenchPace(seconds: 1000)
    (pace.warmUp, pace.sampleSeconds) = (0, 1e-6)
    let run = BenchRun(
      try Self.computer(), Self.limits, pace, now: Self.clock(),
      isStopped: {
        looks += 1
        return looks > 8
      })
    #expect(try run.outcome(of: .memoryCopy).samples.count == 8)
    let stopped = BenchRun(
      try Self.computer(), Self.limits, Self.pace, now: Self.clock(), isStopped: { true })
    #expect(throws: BenchError.stopped) { try stopped.outcome(of: .memoryCopy) }
  }

  /// A device whose memory flips a bit of whatever is read back.
  private struct Flipping: ComputeDevice {
    let computer: OpenCLComputer
    var queueLimit: Int { computer.queueLimit }

    func supports(_ number: NumberKind) -> Bool { computer.supports(number) }
    func allocate(_ byteCount: Int) throws(ComputeError) -> OpenCLObject {
      try computer.allocate(byteCount)
    }
    func write(_ bytes: [UInt8], to memory: OpenCLObject) throws(ComputeError) {
      try computer.write(bytes, to: memory)
    }
    func read(_ byteCount: Int, from memory: OpenCLObject) throws(ComputeError) -> [UInt8] {
      var bytes = try computer.read(byteCount, from: memory)
      bytes[bytes.count / 2] ^= 0x10
      return bytes
    }
    func kernel(_ name: String, of program: KernelProgram) throws(ComputeError) -> OpenCLObject {
      try computer.kernel(name, of: program)
    }
    func time(_ launches: [Launch<OpenCLObject, OpenCLObject>]) throws(ComputeError) -> Double {
      try computer.time(launches)
    }
    func allocateHost(_ byteCount: Int, pinned: Bool) throws(ComputeError) -> HostMemory {
      try computer.allocateHost(byteCount, pinned: pinned)
    }
    func time(lanes: [[Transfer<OpenCLObject>]]) throws(ComputeError) -> Double {
      let seconds = try computer.time(lanes: lanes)
      for transfer in lanes.joined() where transfer.direction == .fromDevice {
        transfer.host.flip(at: transfer.host.byteCount / 2)
      }
      return seconds
    }
  }

  /// A device that says it ran, and did not.
  private struct Idle: ComputeDevice {
    let computer: OpenCLComputer
    let kernels: Set<String>
    var queueLimit: Int { computer.queueLimit }

    func supports(_ number: NumberKind) -> Bool { computer.supports(number) }
    func allocate(_ byteCount: Int) throws(ComputeError) -> OpenCLObject {
      try computer.allocate(byteCount)
    }
    func write(_ bytes: [UInt8], to memory: OpenCLObject) throws(ComputeError) {
      try computer.write(bytes, to: memory)
    }
    func read(_ byteCount: Int, from memory: OpenCLObject) throws(ComputeError) -> [UInt8] {
      try computer.read(byteCount, from: memory)
    }
    func kernel(
      _ name: String, of program: KernelProgram
    ) throws(ComputeError) -> (name: String, kernel: OpenCLObject) {
      (name, try computer.kernel(name, of: program))
    }
    func time(
      _ launches: [Launch<OpenCLObject, (name: String, kernel: OpenCLObject)>]
    ) throws(ComputeError) -> Double {
      let real = launches.filter { !kernels.contains($0.kernel.name) }.map { launch in
        Launch<OpenCLObject, OpenCLObject>(
          launch.kernel.kernel, groups: launch.groups, groupSize: launch.groupSize,
          launch.arguments.map { argument in
            switch argument {
            case .memory(let memory): .memory(memory)
            case .uint32(let value): .uint32(value)
            case .float(let value): .float(value)
            case .double(let value): .double(value)
            }
          })
      }
      return real.isEmpty ? 1e-3 : try computer.time(real)
    }
    func allocateHost(_ byteCount: Int, pinned: Bool) throws(ComputeError) -> HostMemory {
      try computer.allocateHost(byteCount, pinned: pinned)
    }
    func time(lanes: [[Transfer<OpenCLObject>]]) throws(ComputeError) -> Double {
      kernels.contains("copies") ? 1e-3 : try computer.time(lanes: lanes)
    }
  }

  /// A device whose way of timing changes in the midst, with a time that is neither.
  private final class Fickle: ComputeDevice {
    let computer: OpenCLComputer
    private var runs = 0
    var notes: [String] { runs < 4 ? [] : ["changed"] }
    var queueLimit: Int { computer.queueLimit }

    init(_ computer: OpenCLComputer) { self.computer = computer }
    func supports(_ number: NumberKind) -> Bool { computer.supports(number) }
    func allocate(_ byteCount: Int) throws(ComputeError) -> OpenCLObject {
      try computer.allocate(byteCount)
    }
    func write(_ bytes: [UInt8], to memory: OpenCLObject) throws(ComputeError) {
      try computer.write(bytes, to: memory)
    }
    func read(_ byteCount: Int, from memory: OpenCLObject) throws(ComputeError) -> [UInt8] {
      try computer.read(byteCount, from: memory)
    }
    func kernel(_ name: String, of program: KernelProgram) throws(ComputeError) -> OpenCLObject {
      try computer.kernel(name, of: program)
    }
    func time(_ launches: [Launch<OpenCLObject, OpenCLObject>]) throws(ComputeError) -> Double {
      _ = try computer.time(launches)
      runs += 1
      return runs == 4 ? 1e6 : 1
    }
    func allocateHost(_ byteCount: Int, pinned: Bool) throws(ComputeError) -> HostMemory {
      try computer.allocateHost(byteCount, pinned: pinned)
    }
    func time(lanes: [[Transfer<OpenCLObject>]]) throws(ComputeError) -> Double {
      try computer.time(lanes: lanes)
    }
  }

  @Test func whatWasTimedInTwoWaysIsNoSample() throws {
    var pace = Self.pace
    pace.warmUp = 0
    let run = BenchRun(
      Fickle(try Self.computer()), Self.limits, pace, now: Self.clock(), isStopped: { false })
    let outcome = try run.outcome(of: .launchLatency)
    #expect(Set(outcome.samples).count == 1)
    #expect(outcome.notes == ["changed"])
  }

  @Test(arguments: [
    BenchTest.memoryCopy, .memoryRead, .memoryWrite, .memoryTriad, .fp32, .fp64, .int8,
    .memoryLatency, .launchLatency, .upPinned, .downPageable, .bothPinned, .health,
  ])
  func aFlippedBitIsNoNumber(_ test: BenchTest) throws {
    let run = BenchRun(
      Flipping(computer: try Self.computer()), Self.limits, Self.pace, now: Self.clock(),
      isStopped: { false })
    do {
      let outcome = try run.outcome(of: test)
      Issue.record("a number of a wrong result: \(outcome.samples)")
    } catch {
      guard case .wrongResult = error else {
        Issue.record("\(error)")
        return
      }
    }
  }

  @Test(arguments: [
    (BenchTest.memoryCopy, "copy"), (.memoryRead, "sum"), (.memoryTriad, "triad"),
    (.fp32, "chains"), (.fp64, "chains"), (.int8, "chains"), (.memoryLatency, "chase"),
    (.upPageable, "copies"), (.downPinned, "copies"), (.bothPageable, "copies"),
    (.health, "multiply"), (.health, "differ"),
  ])
  func aKernelThatDidNotRunIsNoNumber(_ test: BenchTest, _ kernel: String) throws {
    let run = BenchRun(
      Idle(computer: try Self.computer(), kernels: [kernel]), Self.limits, Self.pace,
      now: Self.clock(), isStopped: { false })
    do {
      let outcome = try run.outcome(of: test)
      Issue.record("a number of nothing: \(outcome.samples)")
    } catch {
      guard case .wrongResult = error else {
        Issue.record("\(error)")
        return
      }
    }
  }
}
