internal import Timing

/// A thread for work that waits for tasks: on one of the pool's it could wait for ever.
enum ReadingThread {
  /// Runs a body on a thread of its own; nil where none can be started.
  static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) async -> Value? {
    await withCheckedContinuation { continuation in
      // A reader that goes away must still end the writer, which is this thread.
      let isStarted = DetachedThread.start(letsSIGPIPEIn: true) {
        continuation.resume(returning: body())
      }
      if !isStarted { continuation.resume(returning: nil) }
    }
  }
}
