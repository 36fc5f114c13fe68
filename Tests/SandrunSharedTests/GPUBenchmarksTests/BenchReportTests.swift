import Records
import Testing

@testable import GPUBenchmarks
@testable import GPUs

/// What is told of a measurement: peaks, what the GPU did meanwhile, records and the picture.
@Suite struct BenchReportTests {
  private static func figures(_ compute: Int, units: Int, clock: Int) -> DeviceFigures {
    var figures = DeviceFigures()
    (figures.compute, figures.multiprocessors, figures.clock) = (compute, units, clock)
    return figures
  }

  /// What the white papers tell: V100, A100, H100 SXM, RTX 4090.
  @Test(arguments: [
    (70, 80, 1530, BenchTest.fp32, 15.7e12), (80, 108, 1410, .fp32, 19.5e12),
    (80, 108, 1410, .fp64, 9.7e12), (80, 108, 1410, .fp16, 78e12), (80, 108, 1410, .bf16, 39e12),
    (80, 108, 1410, .bf16Tensor, 312e12), (80, 108, 1410, .tf32Tensor, 156e12),
    (80, 108, 1410, .int8Tensor, 624e12), (90, 132, 1980, .fp32, 66.9e12),
    (90, 132, 1980, .fp64, 33.5e12), (89, 128, 2520, .fp32, 82.6e12),
    (70, 80, 1530, .fp16Library, 125e12), (75, 40, 1590, .int8Library, 130e12),
    (80, 108, 1410, .bf16Library, 312e12), (90, 132, 1830, .bf16Library, 989.4e12),
    (90, 132, 1830, .tf32Library, 494.7e12), (90, 132, 1830, .fp8Library, 1978.9e12),
  ])
  func aPeakIsThatOfTheWhitePaper(
    _ compute: Int, _ units: Int, _ clock: Int, _ test: BenchTest, _ wanted: Double
  ) throws {
    let peak = try BenchPeak(test, of: Self.figures(compute, units: units, clock: clock))
    #expect(abs(peak.value / wanted - 1) < 0.01, "\(peak.name): \(peak.value)")
  }

  @Test func memoryAndLinkHavePeaks() throws {
    var figures = DeviceFigures()
    (figures.memoryClock, figures.memoryWidth) = (2619, 5120)
    (figures.linkGeneration, figures.linkWidth) = (5, 16)
    #expect(try BenchPeak(.memoryRead, of: figures).value == 3_352_320_000_000)
    let (one, both) = (
      try BenchPeak(.upPinned, of: figures).value, try BenchPeak(.bothPinned, of: figures).value
    )
    #expect(abs(one - 63.0e9) < 0.1e9 && both == 2 * one)
  }

  /// Between two GPUs the slower link counts, and of NVLinks nobody tells where they lead.
  @Test func aPairHasThePeakOfTheSlowerLink() throws {
    var (one, other) = (DeviceFigures(), DeviceFigures())
    (one.linkGeneration, one.linkWidth, one.nvlinks) = (5, 16, 0)
    (other.linkGeneration, other.linkWidth, other.nvlinks) = (4, 16, 0)
    let slower = try BenchPeak(.upPinned, of: other)
    #expect(try BenchPeak(.peerCopy, from: one, to: other) == slower)
    #expect(try BenchPeak(.peerBoth, from: other, to: one).value == 2 * slower.value)
    for links in [nil, 12] {
      one.nvlinks = links
      #expect(throws: BenchPeak.Unknown.self) { try BenchPeak(.peerCopy, from: one, to: other) }
    }
  }

  @Test(arguments: BenchTest.allCases)
  func whatNobodyTellsHasNoPeak(_ test: BenchTest) {
    #expect(throws: BenchPeak.Unknown.self) { try BenchPeak(test, of: DeviceFigures()) }
    var zero = Self.figures(80, units: 0, clock: 0)
    (zero.memoryClock, zero.memoryWidth, zero.linkGeneration, zero.linkWidth) = (0, 0, 4, 0)
    #expect(throws: BenchPeak.Unknown.self) { try BenchPeak(test, of: zero) }
  }

