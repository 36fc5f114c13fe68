internal import NIOCore

extension Session {
  /// Asks for signs of life from now on.
  func startPings(_ context: ChannelHandlerContext) {
    let session = NIOLoopBound(self, eventLoop: context.eventLoop)
    let interval = TimeAmount(options.pingInterval)
    pings = context.eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
      session.value.ping()
    }
  }

  private func ping() {
    guard case .open = phase, !isPingUnanswered, let context else { return }
    isPingUnanswered = true
    write(.ping, [], context, nil)
    // What we do not read ourselves is no silence of the other side.
    if hasRoom { waitForPong() }
  }

  /// Gives the other side its time to be heard.
  func waitForPong() {
    afterwards(options.pongTimeout) { session in
      session.mailbox.end(.idle(after: session.options.pongTimeout))
      session.phase = .over
      session.context?.close(promise: nil)
    }
  }

  /// The other side lives.
  func heard() {
    isPingUnanswered = false
    if case .open = phase { stopWaiting() }
  }

  /// Sets the connection's one wait, in place of another.
  func afterwards(_ time: Duration, _ act: @escaping @Sendable (Session) -> Void) {
    stopWaiting()
    guard let loop = context?.eventLoop else { return }
    let session = NIOLoopBound(self, eventLoop: loop)
    wait = loop.scheduleTask(in: TimeAmount(time)) { act(session.value) }
  }

  func stopWaiting() {
    wait?.cancel()
    wait = nil
  }

  func stopTimers() {
    pings?.cancel()
    pings = nil
    stopWaiting()
  }
}
