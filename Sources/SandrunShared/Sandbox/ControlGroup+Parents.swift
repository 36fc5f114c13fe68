import Files
import Glibc
import SystemPackage

/// The folders below which this process may make control groups.
enum Parents {
  case unified(String)
  case separate(memory: String, pids: String, accounting: String?)

  /// Looks where the memory and process controllers are and may be used; nil where nowhere.
  static func found() -> Parents? {
    let mounts = Mount.all()
    let own = (ProcFile.text("/proc/self/cgroup") ?? "").split(separator: "\n").map {
      $0.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
    }
    func folder(_ controller: String) -> String? {
      guard
        let path = own.first(where: {
          $0.count == 3 && $0[1].split(separator: ",").contains(controller[...])
        })?[2]
      else { return nil }
      return mounts.first { $0.type == "cgroup" && $0.options.contains(controller[...]) }?
        .folder(for: path)
    }
    if let memory = folder("memory"), let pids = folder("pids"), isWritable(memory),
      isWritable(pids)
    {
      return .separate(
        memory: memory, pids: pids,
        accounting: folder("cpuacct").flatMap { isWritable($0) ? $0 : nil })
    }
    guard let path = own.first(where: { $0.count == 3 && $0[0] == "0" })?[2],
      let mount = mounts.first(where: { $0.type == "cgroup2" }),
      let start = mount.folder(for: path)
    else { return nil }
    return unified(from: start, upTo: mount.point)
  }

  /// The nearest group at or above our own that hands the two controllers to its children.
  ///
  /// A group that holds processes cannot (cgroup-v2, "no internal processes"), so it is mostly one above.
  private static func unified(from start: String, upTo top: String) -> Parents? {
    var folder = FilePath(start)
    while folder.starts(with: FilePath(top)) {
      let given = ProcFile.text("\(folder)/cgroup.subtree_control") ?? ""
      let controllers = given.split { $0 == " " || $0 == "\n" }
      if controllers.contains("memory"), controllers.contains("pids"), isWritable(folder.string),
        unsafe access("\(folder)/cgroup.procs", W_OK) == 0
      {
        return .unified(folder.string)
      }
      guard folder.removeLastComponent() else { break }
    }
    return nil
  }

  private static func isWritable(_ folder: String) -> Bool { unsafe access(folder, W_OK) == 0 }

  /// Removes groups whose maker was killed, and kills what is left in them.
  func sweep() {
    let folders: [String?]
    switch self {
    case .unified(let folder): folders = [folder]
    case .separate(let memory, let pids, let accounting): folders = [memory, pids, accounting]
    }
    for folder in folders {
      guard let folder, let names = try? Files.list(FilePath(folder)) else { continue }
      for name in names where name.string.hasPrefix("sandrun-") {
        guard RunName.isAbandoned(name.string.dropFirst(8)) else { continue }
        let path = "\(folder)/\(name)"
        for pid in (ProcFile.text("\(path)/cgroup.procs") ?? "").split(separator: "\n") {
          if let pid = Int32(pid) { kill(pid, SIGKILL) }
        }
        Self.remove(path)
      }
    }
  }

  /// Removes one group; its processes may take a moment to go.
  static func remove(_ folder: String) {
    for _ in 0..<200 {
      guard unsafe rmdir(folder) != 0, errno == EBUSY else { return }
      usleep(1000)
    }
  }
}

/// One mounted control group hierarchy.
private struct Mount {
  var root: String
  var point: String
  var type: Substring
  var options: [Substring]

  static func all() -> [Mount] {
    (ProcFile.text("/proc/self/mountinfo") ?? "").split(separator: "\n").compactMap { line in
      // 36 35 98:0 ROOT POINT options fields… - TYPE source superoptions; see proc(5).
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), fields.count > dash + 3, dash > 4,
        fields[dash + 1].hasPrefix("cgroup")
      else { return nil }
      return Mount(
        root: String(fields[3]), point: String(fields[4]), type: fields[dash + 1],
        options: fields[dash + 3].split(separator: ","))
    }
  }

  /// Where a group of the hierarchy lies in the file system; nil where this mount does not show it.
  func folder(for group: Substring) -> String? {
    guard FilePath(String(group)).starts(with: FilePath(root)) else { return nil }
    let below = root == "/" ? group : group.dropFirst(root.count)
    return below.isEmpty || below == "/" ? point : point + below
  }
}
