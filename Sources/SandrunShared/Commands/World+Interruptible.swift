import Dispatch
public import Records

extension World {
  private enum Event<Value: Sendable>: Sendable {
    case ended(Result<Value, Failure>)
    case interrupted
  }

  /// Does work that waits for others; a request to stop cancels it, and is thrown as a failure that may be taken up again.
  public func interruptible<Value: Sendable>(
    _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    let interruption = interruption
    let result = await withTaskGroup(of: Event<Value>.self) { group -> Result<Value, Failure> in
      group.addTask {
        do throws(Failure) { return .ended(.success(try await body())) } catch {
          return .ended(.failure(error))
        }
      }
      group.addTask {
        await interruption.wait()
        return .interrupted
      }
      let first = await group.next()
      group.cancelAll()
      // What is cancelled still tidies up after itself.
      await group.waitForAll()
      if case .ended(let result)? = first, !interruption.isRequested { return result }
      if case .ended(.success(let value))? = first { return .success(value) }
      return .failure(Self.interrupted)
    }
    return try result.get()
  }

  /// Throws 75 once the user has asked to end: before the next of several things that nobody takes back.
  public func checkNotInterrupted() throws(Failure) {
    if interruption.isRequested { throw Self.interrupted }
  }

  private static var interrupted: Failure {
    Failure(.temporary, "interrupted", code: "interrupted", isRetryable: true)
  }
}

extension Interruption {
  /// Returns at the first request to stop, or when the task is cancelled.
  public func wait() async {
    guard descriptor >= 0 else {
      while !Task.isCancelled { try? await Task.sleep(for: .seconds(3600)) }
      return
    }
    let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: .global())
    let (stream, continuation) = AsyncStream.makeStream(of: Void.self)
    // The byte stays in the pipe for every other watcher; once is enough for this one.
    source.setEventHandler {
      continuation.finish()
      source.cancel()
    }
    source.resume()
    for await _ in stream {}
    source.cancel()
  }
}
