import CLinux
import Files
import Glibc
import SystemPackage

/// One run of one command, from the gate to the last byte of its output.
final class Run {
  let command: SandboxedCommand
  let executor: Executor
  let cancellation: Cancellation
  let isSandboxed: Bool
  var child: Child
  var gate: Pipe
  var arrived: Pipe
  var information: Pipe
  var output: [OutputStream: Stream]
  /// The first process of the sandbox's own process namespace; nil without a sandbox.
  var first: (pid: Int32, descriptor: SharedDescriptor)?
  var group: ControlGroup?
  var workspace: Workspace?
  /// `/work`, `/tmp` and `/dev/shm`, whose bytes are memory too.
  var memoryFolders: [Workspace] = []
  var outcome = Outcome()
  var started = 0.0
  var nextDiskLook = 0.0
  private let staging: Staging
  private let visibleCores: [Int]
  private let folder: String

  /// The sandbox's first process, which is among those of the command and not its own.
  static let ownProcesses = 1

  /// A group could be made, and the command may not be moved into it.
  static let groupRefused = SandboxError.setup("the control group does not take the job")

  /// Starts the command as far as its gate.
  init(
    _ command: SandboxedCommand, by executor: Executor, in staging: Staging,
    until cancellation: Cancellation
  ) throws(SandboxError) {
    // The gate's `env` would take it for a variable.
    guard let program = command.arguments.first, !program.contains("=") else {
      throw .interpreterMissing(command.arguments.first ?? "")
    }
    self.command = command
    self.executor = executor
    self.staging = staging
    self.cancellation = cancellation
    isSandboxed = executor.kind == .bubblewrap
    for input in command.inputs where input.path.starts(with: staging.path) {
      Staging.fixTimes(input.path)
    }
    var limits = command.limits
    if isSandboxed { limits.processes += Self.ownProcesses }
    group = executor.enforcement == .automatic ? ControlGroup.make(limits: limits) : nil
    visibleCores = Cores.choose(command.cores)
    gate = try Pipe()
    arrived = try Pipe()
    information = try Pipe()
    let streams = [OutputStream.stdout: try Stream(), .stderr: try Stream()]
    output = streams
    let nothing = try Descriptor(
      "open /dev/null", unsafe Glibc.open("/dev/null", O_RDONLY | O_CLOEXEC))
    var descriptors: [(there: Int32, here: Int32)] = [
      (0, nothing.number), (Gate.goOn, gate.readingNumber), (Gate.arrived, arrived.writingNumber),
    ]
    for (number, stream) in [(Int32(1), OutputStream.stdout), (2, .stderr)] {
      if let stream = streams[stream] { descriptors.append((number, stream.pipe.writingNumber)) }
    }
    if isSandboxed {
      folder = Bubblewrap.workingDirectory
      let interpreter = try Self.interpreter(of: command, path: executor.path)
      let bubblewrap = try Bubblewrap(
        program: executor.bubblewrap, command: command, interpreter: interpreter,
        cores: visibleCores.count, isWatched: group == nil)
      descriptors.append((Bubblewrap.information, information.writingNumber))
      descriptors += bubblewrap.descriptors
      var path = HostProgram.standardPath
      if let prefix = interpreter?.prefix { path = "\(prefix)/bin:\(path)" }
      let words = Self.words(
        of: command, in: staging, interpreter: interpreter, folder: folder,
        Executor.environment(home: "/tmp", temporary: "/tmp", path: path))
      guard bubblewrap.arguments.count + words.count <= Bubblewrap.wordLimit else {
        throw SandboxError.tooManyWords
      }
      child = try Self.start(
        Self.identity(executor, staging) + bubblewrap.arguments + words, descriptors, isSandboxed)
    } else {
      let folders = try Self.makeFolders(in: staging)
      folder = folders.work
      let words = Self.words(
        of: command, in: staging, interpreter: nil, folder: folder,
        Executor.environment(home: folders.home, temporary: folders.temporary, path: executor.path))
      child = try Self.start(words, descriptors, isSandboxed)
    }
    // The gate's reading end stays open here: so writing to one that has ended is no SIGPIPE.
    arrived.writing = nil
    information.writing = nil
    for stream in streams.values {
      stream.pipe.writing = nil
      stream.setNonBlocking()
    }
  }

  deinit { Orphans.disown(child.pid) }

  /// Runs the command to its end.
  func perform(_ onEvent: (SandboxEvent) -> Void) throws(SandboxError) -> FinishedRun {
    let workspace: Workspace
    do throws(SandboxError) {
      workspace = try open(onEvent)
    } catch {
      // It never began: nothing of it may stay, not even a name in the table of processes.
      let inner = ProcessTree(of: child.pid).pids.dropFirst()
      killAll()
      child.signal(SIGKILL)
      end()
      for pid in inner { _ = Child.reap(pid) }
      throw error
    }
    watch(onEvent)
    finish(onEvent)
    onEvent(.exited(outcome))
    return FinishedRun(outcome: outcome, workspace: workspace)
  }

