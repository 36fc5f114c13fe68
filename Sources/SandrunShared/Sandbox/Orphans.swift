import CLinux
import Glibc
import Synchronization

/// What commands without a sandbox leave behind.
///
/// Their orphans become children of this process (`PR_SET_CHILD_SUBREAPER`), and so can be found and ended.
enum Orphans {
  private struct State {
    /// The main processes of all runs, and whether each is in a sandbox, which holds its own orphans.
    var mains: [Int32: Bool] = [:]
    /// Runs whose main process may be there and not yet be known.
    var starting = 0
  }

  private static let state = Mutex(State())

  /// Makes this process the one that orphans below it come to.
  static func adopt() { _ = sr_become_subreaper() }

  /// Says that a main process is about to be started.
  static func expect() { state.withLock { $0.starting += 1 } }

  /// Says that it was, or, with nil, that it could not be.
  static func own(_ pid: Int32?, isSandboxed: Bool) {
    state.withLock { state in
      state.starting -= 1
      if let pid { state.mains[pid] = isSandboxed }
    }
  }

  static func disown(_ pid: Int32) { state.withLock { _ = $0.mains.removeValue(forKey: pid) } }

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
  /// without a sandbox runs or starts, all that are no command's main process and began after it.
  static func killLeft(by main: Int32) {
    let (mains, starting) = state.withLock { ($0.mains, $0.starting) }
    let isAlone = starting == 0 && mains.values.count { !$0 } == 1
    for pid in ProcessTree.children(of: getpid()) where mains[pid] == nil {
      guard let (_, session) = ProcessTree.parentAndSession(of: pid) else { continue }
      // A child with our own session was started by other code of this program.
      guard session == main || (isAlone && session != getsid(0)) else { continue }
      killTree(of: pid)
      waitpid(pid, nil, 0)
    }
  }
}