  @Test func meanwhileIsTheMiddleAndTheWorst() throws {
    let looks = [
      (300, 40, ["idle"]), (1400, 61, ["powerCap"]), (1410, 55, ["powerCap", "syncBoost"]),
    ]
    .map { clock, temperature, throttle in
      var facts = Facts()
      facts.set("clock", to: .integer(clock))
      facts.set("temperature", to: .integer(temperature))
      facts.set("throttle", to: .array(throttle.map { .string($0) }))
      facts.lack("power", because: "it does not tell")
      return facts
    }
    let summary = BenchWatch.summary(looks)
    #expect(summary["clock"]?.integer == 1400)
    #expect(summary["temperature"]?.integer == 61)
    #expect(summary["throttle"] == ["powerCap", "syncBoost"])
    #expect(summary.reasons["power"] == "it does not tell")
    #expect(BenchWatch.summary([]).reasons["throttle"] == "nothing was run")
  }

  private static func report(_ samples: [Double], named name: String = "A") -> BenchReport {
    var facts = Facts()
    facts.set("name", to: .string(name))
    let outcome = BenchOutcome(samples: samples, kernelName: "k", repeats: 1, isSteady: true)
    return BenchReport(
      GPU(index: 0, backend: .cuda, backendIndex: 0, facts: facts), .fp32, .success(outcome),
      meanwhile: Facts(), figures(80, units: 108, clock: 1410))
  }

  /// A driver's clock may say anything: it ends in no number, or in one that is told as it is, and never in a crash.
  @Test(arguments: [[.nan], [.infinity], [0], [-1], [1e300], [1e-300], []] as [[Double]])
  func nonsenseIsNeverANumber(_ samples: [Double]) throws {
    let report = Self.report(samples)
    let text = String(decoding: report.summary.bytes, as: UTF8.self)
    #expect(!text.lowercased().contains("nan,") && !text.contains("inf,"))
    #expect(try Record(parsing: Array(text.utf8))["bench"]?["median"] != nil)
    #expect(BenchPlot([report]).text.hasSuffix("</svg>\n"))
    #expect(!report.records.isEmpty)
  }

  @Test func namesCannotBreakThePicture() {
    let text = BenchPlot([Self.report([1e12], named: "<b>&\u{1}\u{FFFF}\"")]).text
    #expect(text.contains("GPU 0: &lt;b&gt;&amp;\"</text>"))
  }

  @Test(arguments: [
    (1.0, "s", "1.00 s"), (8.62e-7, "s", "862 ns"), (3.3523e12, "B/s", "3.35 TB/s"),
    (999.6e9, "B/s", "1.00 TB/s"), (12.345e9, "B/s", "12.3 GB/s"), (1e-12, "s", "0.00 ns"),
  ])
  func showsThreeDigits(_ value: Double, _ unit: String, _ wanted: String) {
    #expect(BenchPlot.shown(value, unit) == wanted)
  }

  @Test func listsAreNamesAndGroups() throws {
    #expect(try BenchTest.list("fp16") == [.fp16, .fp16Tensor, .fp16Library])
    #expect(try BenchTest.list("fp16.fma") == [.fp16])
    // No test has the name of a group of several.
    for test in BenchTest.allCases
    where BenchTest.allCases.contains(where: { $0.group == test.rawValue }) {
      #expect(test == .health)
    }
    #expect(try BenchTest.list("health,memory.read") == [.memoryRead, .health])
    #expect(try BenchTest.list("pcie.h2d") == [.upPinned, .upPageable])
    #expect(throws: UnknownTest(name: "memo")) { try BenchTest.list("memo") }
    #expect(throws: UnknownTest(name: "")) { try BenchTest.list("fp32,") }
  }
}
