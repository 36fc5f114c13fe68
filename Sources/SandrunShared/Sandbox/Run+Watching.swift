import CLinux
import Glibc

extension Run {
  /// How often limits are looked at: the kernel holds a control group by itself, a process tree only we do.
  private var interval: Double { group == nil ? 0.02 : 0.05 }

  /// Well below the second that is promised, for a machine that is busy.
  private static let sampleInterval = 0.4

  /// Hands on output and holds the command to its limits until its main process has ended.
  func watch(_ onEvent: (SandboxEvent) -> Void) {
    var nextLook = started
    var nextSample = started + Self.sampleInterval
    var isEnding = false
    var killAt: Double?
    while true {
      let now = monotonicSeconds()
      var wake = nextLook
      if let killAt { wake = min(wake, killAt) }
      let ready = waitForInput(
        [
          child.descriptor.number, number(.stdout), number(.stderr),
          isEnding ? -1 : cancellation.number,
        ], milliseconds: Int32(max(0, (wake - now) * 1000).rounded(.up)))
      for (index, stream) in [(1, OutputStream.stdout), (2, .stderr)] where ready[index] {
        guard !hand(stream, to: onEvent), outcome.limit == nil else { continue }
        outcome.limit = .output
        isEnding = true
        killAll()
      }
      if ready[3] {
        outcome.isCancelled = true
        isEnding = true
        killAll()
      }
      if ready[0] { return }
      let later = monotonicSeconds()
      if let time = killAt, later >= time {
        killAt = nil
        killAll()
      }
      guard later >= nextLook else { continue }
      nextLook = later + interval
      look(at: later)
      if later >= nextSample {
        nextSample = later + Self.sampleInterval
        onEvent(.sample(outcome.usage))
      }
      guard !isEnding else { continue }
      if let limit = limitReached() {
        outcome.limit = limit
        isEnding = true
        if limit == .timeout {
          for pid in members() { kill(pid, SIGTERM) }
          killAt = later + command.limits.grace
        } else {
          killAll()
        }
      }
    }
  }

  private func number(_ stream: OutputStream) -> Int32 { output[stream]?.pipe.readingNumber ?? -1 }

  /// Hands on what waits in a stream; false when it is more than the limit lets pass.
  private func hand(_ name: OutputStream, to onEvent: (SandboxEvent) -> Void) -> Bool {
    guard let stream = output[name], let bytes = stream.pipe.read() else { return true }
    guard !bytes.isEmpty else {
      stream.pipe.reading = nil
      return true
    }
    let room = max(0, command.limits.output - stream.size)
    let kept = bytes.count <= room ? bytes : Array(bytes[..<room])
    if !kept.isEmpty { onEvent(.output(name, offset: stream.size, bytes: kept)) }
    stream.size += kept.count
    guard bytes.count > room else { return true }
    outcome.cutStreams.insert(name)
    return false
  }

  /// Measures what the command uses now.
  private func look(at now: Double) {
    outcome.usage.wallSeconds = now - started
    if group != nil {
      lookAtGroup()
      return
    }
    let tree = ProcessTree(of: first?.pid ?? child.pid)
    outcome.usage.processes = commandsOwn(tree.threads)
    outcome.usage.cpuSeconds = max(outcome.usage.cpuSeconds, tree.cpuSeconds)
    let inFiles = memoryFolders.reduce(0) { $0 + $1.space.used }
    var memory = tree.memory + inFiles
    // Only where it could matter: it walks all page tables.
    if tree.memoryAtMost + inFiles > command.limits.memory { memory = tree.exactMemory + inFiles }
    outcome.usage.memory = memory
    outcome.usage.memoryPeak = max(outcome.usage.memoryPeak, memory)
  }

  private func commandsOwn(_ count: Int) -> Int {
    max(0, count - (isSandboxed ? Self.ownProcesses : 0))
  }

  private func lookAtGroup() {
    guard let use = group?.memoryUse(), let tasks = group?.tasks() else { return }
    outcome.usage.memory = use.now
    outcome.usage.memoryPeak = max(outcome.usage.memoryPeak, use.peak)
    outcome.usage.processes = commandsOwn(tasks)
    if let seconds = group?.cpuSeconds() { outcome.usage.cpuSeconds = seconds }
  }

