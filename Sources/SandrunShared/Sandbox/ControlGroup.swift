import Glibc

/// A control group of our own that holds one command, in version 2 or in the hierarchies of version 1.
struct ControlGroup: ~Copyable {
  /// `cgroup-v1` or `cgroup-v2`.
  let version: String
  private let memory: String
  private let pids: String
  /// Where processor time is read; nil where that controller is missing.
  private let accounting: String?
  private let hasVersion2: Bool

  /// Makes a group with these limits; nil where this process may not.
  static func make(limits: Limits) -> ControlGroup? {
    guard let parents = Parents.found() else { return nil }
    parents.sweep()
    let group = ControlGroup(below: parents, named: "sandrun-\(RunName.ofThisProcess())")
    guard group.set(limits) else { return nil }
    return group
  }

  private init(below parents: Parents, named name: String) {
    switch parents {
    case .unified(let folder):
      hasVersion2 = true
      version = "cgroup-v2"
      memory = "\(folder)/\(name)"
      pids = memory
      accounting = memory
    case .separate(let memoryFolder, let pidsFolder, let accountingFolder):
      hasVersion2 = false
      version = "cgroup-v1"
      memory = "\(memoryFolder)/\(name)"
      pids = "\(pidsFolder)/\(name)"
      accounting = accountingFolder.map { "\($0)/\(name)" }
    }
  }

  deinit { remove() }

  private borrowing func set(_ limits: Limits) -> Bool {
    for folder in folders {
      guard unsafe mkdir(folder, 0o755) == 0 else { return false }
    }
    guard ProcFile.write("\(limits.processes)", to: "\(pids)/pids.max") else { return false }
    guard hasVersion2 else {
      guard ProcFile.write("\(limits.memory)", to: "\(memory)/memory.limit_in_bytes") else {
        return false
      }
      // Absent where the kernel does not account swap.
      _ = ProcFile.write("\(limits.memory)", to: "\(memory)/memory.memsw.limit_in_bytes")
      return true
    }
    guard ProcFile.write("\(limits.memory)", to: "\(memory)/memory.max") else { return false }
    _ = ProcFile.write("0", to: "\(memory)/memory.swap.max")
    _ = ProcFile.write("1", to: "\(memory)/memory.oom.group")
    return true
  }

  private var folders: [String] {
    var all = [memory]
    for folder in [pids, accounting] {
      if let folder, !all.contains(folder) { all.append(folder) }
    }
    return all
  }

  /// Puts a process, and with it all that it starts from now on, into the group.
  borrowing func add(_ pid: Int32) -> Bool {
    folders.allSatisfy { ProcFile.write("\(pid)", to: "\($0)/cgroup.procs") }
  }

  /// The processes in the group.
  borrowing func members() -> [Int32] {
    (ProcFile.text("\(pids)/cgroup.procs") ?? "").split(separator: "\n").compactMap { Int32($0) }
  }

  /// Bytes held now, and the most so far.
  borrowing func memoryUse() -> (now: Int, peak: Int) {
    let names = hasVersion2 ? ["current", "peak"] : ["usage_in_bytes", "max_usage_in_bytes"]
    let now = ProcFile.number("\(memory)/memory.\(names[0])") ?? 0
    return (now, ProcFile.number("\(memory)/memory.\(names[1])") ?? now)
  }

  /// Processes and threads alive.
  borrowing func tasks() -> Int { ProcFile.number("\(pids)/pids.current") ?? 0 }

  /// Processor seconds used; nil where it is not accounted.
  borrowing func cpuSeconds() -> Double? {
    guard let accounting else { return nil }
    guard hasVersion2 else {
      return ProcFile.number("\(accounting)/cpuacct.usage").map { Double($0) / 1e9 }
    }
    return ProcFile.number("usage_usec", in: "\(accounting)/cpu.stat").map { Double($0) / 1e6 }
  }

  /// Whether the kernel killed a process of the group for want of memory.
  borrowing func ranOutOfMemory() -> Bool {
    let file = hasVersion2 ? "memory.events" : "memory.oom_control"
    return (ProcFile.number("oom_kill", in: "\(memory)/\(file)") ?? 0) > 0
  }

  /// Whether the kernel refused the group a process.
  borrowing func ranOutOfProcesses() -> Bool {
    (ProcFile.number("max", in: "\(pids)/pids.events") ?? 0) > 0
  }

  /// Kills all processes of the group, those that they start meanwhile too.
  borrowing func killAll() {
    if hasVersion2 && ProcFile.write("1", to: "\(memory)/cgroup.kill") { return }
    // The group's own limit bounds what can come after each pass.
    for _ in 0..<1000 {
      let left = members()
      if left.isEmpty { return }
      for pid in left { kill(pid, SIGKILL) }
      usleep(500)
    }
  }

  private borrowing func remove() {
    killAll()
    for folder in folders { Parents.remove(folder) }
  }
}

/// A name that tells which process made a thing, so that what a killed one left can be known and swept.
enum RunName {
  /// `PID.START.RANDOM`.
  static func ofThisProcess() -> String {
    let pid = getpid()
    let random = String(UInt64.random(in: .min ... .max), radix: 36)
    return "\(pid).\(ProcessTree.startTime(of: pid) ?? 0).\(random)"
  }

  /// Whether the process that made the name is gone.
  static func isAbandoned(_ name: some StringProtocol) -> Bool {
    let parts = name.split(separator: ".")
    guard parts.count == 3, let pid = Int32(parts[0]), let start = UInt64(parts[1]) else {
      return false
    }
    return ProcessTree.startTime(of: pid) != start
  }
}
