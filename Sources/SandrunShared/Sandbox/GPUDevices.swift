import Files
import Glibc
import SystemPackage

/// The device files of this machine's GPUs.
public enum GPUDevices {
  /// Whether there is one.
  public static var isPresent: Bool { unsafe access("/dev/nvidiactl", F_OK) == 0 }

  /// How many there are.
  public static var count: Int {
    guard isPresent else { return 0 }
    return paths.count { $0.dropFirst("/dev/nvidia".count).allSatisfy(\.isNumber) }
  }

  /// What the driver calls each of them.
  public static var models: [String] {
    let folder = "/proc/driver/nvidia/gpus"
    let names = (try? Files.list(FilePath(folder))) ?? []
    return names.compactMap { name in
      let facts = ProcFile.text("\(folder)/\(name)/information") ?? ""
      let line = facts.split(separator: "\n").first { $0.hasPrefix("Model:") }
      return line.map { String($0.dropFirst("Model:".count).drop { $0 == " " || $0 == "\t" }) }
    }
  }

  static var paths: [String] {
    let names = (try? Files.list("/dev")) ?? []
    return names.map { "/dev/\($0.string)" }.filter { $0.hasPrefix("/dev/nvidia") }
  }

  /// Where the driver looks for the devices' places on the bus.
  static var systemFolders: [String] {
    let names = (try? Files.list("/sys/devices")) ?? []
    return names.map { "/sys/devices/\($0.string)" }.filter { $0.hasPrefix("/sys/devices/pci") }
  }
}
