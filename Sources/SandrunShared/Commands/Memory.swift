internal import CLinux

/// The memory of the process.
public enum Memory {
  /// Keeps memory that was freed for the blocks to come, for a tool that moves many of them and then ends.
  ///
  /// To be called before there is a second thread. The bounds are a little above the largest block, and what a thread has of them at a
  /// time.
  public static func keepFreed() {
    sr_keep_freed_memory(4 << 20, 16 << 20)
  }
}
