internal import Files
internal import Glibc
internal import SystemPackage

/// The processes that sign, by their numbers, as far as one can see them.
enum SigningProcess {
  /// This one.
  static var own: Int32 { getpid() }

  /// Whether one still runs; no where it cannot be seen from here.
  static func runs(_ number: Int32) -> Bool {
    // One that was killed, and that nobody has asked for yet, has no words.
    guard number > 0,
      let words = try? Files.read(FilePath("/proc/\(number)/cmdline"), limit: 1 << 22)
    else {
      return false
    }
    return !words.isEmpty
  }
}
