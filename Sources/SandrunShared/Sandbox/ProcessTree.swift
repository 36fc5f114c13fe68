import Glibc

/// What /proc says of one process and all that descend from it.
struct ProcessTree {
  /// The processes, the root first.
  private(set) var pids: [Int32] = []
  /// Their threads together.
  private(set) var threads = 0
  /// Processor seconds of the living and of the children they waited for.
  private(set) var cpuSeconds = 0.0
  /// Bytes of private memory.
  private(set) var memory = 0
  /// Bytes of memory, pages that several share counted for each.
  private(set) var memoryAtMost = 0

  /// Whether the kernel was built with CONFIG_PROC_CHILDREN.
  private static let hasListsOfChildren =
    unsafe access("/proc/self/task/\(getpid())/children", R_OK) == 0
  private static let ticks = Double(sysconf(Int32(_SC_CLK_TCK)))
  private static let page = Int(sysconf(Int32(_SC_PAGESIZE)))

  /// Reads the tree below a process; one that has ended has no tree.
  init(of root: Int32) {
    var waiting = [root]
    // A fork bomb between two looks may be large; what it holds beyond this is killed with the rest.
    while let pid = waiting.popLast(), pids.count < 1 << 14 {
      guard let stat = ProcFile.text("/proc/\(pid)/stat") else { continue }
      pids.append(pid)
      add(stat: stat)
      if let statm = ProcFile.text("/proc/\(pid)/statm") { add(statm: statm) }
      waiting += Self.children(of: pid)
    }
  }

  /// Bytes of memory with shared pages divided among those that share them; slow.
  var exactMemory: Int {
    var sum = 0
    for pid in pids {
      guard let text = ProcFile.text("/proc/\(pid)/smaps_rollup") else { continue }
      let anonymous = ProcFile.number("Pss_Anon", inText: text)
      let shared = ProcFile.number("Pss_Shmem", inText: text)
      if let anonymous, let shared {
        sum += (anonymous + shared) << 10
      } else {
        sum += (ProcFile.number("Pss", inText: text) ?? 0) << 10
      }
    }
    return sum
  }

  /// All processes of the machine that can be seen.
  static func all() -> [Int32] { names(in: "/proc").compactMap { Int32($0) } }

  /// The children of all threads of a process.
  static func children(of pid: Int32) -> [Int32] {
    guard hasListsOfChildren else {
      return all().filter { parentAndSession(of: $0)?.parent == pid }
    }
    var found: [Int32] = []
    for thread in names(in: "/proc/\(pid)/task") {
      let list = ProcFile.text("/proc/\(pid)/task/\(thread)/children") ?? ""
      found += list.split(separator: " ").compactMap { Int32($0) }
    }
    return found
  }

  /// The parent and the session of a process.
  static func parentAndSession(of pid: Int32) -> (parent: Int32, session: Int32)? {
    guard let stat = ProcFile.text("/proc/\(pid)/stat") else { return nil }
    let fields = fieldsAfterName(stat)
    guard fields.count > 3, let parent = Int32(fields[1]), let session = Int32(fields[3]) else {
      return nil
    }
    return (parent, session)
  }

  /// When a process began, in ticks since the machine did: with its number, a name that is never used again.
  static func startTime(of pid: Int32) -> UInt64? {
    guard let stat = ProcFile.text("/proc/\(pid)/stat") else { return nil }
    let fields = fieldsAfterName(stat)
    return fields.count > 19 ? UInt64(fields[19]) : nil
  }

  /// The fields from the third on; the second, the name, may itself hold spaces and brackets.
  private static func fieldsAfterName(_ stat: String) -> [Substring] {
    guard let end = stat.lastIndex(of: ")") else { return [] }
    return stat[end...].dropFirst(2).split(separator: " ")
  }

  private mutating func add(stat: String) {
    let fields = Self.fieldsAfterName(stat)
    guard fields.count > 17 else { return }
    for index in 11...14 { cpuSeconds += (Double(fields[index]) ?? 0) / Self.ticks }
    threads += Int(fields[17]) ?? 1
  }

  private mutating func add(statm: String) {
    let fields = statm.split(separator: " ")
    guard fields.count > 2, let resident = Int(fields[1]), let shared = Int(fields[2]) else {
      return
    }
    memory += max(0, resident - shared) * Self.page
    memoryAtMost += resident * Self.page
  }

  private static func names(in path: String) -> [String] {
    guard let folder = unsafe opendir(path) else { return [] }
    defer { unsafe closedir(folder) }
    var names: [String] = []
    while let entry = unsafe readdir(folder) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) {
        unsafe $0.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }
}
