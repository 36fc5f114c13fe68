import Files
import Hashing
import Records
import SystemPackage
import Testing

@testable import Proofs

@Suite struct TraceTests {
  private let folder: TemporaryFolder
  private let path: FilePath

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path.appending("trace.jsonl.zst")
  }

  @Test func whatIsWrittenIsRead() throws {
    try Sample.trace(at: path)
    let (events, summary) = try events(path)
    #expect(
      events.map(\.type) == [
        "start", "stdout", "sample", "stderr", "exit", "output", "output", "end",
      ])
    #expect(summary.start == Sample.start)
    #expect(summary.exit?.exitCode == 0)
    #expect(summary.exit?.stdout.size == 6)
    #expect(summary.exit?.stdout.sha256 == SHA256.hash(Array("hello\n".utf8)))
    #expect(summary.exit?.usage == Sample.usage)
    #expect(summary.end == TraceEnd(count: 8, outputs: Sample.code))
    #expect(summary.count == 8)
    #expect(
      events.compactMap { if case .output(let output) = $0.kind { output.path } else { nil } }
        == ["a/c.txt", "b.txt"])
    #expect(events[3].time == .milliseconds(2500))
    #expect(try Files.status(path)?.permissions == .ownerReadWrite)
  }

  @Test func everyEventSurvivesItsText() throws {
    try Sample.trace(at: path)
    for event in try events(path).events {
      #expect(try TraceEvent(parsing: event.json.bytes.span) == event)
    }
  }

  @Test func anExistingFileIsLeftAlone() throws {
    try Files.writeAtomically([1], to: path)
    #expect(throws: ProofError.file(FileError("create", path, .fileExists))) {
      try Sample.trace(at: path)
    }
    #expect(try Files.read(path) == [1])
  }

  @Test func smallWritesAreJoinedAndLongOnesCut() throws {
    let clock = StoppedClock()
    let writer = try TraceWriter(creating: path, start: Sample.start) { clock.now }
    var all: [UInt8] = []
    for round in 0..<3000 {
      let piece = [UInt8](repeating: UInt8(round % 251), count: round % 100)
      all += piece
      try writer.output(.stdout, piece.span)
    }
    let long = [UInt8](repeating: 7, count: 200_000)
    all += long
    try writer.output(.stdout, long.span)
    let logs = try writer.exit(status: "completed", exitCode: 0, usage: Sample.usage)
    try writer.finish(outputs: [], folder: nil)
    #expect(logs.stdout.size == all.count && logs.stdout.sha256 == SHA256.hash(all))
    let chunks = try events(path).events.compactMap {
      if case .chunk(let chunk) = $0.kind { chunk } else { nil }
    }
    #expect(chunks.count == (all.count + 65535) / 65536)
    for chunk in chunks {
      let bytes = Array(all[chunk.offset..<chunk.offset + chunk.length])
      #expect(chunk.sha256 == SHA256.hash(bytes))
    }
  }

  @Test func whatIsASecondOldCanBeRead() throws {
    let clock = StoppedClock()
    let writer = try TraceWriter(creating: path, start: Sample.start) { clock.now }
    #expect(try events(path, acceptingUnfinished: true).events.count == 1)
    try writer.output(.stdout, Array("a".utf8).span)
    #expect(try events(path, acceptingUnfinished: true).events.count == 1)
    clock.advance(.seconds(1))
    try writer.sample(TraceSample(cpuTime: .zero, memory: 0, processes: 1))
    #expect(try events(path, acceptingUnfinished: true).events.count == 3)
    #expect(throws: ProofError.frame(.noSeekTable)) { try events(path) }
  }

  @Test func manyThreadsMayWrite() async throws {
    let writer = try TraceWriter(creating: path, start: Sample.start)
    try await withThrowingTaskGroup(of: Void.self) { group in
      for stream in TraceStream.allCases {
        group.addTask {
          for _ in 0..<500 {
            try writer.output(stream, [UInt8](repeating: 1, count: 999).span)
          }
        }
      }
      for _ in 0..<3 {
        group.addTask {
          for count in 0..<300 {
            try writer.sample(TraceSample(cpuTime: .zero, memory: count, processes: 1))
          }
        }
      }
      try await group.waitForAll()
    }
    try writer.exit(
      status: "failed", reason: "signal", exitCode: nil, signal: 9, usage: Sample.usage,
      truncated: [.stderr])
    try writer.finish(outputs: [], folder: nil)
    let exit = try events(path).summary.exit
    #expect(exit?.stdout.size == 499_500 && exit?.stderr.size == 499_500)
    #expect(exit?.stderr.isTruncated == true && exit?.stdout.isTruncated == false)
    #expect(exit?.signal == 9 && exit?.exitCode == nil)
  }

  @Test func aFullDiskIsReportedAgainAndAgain() throws {
    let clock = StoppedClock()
    let descriptor = try FileDescriptor.open(FilePath("/dev/full"), .writeOnly)
    defer { try? descriptor.close() }
    var state = try TraceState(descriptor, named: "/dev/full")
    let full = ProofError.file(FileError("write", "/dev/full", .noSpace))
    for _ in 0..<2 {
      do {
        try state.guarded { (state) throws(ProofError) in
          if state.lineCount == 0 { try state.add(.start(Sample.start), at: clock.now) }
          try state.closeFrame(at: clock.now)
        }
        Issue.record("/dev/full took it")
      } catch {
        #expect(error == full)
      }
    }
  }
}
