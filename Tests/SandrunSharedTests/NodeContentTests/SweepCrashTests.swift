import Files
import IPFS
import NodeContent
import Subprocess
import Synchronization
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Sweeps that are killed, and sweeps under readers and writers of other processes: what was noted is there, whole, each time.
@Suite struct SweepCrashTests {
  private static let probe = Programs.path("content-probe").string

  @Test func killedAtAnyPoint() async throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("content")
    let notes = scratch.path.appending("roots")
    var rounds = 0
    for round in 0..<40 {
      let result = try await run(
        .path(FilePath(Self.probe)), arguments: ["churn", folder.string, notes.string],
        output: .discarded, error: .string(limit: 1 << 16)
      ) { execution in
        // Anywhere between its start and some dozen sweeps.
        try await Task.sleep(for: .milliseconds(5 + round * 7 + Int.random(in: 0..<20)))
        try execution.send(signal: .kill)
      }
      #expect(result.terminationStatus == .signaled(SIGKILL), "\(result)")
      guard try Files.status(notes) != nil else { continue }
      let lines = try Vectors.lines(of: notes)
      let roots = try lines.suffix(5).map { try CID(parsing: String(decoding: $0, as: UTF8.self)) }
      rounds += roots.isEmpty ? 0 : 1
      let content = try NodeContent(at: folder)
      for root in roots {
        #expect(try DAGWalk.firstMissing(below: [root], in: content) == nil, "round \(round)")
      }
      if round % 10 == 9 {
        #expect(try content.sweep { roots }?.lost == [])
        #expect(try Files.list(folder).count == 2, "one generation and the lock")
        for root in roots {
          #expect(try DAGWalk.firstMissing(below: [root], in: content) == nil)
        }
      }
    }
    #expect(rounds > 10)
    #expect(try Vectors.lines(of: notes).count > 100)
  }
}
