internal import Dispatch
internal import Synchronization

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// As many as there are cores, within reason; asked once, since the C library opens a file to know.
private let threads = min(8, max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))

/// Does `count` pieces of work on as many threads as there are cores, each with a state of its own; results in order.
///
/// Pieces are begun in their order, so that the failure thrown is that of the first piece that fails.
func inParallel<State: ~Copyable, Value: Sendable, E: Error>(
  _ count: Int, state: @Sendable () -> State,
  _ body: @Sendable (inout State, Int) throws(E) -> Value
) throws(E) -> [Value] {
  let shared = Mutex(Work<Value, E>(count: count))
  @Sendable func work() {
    var own = state()
    while let piece = shared.withLock({ $0.take() }) {
      do throws(E) {
        let value = try body(&own, piece)
        shared.withLock { $0.values[piece] = value }
      } catch {
        shared.withLock { $0.fail(piece, error) }
      }
    }
  }
  if count > 1, threads > 1 {
    DispatchQueue.concurrentPerform(iterations: min(count, threads)) { _ in work() }
  } else {
    work()
  }
  let done = shared.withLock { $0 }
  if let failure = done.failure { throw failure.error }
  return done.values.compactMap { $0 }
}

private struct Work<Value: Sendable, E: Error>: Sendable {
  var next = 0
  var values: [Value?]
  var failure: (piece: Int, error: E)?

  init(count: Int) { values = Array(repeating: nil, count: count) }

  mutating func take() -> Int? {
    guard failure == nil, next < values.count else { return nil }
    defer { next += 1 }
    return next
  }

  mutating func fail(_ piece: Int, _ error: E) {
    if piece < failure?.piece ?? .max { failure = (piece, error) }
  }
}
