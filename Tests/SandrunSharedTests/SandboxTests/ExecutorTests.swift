import Files
import Sandbox
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What a well-meaning job finds, and what its caller hears.
@Suite struct ExecutorTests {
  private let scratch: Scratch
  private let files: FilePath
  private static let path = "/usr/local/bin:/usr/bin:/bin"

  init() throws {
    scratch = try Scratch()
    files = scratch.path.appending("files")
    try Files.makeDirectories(files.appending("inner"))
    try Files.writeAtomically(Array("one\n".utf8), to: files.appending("a.txt"))
    try Files.writeAtomically(Array("two\n".utf8), to: files.appending("inner/b.txt"))
  }

  private final class Heard {
    var text: [OutputStream: [UInt8]] = [:]
    var enforcement = ""
    var samples: [Usage] = []
    var outcome: Outcome?

    func hear(_ event: SandboxEvent) {
      switch event {
      case .started(let enforcement): self.enforcement = enforcement
      case .output(let stream, let offset, let bytes):
        #expect(offset == text[stream, default: []].count)
        text[stream, default: []] += bytes
      case .sample(let usage): samples.append(usage)
      case .exited(let outcome): self.outcome = outcome
      }
    }

    subscript(_ stream: OutputStream) -> String {
      String(decoding: text[stream] ?? [], as: UTF8.self)
    }
  }

  private func run(
    _ arguments: [String], kind: SandboxKind = .bubblewrap, heard: Heard = Heard(),
    until cancellation: Cancellation? = nil, _ change: (inout SandboxedCommand, Staging) -> Void
  ) throws -> (heard: Heard, run: FinishedRun) {
    let executor = try Executor(kind: kind, path: Self.path)
    let staging = try Staging(below: scratch.path)
    var command = SandboxedCommand(arguments: arguments, files: files)
    command.limits.wallSeconds = 20
    change(&command, staging)
    let finished = try executor.run(
      command, in: staging, until: cancellation ?? Cancellation(), onEvent: heard.hear)
    #expect(heard.outcome == finished.outcome)
    return (heard, finished)
  }

