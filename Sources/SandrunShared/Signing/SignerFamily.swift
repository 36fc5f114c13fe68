internal import CLinux
internal import Glibc

/// A signer's command and what it started, so that nothing of it is left when it is given up: no prompt, no open pipe.
///
/// Without a terminal the command leads a process group of its own. With one it stays in ours, as it could not ask for
/// a PIN from another, nor hear Ctrl-C; then its descendants are found in `/proc`, and one whose parent has ended
/// before, so that it is nobody's, is not.
struct SignerFamily {
  /// The most processes that are looked for.
  private static let limit = 1024

  private let leader: Int32
  private let isGroup: Bool

  init(of leader: Int32, isGroup: Bool) {
    self.leader = leader
    self.isGroup = isGroup
  }

  /// Whether we have a terminal that a signer may ask at.
  static var hasTerminal: Bool {
    let terminal = unsafe open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY)
    guard terminal >= 0 else { return false }
    close(terminal)
    return true
  }

  /// Asks all of it to end, waits for a time, and makes sure.
  ///
  /// The leader must not be reaped yet, so that its number is its own.
  func end(within patience: Duration) {
    var members = Members(of: leader, limit: Self.limit)
    members.signal(SIGTERM)
    signalGroup(SIGTERM)
    members.wait(for: patience)
    // What it started meanwhile, too.
    members.refresh()
    members.signal(SIGKILL)
    signalGroup(SIGKILL)
  }

  /// Ends all of it at once.
  func kill() {
    Members(of: leader, limit: Self.limit).signal(SIGKILL)
    signalGroup(SIGKILL)
  }

  private func signalGroup(_ number: Int32) {
    if isGroup { Glibc.kill(-leader, number) }
  }
}

/// A process and its descendants, held by descriptors, since a number is another's once its process is gone.
private struct Members: ~Copyable {
  private let limit: Int
  private var found: [(pid: Int32, descriptor: Int32)] = []

  init(of leader: Int32, limit: Int) {
    self.limit = limit
    let descriptor = sr_pidfd_open(leader)
    if descriptor >= 0 { found.append((leader, descriptor)) }
    refresh()
  }

  deinit { for member in found { close(member.descriptor) } }

  /// Finds what is not known yet.
  mutating func refresh() {
    var next = 0
    while next < found.count, found.count < limit {
      let parent = found[next].pid
      next += 1
      for pid in Self.children(of: parent) where !found.contains(where: { $0.pid == pid }) {
        let descriptor = sr_pidfd_open(pid)
        guard descriptor >= 0 else { continue }
        // Another may have got its number before it was opened.
        guard Self.children(of: parent).contains(pid) else {
          close(descriptor)
          continue
        }
        found.append((pid, descriptor))
      }
    }
  }

  borrowing func signal(_ number: Int32) {
    for member in found { _ = sr_pidfd_send_signal(member.descriptor, number) }
  }

  /// Waits until all have ended, or for so long.
  borrowing func wait(for patience: Duration) {
    let end = ContinuousClock.now + patience
    for member in found {
      while true {
        let left = ContinuousClock.now.duration(to: end) / .milliseconds(1)
        var watched = pollfd(fd: member.descriptor, events: Int16(POLLIN), revents: 0)
        let count = unsafe poll(&watched, 1, Int32(max(0, left.rounded(.up))))
        guard count < 0, errno == EINTR else { break }
      }
    }
  }

  /// The children of all threads of a process.
  private static func children(of pid: Int32) -> [Int32] {
    guard let folder = unsafe opendir("/proc/\(pid)/task") else { return [] }
    defer { unsafe closedir(folder) }
    var children: [Int32] = []
    while let entry = unsafe readdir(folder) {
      guard let thread = unsafe Int32(Self.name(entry)) else { continue }
      let list = Self.text("/proc/\(pid)/task/\(thread)/children")
      children += list.split(separator: " ").compactMap { Int32($0) }
    }
    return children
  }

  private static func name(_ entry: UnsafeMutablePointer<dirent>) -> String {
    unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
      unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
  }

  private static func text(_ path: String) -> String {
    let file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { return "" }
    defer { close(file) }
    let bytes = unsafe [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, filled in
      unsafe filled = max(0, read(file, buffer.baseAddress, 1 << 16))
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
