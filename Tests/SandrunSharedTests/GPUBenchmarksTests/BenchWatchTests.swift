import GPUs
import Records
import Synchronization
import Testing

@testable import GPUBenchmarks

/// What is seen of a GPU while it is measured.
@Suite struct BenchWatchTests {
  private static func facts(_ clock: Int) -> Facts {
    var facts = Facts()
    facts.set("clock", to: .integer(clock))
    facts.set("power", to: .integer(clock))
    return facts
  }

  private final class Holder: Sendable {
    let watch = Mutex<BenchWatch?>(nil)
    let looks = Mutex(0)
  }

  /// A look that ends after the run that it was to look at tells of the host's turn: it does not count.
  @Test func aLookThatOutlastsItsRunDoesNotCount() async throws {
    let holder = Holder()
    let watch = BenchWatch(
      look: {
        let number = holder.looks.withLock { looks in
          looks += 1
          return looks
        }
        // The first ends the run, which is looked at by the second, right behind it.
        if number == 1 { holder.watch.withLock { $0 }?.runEnds() }
        return Self.facts(number == 2 ? 1410 : 300)
      }, energy: { .failure(Unanswered("no counter")) })
    holder.watch.withLock { $0 = watch }
    watch.runBegins()
    var waits = 0
    while holder.looks.withLock({ $0 }) < 2, waits < 6000 {
      try await Task.sleep(for: .milliseconds(10))
      waits += 1
    }
    let seen = watch.finish()
    #expect(seen["clock"]?.integer == 1410)
    #expect(
      seen["powerSource"]?.string
        == "NVML's mean of about a second, in the middle of the run (no counter)")
  }

  @Test func betweenRunsNobodyLooks() {
    let holder = Holder()
    let watch = BenchWatch(
      look: {
        holder.looks.withLock { $0 += 1 }
        return Self.facts(1)
      }, energy: { .failure(Unanswered("no counter")) })
    let seen = watch.finish()
    #expect(holder.looks.withLock { $0 } == 0)
    #expect(seen.reasons["clock"] == "nothing was run")
    #expect(seen.reasons["powerSource"] == "nothing was run")
  }

  private static func watts(_ readings: [(Double, Int)]) -> Double? {
    var meter = EnergyMeter()
    for (seconds, energy) in readings {
      meter.take(EnergyMeter.Reading(seconds: seconds, millijoules: energy))
    }
    return meter.watts
  }

  /// 400 W by a counter that moves ten times a second, looked at 50 times a second.
  @Test func powerIsTakenBetweenMoves() throws {
    let readings = (0...52).map { step in
      (Double(step) / 50 + 0.013, (step / 5) * 40_000)
    }
    #expect(abs(try #require(Self.watts(readings)) - 400) < 1e-6)
  }

  @Test func tooLittleIsNoPower() throws {
    #expect(Self.watts([]) == nil)
    #expect(Self.watts([(0, 5)]) == nil)
    #expect(Self.watts([(0, 0), (0.3, 90_000)]) == nil)
    #expect(Self.watts([(0, 7), (1, 7)]) == nil)
    #expect(Self.watts([(0, 90_000), (1, 10), (2, 100_000)]) == nil)
    // One move alone: the whole time.
    #expect(Self.watts([(0, 0), (2, 600_000)]) == 300)
  }
}
