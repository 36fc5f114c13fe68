internal import NodeAPI
internal import Synchronization

/// Tells those who follow jobs in escrow that one arrived or is over.
final class EscrowNews: Sendable {
  private let listeners = Mutex<[AsyncStream<JobID>.Continuation]>([])

  /// Jobs of which there is news from now on.
  func listen() -> AsyncStream<JobID> {
    let (stream, continuation) = AsyncStream.makeStream(
      of: JobID.self, bufferingPolicy: .bufferingNewest(1024))
    listeners.withLock { $0.append(continuation) }
    return stream
  }

  func tell(_ id: JobID) {
    for listener in listeners.withLock({ $0 }) { listener.yield(id) }
  }
}
