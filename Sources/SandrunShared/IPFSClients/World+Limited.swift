public import Commands
public import Records

extension World {
  /// Does work that waits for others for one record; it is cancelled at a request to stop, or where it takes longer than the user allows.
  public func interruptible<Value: Sendable>(
    within limit: Duration?, _ body: @escaping @Sendable () async throws(Failure) -> Value
  ) async throws(Failure) -> Value {
    try await interruptible { () throws(Failure) in
      guard let limit else { return try await body() }
      let result = await withTaskGroup(of: Result<Value, Failure>?.self) { group in
        group.addTask {
          do throws(Failure) { return .success(try await body()) } catch { return .failure(error) }
        }
        group.addTask {
          try? await ContinuousClock().sleep(for: limit)
          return nil
        }
        let first = await group.next() ?? nil
        group.cancelAll()
        return first
      }
      guard let result else {
        throw Failure(
          .temporary, "it was not done in \(limit)", code: "timed-out",
          hint: "--timeout allows more", isRetryable: true)
      }
      return try result.get()
    }
  }
}
