import Files
import Records
import Sandbox
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What this machine has to offer.
struct Machine {
  let folders: UserFolders
  let path: String

  /// The member `node`.
  var json: JSONObject {
    var object = hardware
    let trial = SandboxTrial(path: path, below: folders.state)
    object["sandbox"] = [
      "kind": trial.enforcement == nil ? .null : "bubblewrap",
      "enforcement": trial.enforcement.map { .string($0) } ?? .null,
    ]
    object["interpreters"] = .array(
      trial.interpreters.map {
        [
          "name": .string($0.name), "path": .string($0.path.string),
          "version": $0.version.isEmpty ? .null : .string($0.version),
        ]
      })
    object["os"] = .object(system)
    object["arch"] = .string(architecture)
    return object
  }

  /// The part of it that can be told without running anything.
  var hardware: JSONObject {
    var object: JSONObject = [
      "cores": .integer(Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))),
      "memory": .integer(Int(sysconf(Int32(_SC_PHYS_PAGES))) * Int(sysconf(Int32(_SC_PAGESIZE)))),
      "disk": .integer(disk),
    ]
    object["gpus"] = .array(GPUDevices.models.map { ["model": .string($0)] })
    return object
  }

  /// Bytes free where outputs are stored.
  private var disk: Int {
    var folder = folders.data
    var found = statvfs()
    while unsafe statvfs(folder.string, &found) != 0, folder.removeLastComponent() {}
    return Int(found.f_bavail) * Int(found.f_frsize)
  }

  private var system: JSONObject {
    var object: JSONObject = [:]
    let release = (try? Files.read("/etc/os-release", limit: 1 << 16)) ?? []
    for line in String(decoding: release, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "=", maxSplits: 1)
      guard parts.count == 2 else { continue }
      let value = String(parts[1].filter { $0 != "\"" })
      if parts[0] == "ID" { object["name"] = .string(value) }
      if parts[0] == "VERSION_ID" { object["version"] = .string(value) }
    }
    object["kernel"] = .string(kernel("osrelease"))
    return object
  }

  private func kernel(_ name: FilePath.Component) -> String {
    let text = (try? Files.read(FilePath("/proc/sys/kernel").appending(name), limit: 256)) ?? []
    return String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)
  }

  private var architecture: String {
    var names = utsname()
    unsafe uname(&names)
    return unsafe withUnsafePointer(to: &names.machine) {
      unsafe $0.withMemoryRebound(to: CChar.self, capacity: 65) { unsafe String(cString: $0) }
    }
  }
}
