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
  private static let probe = Programs.path("content-probe")

  @Test func killedAtAnyPoint() async throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("content")
    let notes = scratch.path.appending("roots")
    var rounds = 0
    for round in 0..<20 {
      let result = try await Subprocess.run(
        .path(Self.probe), arguments: ["churn", folder.string, notes.string], input: .none,
        output: .discarded, error: .discarded
      ) { execution in
        // After some more notes, which may be none, and then anywhere.
        let before = try Files.status(notes)?.size ?? 0
        let wanted = before + Int64(60 * Int.random(in: 0..<8))
        while try Files.status(notes)?.size ?? 0 < wanted {
          try await Task.sleep(for: .milliseconds(1))
        }
        try await Task.sleep(for: .microseconds(Int.random(in: 0..<20_000)))
        try execution.send(signal: .kill)
      }
      #expect(result.terminationStatus == .signaled(9))
      guard try Files.status(notes) != nil else { continue }
      let lines = try Vectors.lines(of: notes)
      let roots = try lines.suffix(5).map { try CID(parsing: String(decoding: $0, as: UTF8.self)) }
      rounds += roots.isEmpty ? 0 : 1
      let content = try NodeContent(at: folder)
      for root in roots {
        #expect(try DAGWalk.firstMissing(below: [root], in: content) == nil, "round \(round)")
      }
      if round % 5 == 4 {
        #expect(try content.sweep { roots }?.lost == [])
        #expect(try Files.list(folder).count == 2, "one generation and the lock")
        for root in roots {
          #expect(try DAGWalk.firstMissing(below: [root], in: content) == nil)
        }
      }
    }
    #expect(rounds > 8)
    #expect(try Vectors.lines(of: notes).count > 20)
  }

  /// Two readers that opened the content before, as a worker does, never miss a block; a writer's blocks come through the sweeps
  /// that happen while it writes.
  @Test func readersAndWritersGoOn() async throws {
    let scratch = try Scratch()
    let folder = scratch.path.appending("content")
    let content = try NodeContent(at: folder)
    let first = content.lease()
    let kept = try await write(15, to: first)
    first.release()
    // As the node's database would tell it.
    let notes = Notes(kept)
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<2 {
        group.addTask { [reader = try NodeBlocks(at: folder)] in
          var rounds = 0
          while !notes.isDone.load(ordering: .acquiring) {
            for root in kept {
              #expect(try DAGWalk.firstMissing(below: [root], in: reader) == nil)
              _ = try ContentReader(reader).node(root)
            }
            rounds += 1
            await Task.yield()
          }
          return rounds
        }
      }
      group.addTask {
        var rounds = 0
        for _ in 0..<3 {
          let lease = content.lease()
          let written = try await write(8, to: lease)
          #expect(written.count == 8)
          #expect(try lease.hold(written) == nil)
          notes.roots.withLock { $0 += written }
          lease.release()
          rounds += 1
        }
        notes.isDone.store(true, ordering: .releasing)
        return rounds
      }
      var sweeps = 0
      while !notes.isDone.load(ordering: .acquiring) {
        let other = content.lease()
        _ = try other.repository.put([UInt8](repeating: .random(in: 0...255), count: 5000))
        other.release()
        #expect(try content.sweep { notes.roots.withLock { $0 } }?.lost == [])
        sweeps += 1
        await Task.yield()
      }
      #expect(sweeps > 0)
      for try await rounds in group { #expect(rounds > 0) }
    }
    let roots = notes.roots.withLock { $0 }
    #expect(roots.count == 39)
    #expect(try content.sweep { roots }?.live == 39 * 21)
    #expect(try DAGWalk.firstMissing(below: roots, in: content) == nil)
    #expect(try Files.list(folder).count == 2)
  }
}

/// Which roots have to stay, and whether all is written.
private final class Notes: Sendable {
  let roots: Mutex<[CID]>
  let isDone = Atomic(false)

  init(_ roots: [CID]) { self.roots = Mutex(roots) }
}

/// Has the probe write DAGs into a lease's generation, and gives their roots.
private func write(_ count: Int, to lease: ContentLease) async throws -> [CID] {
  let result = try await Subprocess.run(
    .path(Programs.path("content-probe")), arguments: ["write", lease.path.string, "\(count)"],
    input: .none, output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
  try #require(result.terminationStatus.isSuccess, "\(result.standardError)")
  return try result.standardOutput.split(separator: "\n").map { try CID(parsing: String($0)) }
}
