import Files
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import Proofs

/// `kill -9` of a process that writes a trace leaves what it wrote, up to the last frame.
@Suite struct KilledWriterTests {
  @Test func aReadablePrefixIsLeft() async throws {
    let folder = try TemporaryFolder()
    var lines = 0
    for round in 0..<10 {
      let path = folder.path.appending("trace.\(round)")
      let result = try await Subprocess.run(
        .path(Programs.path("trace-probe")), arguments: [path.string], input: .none,
        output: .discarded, error: .discarded
      ) { execution in
        // Not a wait for a time but for a size: the writer is in the midst of it.
        let wanted = 1 + Int.random(in: 0..<150_000)
        while ((try? Files.status(path))??.size ?? 0) < wanted {
          try await Task.sleep(for: .milliseconds(1))
        }
        try execution.send(signal: .kill)
      }
      #expect(result.terminationStatus == .signaled(9))
      let (events, summary) = try events(path, acceptingUnfinished: true)
      #expect(events.first?.type == "start" && summary.end == nil, "round \(round)")
      lines += events.count
    }
    #expect(lines > 10, "every trace stopped at its first line")
  }
}
