import ArgumentParser
import Commands
import Files
import GPUs
import Records
import SystemPackage

struct Watch: Command {
  static let configuration = CommandConfiguration(
    abstract: "Tell how the GPUs fare: a record with 'sample' for each, again and again.",
    discussion: """
      Goes on until it is interrupted.

      $ sr-gpu watch --interval 10s | jq -c '.sample | [.time, .index, .power, .throttle]'
      """)
  static let endsBySignal = true

  // What begins with a dash is refused as a duration, not as a value that is missing.
  @Option(parsing: .unconditional, help: "Look every <duration>.")
  var interval = "1s"

  @Option(help: "End after <n> looks.")
  var count: Int?

  @Option(
    help: "Write the last look to <file>, too, for Prometheus's textfile collector.",
    completion: .file())
  var prometheus: String?

  @OptionGroup var devices: SurveyOptions
  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let count, count < 1 { throw ValidationError("--count takes 1 or more") }
    if let prometheus, prometheus.isEmpty || prometheus.utf8.contains(0) {
      throw ValidationError("--prometheus takes a path")
    }
    _ = try period()
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let period: Duration
    do { period = try self.period() } catch { throw Failure(.usage, "\(error)") }
    let survey = devices.survey(in: world)
    try survey.demandDevices()
    if let prometheus {
      do throws(FileError) { try Files.tryWriting(to: FilePath(prometheus)) } catch {
        throw Failure(.cannotCreate, "\(error)")
      }
    }
    let watcher = GPUWatcher(survey)
    var next = ContinuousClock.now
    var looks = 0
    var lost: Set<Int> = []
    while !world.interruption.isRequested {
      let samples = watcher.samples(at: world.now())
      var bytes: [UInt8] = []
      for sample in samples {
        bytes += Record(["sample": sample.json]).bytes + [UInt8(ascii: "\n")]
      }
      try world.output.write(bytes)
      try publish(samples)
      for sample in samples {
        // Said once.
        guard let loss = sample.facts.loss else { continue }
        guard lost.insert(sample.gpu.index).inserted else { continue }
        world.report(Failure(.unavailable, "GPU \(sample.gpu.index): \(loss)"))
      }
      looks += 1
      if looks == count { break }
      // A look that took longer than the period leaves out those that are past.
      repeat { next += period } while next < .now
      if await !pause(until: next, in: world) { break }
    }
    return lost.isEmpty ? .done : .unavailable
  }

  private func period() throws(ValidationError) -> Duration {
    guard let period = try? Seconds.parse(interval), period >= .milliseconds(1) else {
      throw ValidationError("--interval takes a duration of a millisecond or more")
    }
    return period
  }

  private func publish(_ samples: [GPUWatcher.Sample]) throws(Failure) {
    guard let prometheus else { return }
    do throws(FileError) {
      try Files.writeAtomically(Array(PrometheusText(samples).text.utf8), to: FilePath(prometheus))
    } catch { throw Failure(.cannotCreate, "\(error)") }
  }

  /// Whether the time came before a request to stop.
  private func pause(until time: ContinuousClock.Instant, in world: World) async -> Bool {
    await withTaskGroup(of: Bool.self) { group in
      group.addTask { (try? await Task.sleep(until: time, clock: .continuous)) != nil }
      group.addTask {
        await world.interruption.wait()
        return false
      }
      let isTime = await group.next() ?? false
      group.cancelAll()
      return isTime
    }
  }
}
