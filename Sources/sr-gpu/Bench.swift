import ArgumentParser
import Commands
import Computing
import Files
import GPUBenchmarks
import GPUs
import Records
import SystemPackage

struct Bench: Command {
  static let configuration = CommandConfiguration(
    abstract: "Measure how fast the GPUs are: a record with 'bench' for each test.",
    discussion: """
      Each result is proved before it counts: a wrong one is no number, and the status is 1. What a device does not \
      have, and what nobody tells of it, is null, with the reason in 'bench.reasons'.

      $ sr-gpu bench --tests memory,fp32 | jq -c '.bench | [.test, .median, .unit, .fraction]'
      """)

  @Option(help: "Run <tests> alone: names or groups with commas between, such as memory,fp32.")
  var tests: String?

  // What begins with a dash is refused as a duration, not as a value that is missing.
  @Option(
    parsing: .unconditional,
    help: "Take samples of each test for <duration>, and warm up for as long at most.")
  var seconds = "1s"

  @Flag(help: "Write a record for each sample, not one for each test.")
  var samples = false

  @Option(help: "Draw what was measured to <file>, an SVG.", completion: .file())
  var plot: String?

  @OptionGroup var devices: SurveyOptions
  @OptionGroup var common: CommonOptions

  @Argument(help: "Measure these GPUs alone: an index or a UUID of 'list'.")
  var gpus: [String] = []

  func validate() throws {
    _ = try duration()
    if let tests {
      do throws(UnknownTest) { _ = try BenchTest.list(tests) } catch {
        throw ValidationError("\(error)")
      }
    }
    if let plot, plot.isEmpty || plot.utf8.contains(0) {
      throw ValidationError("--plot takes a path")
    }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    BenchSubject.prepare()
    let survey = devices.survey(in: world)
    try survey.demandDevices()
    let chosen = try Self.chosen(gpus, of: survey)
    let wanted: [BenchTest]
    let length: Duration
    do {
      wanted = try tests.map(BenchTest.list) ?? BenchTest.allCases
      length = try duration()
    } catch { throw Failure(.usage, "\(error)") }
    if let plot {
      do throws(FileError) { try Files.tryWriting(to: FilePath(plot)) } catch {
        throw Failure(.cannotCreate, "\(error)")
      }
    }
    let line = StatusLine(in: world)
    var session = BenchSession(
      pace: BenchPace(seconds: length / .seconds(1)), GPUWatcher(survey), line)
    let write = { (report: BenchReport) throws(Failure) in
      for record in samples ? report.records : [report.summary] {
        try line.world.output.write(record.bytes + [UInt8(ascii: "\n")])
      }
    }
    for (index, gpu) in chosen.enumerated() {
      try session.measure(gpu, wanted, after: index, of: chosen.count, write)
    }
    try session.measurePairs(of: chosen, wanted, named: tests != nil, write)
    line.clear()
    try draw(session.reports)
    guard !world.interruption.isRequested else {
      throw Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
    }
    return session.status
  }

  private func duration() throws(ValidationError) -> Duration {
    guard let duration = try? Seconds.parse(seconds), duration >= .milliseconds(1),
      duration <= .seconds(86_400)
    else { throw ValidationError("--seconds takes a duration of 1ms to 1d") }
    return duration
  }

  private func draw(_ reports: [BenchReport]) throws(Failure) {
    guard let plot else { return }
    do throws(FileError) {
      try Files.writeAtomically(Array(BenchPlot(reports).text.utf8), to: FilePath(plot))
    } catch { throw Failure(.cannotCreate, "\(error)") }
  }

  /// The GPUs that are named, by index or UUID; all where none is.
  static func chosen(
    _ names: [String], of survey: GPUSurvey
  ) throws(Failure) -> [GPU] {
    guard !names.isEmpty else { return survey.gpus }
    var chosen: [GPU] = []
    for name in names {
      guard
        let gpu = survey.gpus.first(where: {
          "\($0.index)" == name || $0.uuid?.lowercased() == name.lowercased()
        })
      else {
        throw Failure(
          .unavailable, "no GPU '\(name)' here", code: "no-device",
          hint: "'sr-gpu list' tells which there are")
      }
      if !chosen.contains(where: { $0.index == gpu.index }) { chosen.append(gpu) }
    }
    return chosen
  }
}
