import Sandbox
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Shows that nothing outlives a run, however the run or its executor ends.
@Suite(.serialized) struct LifetimeTests {
  /// A duration that no other `sleep` on the machine has, to find it by.
  private static func mark() -> String { "61.\(UInt32.random(in: 1_000_000...9_999_999))" }

  /// The processes that have the mark among their words.
  private static func marked(_ mark: String) -> [Int32] {
    Target.names(in: "/proc").compactMap { Int32($0) }.filter {
      (try? Target.text("/proc/\($0)/cmdline"))?.contains(mark) == true
    }
  }

  /// Those of them that are the job itself.
  private static func sleepers(_ mark: String) -> [Int32] {
    marked(mark).filter {
      let words = try? Target.text("/proc/\($0)/cmdline")
      return words?.prefix { $0 != "\0" }.hasSuffix("sleep") == true
    }
  }

  private static func wait(seconds: Double, until isTrue: () throws -> Bool) rethrows -> Bool {
    var left = Int(seconds * 100)
    while try !isTrue() {
      guard left > 0 else { return false }
      left -= 1
      usleep(10_000)
    }
    return true
  }

  @Test func aDaemonLivesOnWhereNothingEndsIt() throws {
    let mark = Self.mark()
    let job = Vectors.checkout.appending("Tests/Hostile/linger.py").string
    let pid = try Target.start(["/usr/bin/python3", job, mark])
    waitpid(pid, nil, 0)
    let left = Self.sleepers(mark)
    #expect(left.count == 1)
    for pid in left { kill(pid, SIGKILL) }
  }

  @Test(arguments: ["bubblewrap", "none"], RunnerUser.all)
  func aDaemonEndsWithItsJob(_ kind: String, _ user: RunnerUser) async throws {
    for enforcement in ["automatic", "resourceLimits"] {
      let target = try await Target(for: user)
      let mark = Self.mark()
      let ended = try await target.run(kind, enforcement, ["wall=20"], "linger", [mark])
      #expect(ended.text.contains("SUCCEEDED"), "\(ended.text)")
      #expect(ended.field("exit") == "0", "\(ended.text)")
      #expect(Self.marked(mark).isEmpty)
      #expect(try target.leftovers() == [])
    }
  }

  @Test(arguments: ["automatic", "resourceLimits"], RunnerUser.all)
  func aJobEndsWithAKilledExecutor(_ enforcement: String, _ user: RunnerUser) async throws {
    let target = try await Target(for: user)
    let mark = Self.mark()
    let words = target.words([
      "bubblewrap", enforcement, target.files.string, target.place.string, "--", "sleep", mark,
    ])
    let executor = try Target.start(words)
    #expect(Self.wait(seconds: 10) { Self.sleepers(mark).count == 1 })
    kill(executor, SIGKILL)
    waitpid(executor, nil, 0)
    #expect(Self.wait(seconds: 10) { Self.marked(mark).isEmpty })
    target.remember(executor)
    // The folders stay until the next run in the same place, which sweeps them.
    let next = try await target.run("bubblewrap", enforcement, ["wall=20"], "links", ["/none"])
    #expect(next.field("exit") == "1", "\(next.text)")
    #expect(try target.leftovers() == [])
  }

  /// Bubblewrap is then in the middle of its work, in two processes that do not yet end with each other.
  @Test func aRunCancelledBeforeItBeganLeavesNothing() throws {
    let scratch = try Scratch()
    let mark = Self.mark()
    let executor = try Executor(path: "/usr/bin:/bin")
    let command = SandboxedCommand(
      arguments: ["/bin/sleep", mark], files: Vectors.checkout.appending("Tests/Hostile"))
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    _ = unsafe write(ends[1], "x", 1)
    for _ in 0..<20 {
      let staging = try Staging(below: scratch.path)
      #expect(throws: SandboxError.self) {
        try executor.run(command, in: staging, until: Cancellation(whenReadable: ends[0])) { _ in }
      }
    }
    #expect(Self.marked(mark).isEmpty)
  }

  @Test(arguments: RunnerUser.all)
  func anExecutorKilledAtAnyMomentLeavesNothing(_ user: RunnerUser) async throws {
    let target = try await Target(for: user)
    let mark = Self.mark()
    for round in 0..<25 {
      let executor = try Target.start(
        target.words([
          "bubblewrap", "automatic", target.files.string, target.place.string, "--", "sleep", mark,
        ]))
      usleep(UInt32(round) * 4_000)
      kill(executor, SIGKILL)
      waitpid(executor, nil, 0)
      target.remember(executor)
    }
    // No job lives on; what bubblewrap may have left, and the folders, the next run sweeps.
    #expect(Self.wait(seconds: 10) { Self.sleepers(mark).isEmpty })
    let next = try await target.run("bubblewrap", "automatic", ["wall=20"], "links", ["/none"])
    #expect(next.field("exit") == "1", "\(next.text)")
    #expect(Self.wait(seconds: 10) { Self.marked(mark).isEmpty })
    #expect(try target.leftovers() == [])
  }
}
