import Records
import Synchronization
import Testing

@testable import Commands

/// What a run tells of itself while it goes on.
@Suite struct ProgressTests {
  @Test(arguments: [
    (0, "0 B"), (999, "999 B"), (1000, "1.0 KiB"), (1536, "1.5 KiB"), (102_300, "99.9 KiB"),
    (102_349, "100 KiB"),
    (102_400, "100 KiB"), (1_023_487, "999 KiB"), (1_023_488, "1.0 MiB"), (1 << 30, "1.0 GiB"),
    (Int.max, "8192 PiB"),
  ])
  func sizes(bytes: Int, text: String) {
    #expect(ProgressFigures.size(bytes) == text)
  }

  @Test(arguments: [
    (0, "0 s"), (59, "59 s"), (60, "1:00"), (3599, "59:59"), (3600, "1:00:00"),
    (90_061, "25:01:01"),
  ])
  func times(seconds: Int, text: String) {
    #expect(ProgressFigures.time(seconds) == text)
  }

  @Test func aLineOfKnownLength() {
    let figures = ProgressFigures(bytes: 256 << 20, items: 1, total: 1 << 30)
    #expect(
      figures.line("add", rate: 256 << 20).fitting(79)
        == "add: 256 MiB of 1.0 GiB  256 MiB/s  3 s left  [######.....................] 25%")
  }

  @Test func aLineOfUnknownLength() {
    let figures = ProgressFigures(bytes: 2048, items: 12, total: nil, records: 3)
    #expect(figures.line("get", rate: nil).fitting(79) == "get: 2.0 KiB  12 items  3 done")
  }

  @Test func aLineOfWorkThatIsNotOnBytes() {
    let figures = ProgressFigures(bytes: 0, items: 12, total: nil, records: 3)
    #expect(figures.line("ls", rate: 0).fitting(79) == "ls: 12 items  3 done")
    #expect(figures.line("ls", rate: 0).fitting(12) == "ls: 12 items")
  }

  @Test(arguments: 0...100) func aLineFitsItsTerminal(columns: Int) {
    let figures = ProgressFigures(bytes: 5 << 20, items: 7, total: 9 << 20, records: 2)
    let line = figures.line("import", rate: 1 << 20).fitting(columns)
    #expect(line.utf8.count <= columns)
    #expect(columns < 26 || line.hasPrefix("import: 5.0 MiB of 9.0 MiB"))
  }

  @Test func recordsTogetherAreOneSum() {
    var sum = ProgressFigures()
    sum.add(ProgressFigures(bytes: 10, items: 1, total: 100), total: 100)
    sum.add(ProgressFigures(bytes: 5, items: 2, total: 50), total: 50)
    #expect(sum == ProgressFigures(bytes: 15, items: 3, total: 150))
    sum.add(ProgressFigures(bytes: 1, items: 0, total: nil), total: nil)
    #expect(sum == ProgressFigures(bytes: 16, items: 3, total: nil))
    sum.add(ProgressFigures(bytes: 1, items: 0, total: 7), total: 7)
    #expect(sum.total == nil)
  }

  @Test func theRateIsThatOfTheLastSeconds() {
    let second: UInt64 = 1_000_000_000
    var rate = RateWindow()
    #expect(rate.bytesPerSecond == nil)
    rate.note(0, at: 100 * second)
    #expect(rate.bytesPerSecond == nil)
    rate.note(1000, at: 101 * second)
    #expect(rate.bytesPerSecond == 1000)
    // A long stop is forgotten.
    rate.note(1000, at: 200 * second)
    for tick: UInt64 in 1...10 { rate.note(1000 + Int(tick) * 50, at: (200 + tick) * second) }
    #expect(rate.bytesPerSecond == 50)
    rate.close(2200, at: 220 * second)
    #expect(rate.bytesPerSecond == 2200 / 120)
    #expect(rate.milliseconds == 120_000)
  }

  @Test func timeLeftIsToldWhereItCanBe() {
    #expect(ProgressFigures(bytes: 50, total: 150).secondsLeft(at: 30) == 4)
    #expect(ProgressFigures(bytes: 50, total: 150).secondsLeft(at: 0) == nil)
    #expect(ProgressFigures(bytes: 50, total: 150).secondsLeft(at: nil) == nil)
    #expect(ProgressFigures(bytes: 50, total: nil).secondsLeft(at: 30) == nil)
    #expect(ProgressFigures(bytes: 151, total: 150).secondsLeft(at: 30) == nil)
  }

  @Test func whatIsWrittenClearsTheLine() throws {
    let terminal = Screen(columns: 30)
    let bar = ProgressBar(terminal)
    let errors = ClearingSink(terminal, bar)
    try errors.write(Array("a\n".utf8))
    bar.draw(ProgressText(parts: ["add: 1 B"]))
    bar.draw(ProgressText(parts: ["add: 2 B"]))
    try errors.write(Array("b\n".utf8))
    try errors.write(Array("c\n".utf8))
    bar.draw(ProgressText(parts: ["add: 3 B"]))
    bar.clear()
    bar.clear()
    let line = "\r\u{1b}[K"
    #expect(
      terminal.text
        == "a\n\radd: 1 B\u{1b}[K\radd: 2 B\u{1b}[K\(line)b\nc\n\radd: 3 B\u{1b}[K\(line)")
  }
}

/// A terminal that remembers what was written to it.
private final class Screen: ByteSink {
  let columns: Int?
  private let bytes = Mutex<[UInt8]>([])

  init(columns: Int) { self.columns = columns }

  func write(_ more: [UInt8]) { bytes.withLock { $0 += more } }
  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
}