  /// Prepares all that the command finds, and lets it begin.
  private func open(_ onEvent: (SandboxEvent) -> Void) throws(SandboxError) -> Workspace {
    let main = try awaitGate()
    let workspace = try openWorkspace(of: main)
    self.workspace = workspace
    try workspace.fill(from: command.files)
    for input in command.inputs {
      if isSandboxed { try workspace.settle(input) } else { try workspace.add(input) }
    }
    // The first process too: the command may write to its memory, and have it do what it likes.
    for pid in [main, first?.pid].compactMap({ $0 }) {
      if let joined = group?.add(pid), !joined { throw Self.groupRefused }
    }
    Cores.bind(main, to: visibleCores)
    onEvent(.started(enforcement: group?.version ?? "rlimit"))
    let opening = Gate.opening(
      command.limits, isWatched: group == nil, gpus: command.gpus)
    started = monotonicSeconds()
    guard gate.write(Array(opening.utf8)) else { throw setupFailure() }
    gate.writing = nil
    gate.reading = nil
    return workspace
  }

  /// Waits until the gate is reached; returns the process that will become the command.
  private func awaitGate() throws(SandboxError) -> Int32 {
    let ready = waitForInput(
      [arrived.readingNumber, cancellation.number], milliseconds: 30_000)
    guard !ready[1], ready[0], arrived.read() == [0x0A] else { throw setupFailure() }
    guard isSandboxed else { return child.pid }
    let said = String(decoding: information.read() ?? [], as: UTF8.self)
    // `{"child-pid": 123,` on a line of its own.
    guard let line = said.split(separator: "\n").first(where: { $0.contains("\"child-pid\"") }),
      let pid = Int32(line.filter(\.isNumber))
    else { throw setupFailure() }
    first = (pid, SharedDescriptor(try Descriptor.process(pid)))
    let inside = ProcessTree.children(of: pid)
    guard inside.count == 1 else { throw setupFailure() }
    return inside[0]
  }

  /// What bubblewrap said before it gave up; it is ended by whoever catches this.
  private func setupFailure() -> SandboxError {
    var said: [UInt8] = []
    while let more = output[.stderr]?.pipe.read(), !more.isEmpty, said.count < 1 << 16 {
      said += more
    }
    let lines = String(decoding: said, as: UTF8.self).split(separator: "\n")
    return .setup(lines.last.map(String.init) ?? "it ended before it began")
  }

  private func openWorkspace(of main: Int32) throws(SandboxError) -> Workspace {
    let root = isSandboxed ? "/proc/\(main)/root" : ""
    let user = isSandboxed ? staging.user : nil
    let work = try Workspace(openedAt: root + folder, user: user, isMount: isSandboxed)
    if isSandboxed {
      memoryFolders = [work]
      for other in ["/tmp", "/dev/shm"] {
        memoryFolders.append(try Workspace(openedAt: root + other, user: user, isMount: true))
      }
    }
    return work
  }

  private static func interpreter(
    of command: SandboxedCommand, path: String
  ) throws(SandboxError) -> HostProgram? {
    guard let program = command.arguments.first else { throw .interpreterMissing("") }
    // Below the working directory: there once the files are.
    if program.contains("/") && !program.hasPrefix("/") { return nil }
    return try HostProgram.find(program, path: path)
  }

  private static func words(
    of command: SandboxedCommand, in staging: Staging, interpreter: HostProgram?, folder: String,
    _ environment: [String: String]
  ) -> [String] {
    var words = command.arguments
    if let interpreter { words[0] = interpreter.path.string }
    let variables = environment.merging(command.environment) { $1 }
    return Gate.arguments(
      words, named: staging.name, environment: variables, folder: folder)
  }

  /// Under root: another user before bubblewrap begins, so that nothing of it is ever root.
  private static func identity(_ executor: Executor, _ staging: Staging) -> [String] {
    guard let user = staging.user else { return [] }
    return [
      executor.setpriv, "--reuid", "\(user)", "--regid", "\(user)", "--clear-groups",
      "--no-new-privs", "--inh-caps=-all", "--",
    ]
  }

  private static func start(
    _ words: [String], _ descriptors: [(there: Int32, here: Int32)], _ isSandboxed: Bool
  ) throws(SandboxError) -> Child {
    Orphans.adopt()
    Orphans.expect()
    do throws(SandboxError) {
      let child = try Child(words, environment: [], descriptors: descriptors)
      Orphans.own(child.pid, isSandboxed: isSandboxed)
      return child
    } catch {
      Orphans.own(nil, isSandboxed: isSandboxed)
      throw error
    }
  }

  private static func makeFolders(
    in staging: Staging
  ) throws(SandboxError) -> (work: String, home: String, temporary: String) {
    let names = ["work", "home", "tmp"].map { staging.path.appending($0).string }
    for name in names {
      guard unsafe mkdir(name, 0o755) == 0 || errno == EEXIST else {
        throw .system("create \(name)", Errno(rawValue: errno))
      }
    }
    return (names[0], names[1], names[2])
  }
}

/// One of the two streams, as far as it has come.
final class Stream {
  var pipe: Pipe
  var size = 0

  init() throws(SandboxError) { pipe = try Pipe() }

  func setNonBlocking() { _ = fcntl(pipe.readingNumber, F_SETFL, O_NONBLOCK) }
}

/// A descriptor that more than one place holds.
final class SharedDescriptor {
  let descriptor: Descriptor
  init(_ descriptor: consuming Descriptor) { self.descriptor = descriptor }
  var number: Int32 { descriptor.number }
}
