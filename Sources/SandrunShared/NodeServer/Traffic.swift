internal import Synchronization

/// Counts answers by the hundreds of their status.
final class Traffic: Sendable {
  private let successes = Atomic<Int>(0)
  private let others = Mutex<[Int: Int]>([:])
  private let received = Atomic<Int>(0)

  func count(_ status: Int) {
    // By far the most frequent, and so without a lock.
    if status == 200 {
      successes.add(1, ordering: .relaxed)
    } else {
      others.withLock { $0[status, default: 0] += 1 }
    }
  }

  /// Adds bytes of an upload.
  func receive(_ bytes: Int) { received.add(bytes, ordering: .relaxed) }

  /// The bytes of uploads so far.
  var receivedBytes: Int { received.load(ordering: .relaxed) }

  /// The answers so far by status, in order.
  var answers: [(status: Int, count: Int)] {
    var all = others.withLock { $0 }
    all[200] = successes.load(ordering: .relaxed)
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
