public import Timing

/// What a message was to the one who follows.
public enum WebSocketStep: Sendable {
  /// Nothing new: if the connection breaks, the next wait is longer.
  case more
  /// Something new: if the connection breaks, the waits begin anew.
  case progress
  /// The last one.
  case done
}

/// How following came to its end, or came to a break.
public enum WebSocketEnding: Equatable, Sendable {
  /// The last message was taken.
  case done
  /// There was no connection, or it broke.
  case failed(WebSocketError)
  /// The other side closed the connection before the last message.
  case closed(WebSocketClose)
  /// The time is over.
  case deadline
}

extension WebSocketClient {
  /// Reads messages up to the last one, over as many connections as it takes.
  ///
  /// `place` makes the address anew from what was read, for each connection. `take` says whether a message brings anything new.
  /// `goesOn` judges each break; where it says no, the break is how it ends. The wait before the next connection is the
  /// back-off's, or what the server asks for with `Retry-After` (up to the back-off's limit).
  public static func follow<Failed: Error>(
    headers: [(name: String, value: String)] = [], options: WebSocketOptions = WebSocketOptions(),
    backoff: Backoff = Backoff(), until deadline: ContinuousClock.Instant? = nil,
    place: () async throws(Failed) -> WebSocketURL,
    goesOn: (WebSocketEnding) async throws(Failed) -> Bool,
    take: (WebSocketMessage) async throws(Failed) -> WebSocketStep
  ) async throws(Failed) -> WebSocketEnding {
    var backoff = backoff
    while true {
      if let deadline, deadline <= .now { return .deadline }
      let ending: WebSocketEnding
      switch await attempt(try await place(), headers, options, until: deadline) {
      case .success(let connection):
        ending = try await read(connection, until: deadline) { message throws(Failed) in
          let step = try await take(message)
          if case .progress = step { backoff.reset() }
          return step
        }
      case .failure(let error): ending = .failed(error)
      }
      switch ending {
      case .done, .deadline, .failed(.cancelled): return ending
      case .failed, .closed: break
      }
      guard try await goesOn(ending) else { return ending }

      var wait = backoff.next()
      if case .failed(.refused(_, let refusal)) = ending, let asked = refusal.retryAfter {
        wait = max(wait, min(.seconds(asked), backoff.limit))
      }
      let end = ContinuousClock.now + wait
      do {
        try await ContinuousClock().sleep(until: deadline.map { min($0, end) } ?? end)
      } catch {
        return .failed(.cancelled)
      }
    }
  }

  private static func attempt(
    _ url: WebSocketURL, _ headers: [(name: String, value: String)], _ options: WebSocketOptions,
    until deadline: ContinuousClock.Instant?
  ) async -> Result<WebSocketConnection, WebSocketError> {
    var options = options
    if let deadline { options.connectTimeout = min(options.connectTimeout, deadline - .now) }
    do throws(WebSocketError) {
      return .success(try await connect(to: url, headers: headers, options: options))
    } catch {
      return .failure(error)
    }
  }

  private static func read<Failed: Error>(
    _ connection: WebSocketConnection, until deadline: ContinuousClock.Instant?,
    take: (WebSocketMessage) async throws(Failed) -> WebSocketStep
  ) async throws(Failed) -> WebSocketEnding {
    // Cancelled as the scope ends.
    async let _: Void = connection.expire(at: deadline)
    while true {
      let message: WebSocketMessage
      do throws(WebSocketError) {
        guard let next = try await connection.next() else {
          return .closed(connection.closing ?? WebSocketClose(code: 1005))
        }
        message = next
      } catch .closed {
        return .deadline
      } catch {
        return .failed(error)
      }
      if case .done = try await take(message) {
        await connection.close()
        return .done
      }
    }
  }
}
