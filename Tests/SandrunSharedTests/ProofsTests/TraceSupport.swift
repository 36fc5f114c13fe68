import Hashing
import Records
import Synchronization
import SystemPackage

@testable import Proofs

/// A clock that moves only when told.
final class StoppedClock: Sendable {
  private let time = Mutex(Duration.zero)
  func advance(_ step: Duration) { time.withLock { $0 += step } }
  var now: Duration { time.withLock { $0 } }
}

enum Sample {
  static let code = "bafybeigdyrzt5sfp7udm7hu76uh7y26nf3efuylqabf3oclgtqy55fbzdi"
  static let specification = "bafkreigh2akiscaildcqabsyg3dfr6chu3fgpregiymsck7e7aqa4s52zy"

  static let start = TraceStart(
    date: Timestamp(seconds: 1_790_000_000), argv: ["python3", "hello.py"],
    environment: ["LC_ALL", "TZ"], limits: [("memory", 536_870_912), ("seconds", 60)],
    sandbox: "bubblewrap", code: code, specification: specification)

  static let usage = TraceUsage(
    cpuTime: .milliseconds(120), wallTime: .milliseconds(2500), memoryPeak: 9_000_000)

  static let outputs = [
    TraceOutput(path: "b.txt", size: 3, sha256: SHA256.hash(Array("bee".utf8)), cid: code),
    TraceOutput(path: "a/c.txt", size: 1, sha256: SHA256.hash(Array("c".utf8)), cid: code),
  ]

  /// Writes a small complete trace: two streams, a sample, an exit, two outputs.
  static func trace(at path: FilePath) throws {
    let clock = StoppedClock()
    let writer = try TraceWriter(creating: path, start: start) { clock.now }
    try writer.output(.stdout, Array("hello\n".utf8).span)
    clock.advance(.milliseconds(1250))
    try writer.output(.stderr, Array("careful\n".utf8).span)
    try writer.sample(TraceSample(cpuTime: .milliseconds(100), memory: 8_000_000, processes: 1))
    clock.advance(.milliseconds(1250))
    try writer.exit(status: "completed", exitCode: 0, usage: usage)
    try writer.finish(outputs: outputs, folder: code)
  }
}

/// The events of a trace file, or of what there is of one.
func events(_ path: FilePath, acceptingUnfinished: Bool = false) throws -> (
  events: [TraceEvent], summary: TraceSummary
) {
  let descriptor = try FileDescriptor.open(path, .readOnly)
  defer { try? descriptor.close() }
  var reader = try TraceReader(
    descriptor, named: path, acceptingUnfinished: acceptingUnfinished)
  var events: [TraceEvent] = []
  while let event = try reader.next() { events.append(event) }
  return (events, reader.summary)
}
