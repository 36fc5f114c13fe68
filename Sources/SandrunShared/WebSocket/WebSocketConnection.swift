internal import NIOCore

/// An open WebSocket.
///
/// Messages are read by one task. The socket is closed once the connection is let go.
public final class WebSocketConnection: Sendable {
  private let session: NIOLoopBound<Session>
  private let channel: any Channel
  private let mailbox: Mailbox
  /// The subprotocol that the server chose of those offered.
  public let subprotocol: String?

  init(_ opened: Session.Opened) {
    session = opened.session
    channel = opened.channel
    mailbox = opened.mailbox
    subprotocol = opened.subprotocol
  }

  deinit {
    abort(.closed)
  }

  /// What the other side sends, until it closes the connection; a connection that ends in another way throws.
  ///
  /// Nothing more is taken from the network than `WebSocketOptions.maxWaiting` while nobody reads. To cancel the task that reads
  /// closes the socket.
  public var messages: Messages { Messages(connection: self) }

  /// The messages of a connection in their order.
  public struct Messages: AsyncSequence, Sendable {
    /// A message, whole.
    public typealias Element = WebSocketMessage
    /// How a connection ends that the other side did not close.
    public typealias Failure = WebSocketError

    let connection: WebSocketConnection

    /// Goes on where reading stopped.
    public func makeAsyncIterator() -> Iterator { Iterator(connection: connection) }

    /// Takes one message after the other.
    public struct Iterator: AsyncIteratorProtocol {
      let connection: WebSocketConnection

      /// The next message, or nil once the other side has closed the connection.
      public mutating func next() async throws(WebSocketError) -> WebSocketMessage? {
        try await connection.next()
      }

      /// The next message, or nil once the other side has closed the connection.
      public mutating func next(
        isolation actor: isolated (any Actor)?
      ) async throws(WebSocketError) -> WebSocketMessage? {
        try await connection.next()
      }
    }
  }

  /// How the other side closed the connection; nil while it is open, and where it broke instead.
  public var closing: WebSocketClose? { mailbox.close }

  /// Sends a message, and returns once the system has taken it.
  ///
  /// A message cannot be recalled: to cancel the task while it waits closes the socket.
  public func send(_ message: WebSocketMessage) async throws(WebSocketError) {
    let promise = channel.eventLoop.makePromise(of: Void.self)
    channel.eventLoop.execute { [session] in session.value.send(message, promise) }
    do {
      try await withTaskCancellationHandler {
        try await promise.futureResult.get()
      } onCancel: {
        abort(.cancelled)
      }
    } catch {
      throw mailbox.obstacle ?? .closedAbnormally(reason: ConnectionFailure.reason(error))
    }
  }

  /// Closes the connection, and waits for the other side's answer for at most `WebSocketOptions.closeTimeout`.
  ///
  /// `code` is 1000 to 1003, 1007 to 1014 or 3000 to 4999 (others are sent as 1000), `reason` is cut at 123 bytes. What the other
  /// side says comes back, or nil if it said nothing.
  @discardableResult
  public func close(
    code: UInt16 = WebSocketClose.normal, reason: String = ""
  ) async -> WebSocketClose? {
    let promise = channel.eventLoop.makePromise(of: WebSocketClose?.self)
    let code = WebSocketClose.mayBeSent(code) ? code : WebSocketClose.normal
    channel.eventLoop.execute { [session] in session.value.close(code, reason, promise) }
    return await withTaskCancellationHandler {
      // The promise is never broken.
      (try? await promise.futureResult.get()) ?? nil
    } onCancel: {
      abort(.cancelled)
    }
  }

  func next() async throws(WebSocketError) -> WebSocketMessage? {
    // What came before the end is not read by a task that is cancelled, either.
    guard !Task.isCancelled else {
      abort(.cancelled)
      throw .cancelled
    }
    let outcome = await withTaskCancellationHandler {
      await mailbox.take { [channel, session] in
        channel.eventLoop.execute { session.value.makeRoom() }
      }
    } onCancel: {
      abort(.cancelled)
    }
    return try outcome.get()
  }

  /// Ends the connection as `.closed` when the time has come.
  func expire(at time: ContinuousClock.Instant?) async {
    guard let time, (try? await ContinuousClock().sleep(until: time)) != nil else { return }
    abort(.closed)
  }

  private func abort(_ error: WebSocketError) {
    mailbox.end(error, dropping: true)
    channel.eventLoop.execute { [session] in session.value.abort() }
  }
}
