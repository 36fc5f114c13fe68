internal import NIOCore

extension Session {
  /// Sends a message of the user's; the promise is kept once it has left.
  func send(_ message: WebSocketMessage, _ promise: EventLoopPromise<Void>) {
    guard case .open = phase, let context else {
      return promise.fail(mailbox.obstacle ?? .closed)
    }
    switch message {
    case .text(let text): write(.text, text.utf8, context, promise)
    case .binary(let bytes): write(.binary, bytes, context, promise)
    }
  }

  /// Begins the closing handshake; the promise is kept with what the other side says, or nil.
  func close(_ code: UInt16, _ reason: String, _ promise: EventLoopPromise<WebSocketClose?>) {
    guard case .open = phase, let context else {
      if case .closing = phase, let closed {
        closed.futureResult.cascade(to: promise)
      } else {
        promise.succeed(mailbox.close)
      }
      return
    }
    closed = promise
    send(close: code, reason, context)
    phase = .closing
    // Their Close may stand behind messages that nobody will read any more.
    makeRoom()
    afterwards(options.closeTimeout) { session in
      session.mailbox.end(.closedAbnormally(reason: "the other side does not answer our Close"))
      session.finishClosing(nil)
      session.context?.close(promise: nil)
    }
  }

  /// Ends the connection at once, with a word to the other side if it can still hear one.
  func abort() {
    guard let context else { return }
    if case .open = phase { send(close: WebSocketClose.goingAway, "", context) }
    phase = .over
    stopTimers()
    finishClosing(nil)
    context.close(promise: nil)
  }

  /// Answers a ping: while earlier bytes have not left, only the latest one (section 5.5.3).
  func pong(_ payload: [UInt8], _ context: ChannelHandlerContext) {
    guard context.channel.isWritable else {
      owedPong = payload
      return
    }
    write(.pong, payload, context, nil)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    if case .open = phase, context.channel.isWritable, let payload = owedPong {
      owedPong = nil
      write(.pong, payload, context, nil)
    }
    context.fireChannelWritabilityChanged()
  }

  func send(close code: UInt16?, _ reason: String, _ context: ChannelHandlerContext) {
    var payload: [UInt8] = []
    if let code {
      payload = [UInt8(code >> 8), UInt8(code & 0xFF)]
      for character in reason where payload.count + character.utf8.count <= 125 {
        payload += character.utf8
      }
    }
    write(.close, payload, context, nil)
  }

  func write(
    _ opcode: Opcode, _ payload: some Collection<UInt8>, _ context: ChannelHandlerContext,
    _ promise: EventLoopPromise<Void>?
  ) {
    var frame = context.channel.allocator.buffer(capacity: payload.count + 14)
    FrameHeader.write(opcode, payload, to: &frame)
    context.writeAndFlush(wrapOutboundOut(frame), promise: promise)
  }

  /// Waits for the other side to end the connection, for so long.
  func drain(for time: Duration, _ context: ChannelHandlerContext) {
    phase = .draining
    received = ByteBuffer()
    hasRoom = true
    afterwards(time) { session in session.context?.close(promise: nil) }
    guard owesRead else { return }
    owesRead = false
    context.read()
  }
}
