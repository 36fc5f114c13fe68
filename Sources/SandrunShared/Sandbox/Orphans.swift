import CLinux
import Glibc
import Synchronization

/// What commands without a sandbox leave behind.
///
/// Their orphans become children of this process (`PR_SET_CHILD_SUBREAPER`), and so can be found and ended.
enum Orphans {
  private static let owned = Mutex<Set<Int32>>([])

  /// Makes this process the one that orphans below it come to.
  static func adopt() { _ = sr_become_subreaper() }

  /// Remembers that a child is a command's main process and no orphan.
  static func own(_ pid: Int32) { owned.withLock { _ = $0.insert(pid) } }

  static func disown(_ pid: Int32) { owned.withLock { _ = $0.remove(pid) } }

  /// Ends a process and all below it, stopping each first so that none can start another meanwhile.
  static func killTree(of root: Int32) {
    for _ in 0..<100 {
      let tree = ProcessTree(of: root).pids
      for pid in tree { kill(pid, SIGSTOP) }
      guard ProcessTree(of: root).pids.count > tree.count else {
        for pid in tree { kill(pid, SIGKILL) }
        return
      }
    }
  }

  /// Ends the orphans of a command whose main process is gone: those of its session, and, when no other command
  /// without a sandbox runs, all that are no command's main process and began after it.
  static func killLeft(by main: Int32) {
    let (isAlone, mains) = owned.withLock { ($0.count == 1, $0) }
    for pid in ProcessTree.children(of: getpid()) where !mains.contains(pid) {
      guard let (_, session) = ProcessTree.parentAndSession(of: pid) else { continue }
      // A child with our own session was started by other code of this program.
      guard session == main || (isAlone && session != getsid(0)) else { continue }
      killTree(of: pid)
      waitpid(pid, nil, 0)
    }
  }
}