  @Test func theEnvironmentIsFixed() throws {
    let script = "pwd; id -u; umask; uname -n; stat -c '%Y %A' a.txt inner inner/b.txt"
    let (heard, run) = try run(["/bin/sh", "-c", script]) { _, _ in }
    #expect(run.outcome.exitStatus == 0, "\(heard[.stderr])")
    #expect(
      heard[.stdout].split(separator: "\n") == [
        "/work", "1000", "0022", "sandrun", "315532800 -rw-r--r--", "315532800 drwxr-xr-x",
        "315532800 -rw-r--r--",
      ])
    let (variables, _) = try self.run(["/usr/bin/env"]) { command, _ in
      command.environment = ["JOB": "a b", "B.C": "=", "PYTHONHASHSEED": "7"]
    }
    #expect(
      variables[.stdout].split(separator: "\n").sorted() == [
        "B.C==", "HOME=/tmp", "JOB=a b", "LC_ALL=C.UTF-8", "LOGNAME=sandrun",
        "PATH=/usr/local/bin:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE=1", "PYTHONHASHSEED=7",
        "TMPDIR=/tmp", "TZ=UTC", "USER=sandrun",
      ])
  }

  @Test func nothingOfTheCallerIsInherited() throws {
    let script = "ls /proc/self/fd; cat /proc/1/environ; ls /root /home /var /run /work/../opt"
    let (heard, _) = try run(["/bin/sh", "-c", script]) { _, _ in }
    // The fourth is the listing's own.
    #expect(heard[.stdout] == "0\n1\n2\n3\n")
    #expect(heard[.stderr].contains("cannot access '/root'"))
    #expect(heard[.stderr].contains("cannot access '/work/../opt'"))
  }

  /// A job may write to the memory of its namespace's first process, so that must not be outside its limits.
  @Test func theFirstProcessIsHeldToo() throws {
    let script =
      "grep -E 'memory|pids|^0:' /proc/1/cgroup >/tmp/1; grep -E 'memory|pids|^0:' /proc/self/cgroup | diff /tmp/1 -; grep Seccomp: /proc/1/status"
    let (heard, run) = try run(["/bin/sh", "-c", script]) { _, _ in }
    #expect(run.outcome.exitStatus == 0)
    #expect(heard[.stdout] == "Seccomp:\t2\n")
  }

  @Test func coresAreCountedAsGiven() throws {
    let script =
      "import os; print(os.cpu_count() > 8, len(os.sched_getaffinity(0)), open('/sys/devices/system/cpu/online').read())"
    let (heard, _) = try run(["python3", "-c", script]) { command, _ in command.cores = 1 }
    #expect(heard[.stdout].split(separator: "\n") == ["False 1 0"])
  }

  @Test(arguments: SandboxKind.allCases)
  func inputsLieBesideTheFiles(_ kind: SandboxKind) throws {
    let script = """
      cat given.txt inner/folder/x; stat -c %Y given.txt inner inner/folder inner/folder/x . | uniq
      echo no > given.txt || rm given.txt; echo no > inner/folder/x; find . | sort; exit 4
      """
    let (heard, run) = try run(["/bin/sh", "-c", script], kind: kind) { command, staging in
      let place = staging.path
      do {
        try Files.makeDirectories(
          place.appending("in/folder"),
          mode: [.ownerReadWriteExecute, .groupReadExecute, .otherReadExecute])
        try Files.writeAtomically(Array("given\n".utf8), to: place.appending("in/0"))
        try Files.writeAtomically(Array("x\n".utf8), to: place.appending("in/folder/x"))
        unsafe chmod(place.appending("in").string, 0o755)
      } catch {
        Issue.record(error)
      }
      command.inputs = [
        Input(name: "given.txt", path: place.appending("in/0")),
        Input(name: "inner/folder", path: place.appending("in/folder")),
      ]
    }
    let names = [".", "./a.txt", "./given.txt", "./inner", "./inner/b.txt", "./inner/folder"]
    #expect(
      heard[.stdout].split(separator: "\n")
        == ["given", "x", "315532800"] + names.map { $0[...] } + ["./inner/folder/x"],
      "\(heard[.stderr])")
    #expect(heard[.stderr].contains("Read-only file system") == (kind == .bubblewrap))
    #expect(run.outcome.exitStatus == 4)
    #expect(run.outcome.limit == nil)
    let outputs = scratch.path.appending("outputs")
    try Files.makeDirectories(outputs)
    let selection = OutputSelection(
      patterns: [], source: files, inputs: ["given.txt", "inner/folder"], limit: 1 << 20)
    #expect(try run.workspace.collect(selection, into: outputs).files == [])
  }

  @Test func streamsAreHandedOnInOrderAndCounted() throws {
    let script = "i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done; echo end >&2"
    let (heard, run) = try run(["/bin/sh", "-c", script]) { _, _ in }
    #expect(heard[.stdout] == (0..<20000).map { "\($0)\n" }.joined())
    #expect(heard[.stderr] == "end\n")
    #expect(run.outcome.stdoutSize == heard[.stdout].utf8.count)
    #expect(run.outcome.stderrSize == 4)
  }

  @Test(arguments: SandboxKind.allCases) func aSignalIsTold(_ kind: SandboxKind) throws {
    let (_, run) = try run(["/bin/sh", "-c", "kill -SEGV $$"], kind: kind) { _, _ in }
    #expect(run.outcome.signal == Int(SIGSEGV))
    #expect(run.outcome.exitStatus == nil)
    #expect(run.outcome.limit == nil)
  }

  @Test func usageIsSampledAtLeastOnceASecond() throws {
    let script =
      "x = bytearray(50 << 20)\nimport time\nend = time.time() + 1.6\nwhile time.time() < end: pass"
    let (heard, run) = try run(["python3", "-c", script]) { _, _ in }
    #expect(heard.samples.count >= 2)
    let times = heard.samples.map(\.wallSeconds)
    #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 < 1 })
    #expect(run.outcome.usage.memoryPeak > 50 << 20)
    #expect(run.outcome.usage.memoryPeak < 100 << 20)
    #expect(run.outcome.usage.cpuSeconds > 0.3)
    #expect(run.outcome.usage.cpuSeconds < run.outcome.usage.wallSeconds * 1.5)
  }

  /// Too short for any sample: what it used is known all the same, that of its children too.
  @Test(arguments: SandboxKind.allCases) func theTimeOfAShortJobIsCounted(
    _ kind: SandboxKind
  ) throws {
    let script = "import os, time\nwhile time.process_time() < 0.1: pass\n"
    for enforcement in Enforcement.allCases {
      let executor = try Executor(kind: kind, path: Self.path, enforcement: enforcement)
      let staging = try Staging(below: scratch.path)
      let command = SandboxedCommand(
        arguments: ["/bin/sh", "-c", "/usr/bin/python3 -c '\(script)'; true"], files: files)
      let run = try executor.run(command, in: staging, until: Cancellation()) { _ in }
      #expect(run.outcome.exitStatus == 0)
      #expect(run.outcome.usage.cpuSeconds > 0.09, "\(enforcement)")
      #expect(run.outcome.usage.cpuSeconds < 0.5, "\(enforcement)")
    }
  }

  @Test(arguments: SandboxKind.allCases) func aCancelledRunEndsAtOnce(_ kind: SandboxKind) throws {
    var ends: [Int32] = [0, 0]
    try #require(unsafe pipe(&ends) == 0)
    defer { for end in ends { close(end) } }
    _ = unsafe write(ends[1], "x", 1)
    let executor = try Executor(kind: kind, path: Self.path)
    let staging = try Staging(below: scratch.path)
    let command = SandboxedCommand(arguments: ["/bin/sleep", "60"], files: files)
    // Asked for before it began: it never runs.
    #expect(throws: SandboxError.self) {
      try executor.run(command, in: staging, until: Cancellation(whenReadable: ends[0])) { _ in }
    }
    let cancellation = try Cancellation()
    let other = try Staging(below: scratch.path)
    let started = ContinuousClock.now
    let run = try executor.run(command, in: other, until: cancellation) { event in
      if case .started = event { cancellation.cancel() }
    }
    #expect(run.outcome.isCancelled)
    #expect(run.outcome.signal == Int(SIGKILL))
    #expect(ContinuousClock.now - started < .seconds(10))
  }

  @Test func aFileOfTheJobCannotTakeAnInputsPlace() throws {
    #expect(throws: SandboxError.self) {
      try run(["/bin/true"]) { command, staging in
        command.inputs = [Input(name: "a.txt", path: "/usr/share")]
      }
    }
  }

  @Test func withoutItsProgramsItRefuses() throws {
    #expect(throws: SandboxError.interpreterMissing("no-such-program")) {
      try run(["no-such-program"]) { _, _ in }
    }
    #expect(throws: SandboxError.interpreterMissing("../bin/sh")) {
      try HostProgram.find("../bin/sh", path: Self.path)
    }
  }

  @Test(
    "a job with as many arguments, variables and inputs as there may be runs; one with more is told"
  )
  func words() throws {
    let staging = try Staging(below: scratch.path)
    let executor = try Executor(path: Self.path)
    var command = SandboxedCommand(
      arguments: ["/bin/sh", "-c", "echo $# $V511; ls i | wc -l", "sh"]
        + Array(repeating: "x", count: 4096),
      files: files)
    for number in 0..<512 { command.environment["V\(number)"] = "\(number)" }
    for number in 0..<1024 {
      let path = staging.path.appending("input-\(number)")
      try Files.writeAtomically([], to: path)
      command.inputs.append(Input(name: "i/\(number)", path: path))
    }
    let heard = Heard()
    let run = try executor.run(
      command, in: staging, until: Cancellation(), onEvent: heard.hear)
    #expect(run.outcome.exitStatus == 0)
    #expect(heard.text[.stdout] == Array("4096 511\n1024\n".utf8))
    command.arguments += Array(repeating: "x", count: 1600)
    #expect(throws: SandboxError.tooManyWords) {
      try executor.run(command, in: staging, until: Cancellation()) { _ in }
    }
    // Few words, and more bytes than the system takes.
    command.inputs = []
    command.arguments =
      ["true"] + Array(repeating: String(repeating: "x", count: 1 << 16), count: 100)
    #expect(throws: SandboxError.tooManyWords) {
      try executor.run(command, in: staging, until: Cancellation()) { _ in }
    }
  }
}