  /// The limit that the command has reached by now.
  private func limitReached() -> Limit? {
    let limits = command.limits
    if let limit = groupLimit() { return limit }
    if group == nil {
      if outcome.usage.memory > limits.memory { return .memory }
      if outcome.usage.processes > limits.processes { return .processes }
    }
    if let seconds = limits.cpuSeconds, outcome.usage.cpuSeconds > seconds { return .cpu }
    if isSandboxed {
      // A name costs the kernel about a kilobyte, which no size limit counts.
      let names = memoryFolders.reduce(0) { $0 + $1.space.names }
      if names > max(10_000, limits.disk >> 12) { return .disk }
    } else if diskIsOver() {
      return .disk
    }
    if let seconds = limits.wallSeconds, outcome.usage.wallSeconds >= seconds { return .timeout }
    return nil
  }

  /// Counts the bytes on disk, at most a tenth of the time: a large tree takes long to walk.
  private func diskIsOver() -> Bool {
    let began = monotonicSeconds()
    guard let workspace, began >= nextDiskLook else { return false }
    let isOver = workspace.bytesOnDisk(atMost: command.limits.disk) > command.limits.disk
    let ended = monotonicSeconds()
    nextDiskLook = ended + 10 * (ended - began)
    return isOver
  }

  func groupLimit() -> Limit? {
    if group?.ranOutOfMemory() == true { return .memory }
    if group?.ranOutOfProcesses() == true { return .processes }
    return nil
  }

  /// The processes of the command, as far as they can be seen.
  private func members() -> [Int32] {
    if let members = group?.members() { return members.filter { $0 != first?.pid } }
    let tree = ProcessTree(of: first?.pid ?? child.pid).pids
    return first == nil ? tree : Array(tree.dropFirst())
  }

  /// Ends all processes of the command at once.
  func killAll() {
    if let first {
      // The kernel ends a process namespace with its first process.
      _ = sr_pidfd_send_signal(first.descriptor.number, SIGKILL)
      return
    }
    group?.killAll()
    Orphans.killTree(of: child.pid)
    child.signal(SIGKILL)
  }

  /// What is left to do when the main process has ended.
  func finish(_ onEvent: (SandboxEvent) -> Void) {
    killAll()
    let (remains, used) = end()
    outcome.usage.wallSeconds = monotonicSeconds() - started
    if group == nil {
      outcome.usage.cpuSeconds = max(outcome.usage.cpuSeconds, used.cpuSeconds)
      outcome.usage.memoryPeak = max(outcome.usage.memoryPeak, used.memoryPeak)
    } else {
      lookAtGroup()
    }
    outcome.usage.processes = 0
    drain(onEvent)
    outcome.stdoutSize = output[.stdout]?.size ?? 0
    outcome.stderrSize = output[.stderr]?.size ?? 0
    onEvent(.sample(outcome.usage))
    judge(remains.status)
  }

  /// Waits until all processes are gone; returns what is left of the main one, and of all.
  @discardableResult
  func end() -> (main: Child.Remains, all: Child.Remains) {
    if let first { _ = waitForInput([first.descriptor.number], milliseconds: 60_000) }
    let remains = child.reap()
    if !isSandboxed { Orphans.killLeft(by: child.pid) }
    // The sandbox's first process waited for all others, and came to us when bubblewrap ended.
    return (remains, first.flatMap { Child.reap($0.pid) } ?? remains)
  }

  private func drain(_ onEvent: (SandboxEvent) -> Void) {
    for name in [OutputStream.stdout, .stderr] {
      while number(name) >= 0, waitForInput([number(name)], milliseconds: 0)[0] {
        guard hand(name, to: onEvent) else {
          outcome.limit = outcome.limit ?? .output
          break
        }
      }
    }
  }

  /// Reads how it ended from its wait status and from what its limits say.
  private func judge(_ status: Int32) {
    let number = status & 0x7F
    if number != 0 {
      outcome.signal = Int(number)
    } else {
      let code = Int(status >> 8 & 0xFF)
      if isSandboxed && code > 128 && code <= 192 {
        outcome.signal = code - 128
      } else {
        outcome.exitStatus = code
      }
    }
    guard outcome.limit == nil, !outcome.isCancelled else { return }
    outcome.limit = groupLimit()
    guard outcome.limit == nil, outcome.exitStatus != 0 else { return }
    if outcome.signal == Int(SIGXCPU) { outcome.limit = .cpu }
    if outcome.signal == Int(SIGXFSZ) { outcome.limit = .filesize }
    // A command that was refused room mostly ends by itself, with a status of its own.
    if let workspace {
      if workspace.holdsFile(of: command.limits.fileSize / 512 * 512) {
        outcome.limit = outcome.limit ?? .filesize
      } else if isSandboxed && memoryFolders.contains(where: { $0.space.isFull }) {
        outcome.limit = outcome.limit ?? .disk
      }
    }
  }
}
