import Files
import Sandbox
import SystemPackage
import TestSupport
import Testing

/// Which files are a run's outputs.
@Suite struct OutputTests {
  @Test(arguments: [
    ("*.png", "a.png", true), ("*.png", "out/a.png", false), ("**/*.png", "out/x/a.png", true),
    ("**/*.png", "a.png", true), ("out/**", "out/x/y", true), ("out/**", "other/x", false),
    ("**", "x/y/z", true), ("a?c", "abc", true), ("a?c", "a/c", false), ("[a-c]1", "b1", true),
    ("[!a-c]1", "b1", false), ("[!a-c]1", "z1", true), ("[]x]", "]", true), ("[x", "[x", true),
    ("\\*", "*", true), ("\\*", "x", false), ("", "", true), ("", "x", false), ("*", "", true),
    ("a**b", "a/x/b", true), ("é*", "été", true), ("x/**/y", "x/y", true),
    ("x/**/y", "x/1/2/y", true), ("x/**/y", "x1/y", false), ("*.*", ".hidden", true),
  ])
  func globs(_ pattern: String, _ path: String, _ isMatch: Bool) {
    #expect(Glob(pattern).matches(path) == isMatch)
  }

  /// A pattern from a stranger that takes exponential time where stars are tried one by one.
  @Test func aHostilePatternIsFast() {
    let started = ContinuousClock.now
    #expect(!Glob(String(repeating: "*a", count: 40)).matches(String(repeating: "a", count: 39)))
    #expect(ContinuousClock.now - started < .seconds(2))
  }

  private func collect(
    _ script: String, _ patterns: [String], limit: Int = 1 << 20
  ) throws -> (CollectedOutputs, FilePath, Scratch) {
    let scratch = try Scratch()
    let files = scratch.path.appending("files")
    let target = scratch.path.appending("outputs")
    for folder in [files, target] { try Files.makeDirectories(folder) }
    for (name, text) in [("same", "same"), ("changed", "before"), ("touched", "touched")] {
      try Files.writeAtomically(Array(text.utf8), to: files.appending(name))
    }
    let staging = try Staging(below: scratch.path)
    let executor = try Executor(path: "/usr/bin:/bin")
    let command = SandboxedCommand(arguments: ["/bin/sh", "-c", script], files: files)
    let run = try executor.run(command, in: staging, until: Cancellation()) { _ in }
    #expect(run.outcome.exitStatus == 0)
    let selection = OutputSelection(
      patterns: patterns.map { Glob($0) }, source: files, inputs: [], limit: limit)
    return (try run.workspace.collect(selection, into: target), target, scratch)
  }

  /// The job's own doing, and named as that: no failure of the machine that would have the job run again.
  @Test func aPathThatNoCopyCanHaveIsTheJobsOwnFault() throws {
    let script = """
      name=$(printf '%0250d' 0); for n in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
      mkdir "$name"; cd "$name"; done; echo deep > file
      """
    let error = #expect(throws: SandboxError.self) { try collect(script, []) }
    guard case .badFile? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
  }

  @Test func allThatIsNewOrChangedIsTaken() throws {
    let script = """
      echo after > changed; touch touched; mkdir -p d/e; echo 1 > d/e/new; : > empty; echo 0 > .dot
      chmod 000 d/e/new; chmod 000 d; ln -s same link; ln changed hard; rm same
      """
    let (outputs, target, scratch) = try collect(script, [])
    _ = scratch
    #expect(
      outputs.files.map(\.path.string) == [".dot", "changed", "d/e/new", "empty", "hard"])
    #expect(outputs.skipped == ["link: not a regular file"])
    #expect(try Files.read(target.appending("d/e/new")) == Array("1\n".utf8))
    #expect(try Files.status(target.appending("same")) == nil)
  }

  @Test func patternsTakeWhatTheyMatch() throws {
    let (outputs, _, _) = try collect("mkdir d; : > d/a.png; : > b.png; : > c", ["*.png", "same"])
    #expect(outputs.files.map(\.path.string) == ["b.png", "same"])
  }

  @Test func boundsHold() throws {
    #expect(throws: SandboxError.filesTooLarge(1000)) {
      try collect("head -c 600 /dev/zero > a; cp a b", [], limit: 1000)
    }
    // Sparse: it holds no bytes where it lies, and would where it is taken to.
    #expect(throws: SandboxError.filesTooLarge(1 << 20)) {
      try collect("truncate -s 100M a", [])
    }
    #expect(throws: SandboxError.self) {
      try collect("i=0; while [ $i -lt 80 ]; do mkdir d && cd d && i=$((i+1)); done; : > x", [])
    }
    let (outputs, _, _) = try collect("touch $(printf 'a\\377b') fine", [])
    #expect(outputs.files.map(\.path.string) == ["fine"])
    #expect(outputs.skipped.count == 1)
  }
}
