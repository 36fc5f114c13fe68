import CLinux

/// The processor cores that a command may see.
enum Cores {
  /// As many of our own as asked for, from a random one on, so that small jobs do not meet on the first.
  static func choose(_ count: Int?) -> [Int] {
    var mask = [UInt8](repeating: 0, count: 1024)
    let length = unsafe sr_get_affinity(0, &mask, UInt(mask.count))
    let own = (0..<max(0, length) * 8).filter { mask[$0 / 8] & 1 << ($0 % 8) != 0 }
    guard !own.isEmpty else { return [0] }
    guard let count, count < own.count else { return own }
    let start = Int.random(in: own.indices)
    return (0..<max(1, count)).map { own[(start + $0) % own.count] }
  }

  /// Keeps a process, and what it starts, on some cores; the C function is `sched_setaffinity`.
  static func bind(_ pid: Int32, to cores: [Int]) {
    var mask = [UInt8](repeating: 0, count: 1024)
    for core in cores where core < mask.count * 8 { mask[core / 8] |= 1 << (core % 8) }
    _ = unsafe sr_set_affinity(pid, mask, UInt(mask.count))
  }
}
