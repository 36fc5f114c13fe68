internal import NIOCore

/// One connection, on its event loop: the opening handshake, then frames, then the closing handshake.
///
/// Reads only while the mailbox has room.
final class Session: ChannelDuplexHandler {
  typealias InboundIn = ByteBuffer
  typealias OutboundIn = ByteBuffer
  typealias OutboundOut = ByteBuffer

  /// What the opening handshake brought.
  struct Opened: Sendable {
    let session: NIOLoopBound<Session>
    let channel: any Channel
    let mailbox: Mailbox
    let subprotocol: String?
  }

  enum Phase {
    /// The head of the answer has not come whole.
    case handshake
    /// The server answered with an HTTP status of its own, and its body comes.
    case refusal(RefusalBody, status: Int, retryAfter: Int?)
    case open
    /// Our Close is sent, and theirs has not come.
    case closing
    /// All is said: what still comes is thrown away until the other side ends the connection.
    case draining
    case over
  }

  let request: HandshakeRequest
  let options: WebSocketOptions
  let opened: EventLoopPromise<Opened>
  let mailbox: Mailbox

  var phase = Phase.handshake
  private var hasBegun = false
  var context: ChannelHandlerContext?
  var received = ByteBuffer()
  var reader: MessageReader
  var pings: RepeatedTask?
  var wait: Scheduled<Void>?
  var isPingUnanswered = false
  /// Asked to read while the mailbox was full.
  var owesRead = false
  var hasRoom = true
  /// A ping that was not answered yet, because what was sent before has not left.
  var owedPong: [UInt8]?
  var closed: EventLoopPromise<WebSocketClose?>?

  init(_ request: HandshakeRequest, _ options: WebSocketOptions, opened: EventLoopPromise<Opened>) {
    self.request = request
    self.options = options
    self.opened = opened
    mailbox = Mailbox(limit: options.maxWaiting)
    reader = MessageReader(limit: options.maxMessageSize)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    if context.channel.isActive { begin(context) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    self.context = nil
  }

  func channelActive(context: ChannelHandlerContext) {
    begin(context)
    context.fireChannelActive()
  }

  private func begin(_ context: ChannelHandlerContext) {
    // A channel may be active before the event that says so.
    guard !hasBegun else { return }
    hasBegun = true
    context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: request.text)), promise: nil)
  }

  func read(context: ChannelHandlerContext) {
    if hasRoom { context.read() } else { owesRead = true }
  }

  /// The reader took enough.
  func makeRoom() {
    hasRoom = true
    if isPingUnanswered, case .open = phase { waitForPong() }
    // Frames that came with the last one that found room.
    if let context { digest(context) }
    guard owesRead, hasRoom else { return }
    owesRead = false
    context?.read()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    heard()
    if case .draining = phase { return }
    received.writeBuffer(&bytes)
    digest(context)
  }

  /// Takes what has come as far as it goes.
  private func digest(_ context: ChannelHandlerContext) {
    if case .handshake = phase { shakeHands(context) }
    if case .refusal = phase { readRefusal(context) }
    loop: while hasRoom {
      switch phase {
      case .open, .closing:
        do {
          guard let event = try reader.next(from: &received) else { break loop }
          take(event, context)
        } catch {
          fail(error, context)
        }
      default: break loop
      }
    }
    received.discardReadBytes()
  }

  private func take(_ event: MessageReader.Event, _ context: ChannelHandlerContext) {
    switch (event, phase) {
    case (.message(let message), .open):
      hasRoom = mailbox.put(message)
      if !hasRoom { stopWaiting() }
    case (.ping(let payload), .open): pong(payload, context)
    case (.close(let close), .open):
      mailbox.end(nil, close: close)
      let echo = close.code == 1005 ? nil : close.code
      send(close: echo, "", context)
      drain(for: options.closeTimeout, context)
    case (.close(let close), .closing):
      mailbox.end(nil, close: close)
      finishClosing(close)
      // The server ends the connection first, so that the wait for stray packets is not ours.
      drain(for: options.closeTimeout, context)
    default: break
    }
  }

  /// Closes because of what the other side did.
  private func fail(_ breach: Breach, _ context: ChannelHandlerContext) {
    mailbox.end(
      breach.code == 1009
        ? .tooLarge(limit: options.maxMessageSize)
        : .protocolViolation(reason: breach.reason, code: breach.code))
    if case .open = phase { send(close: breach.code, breach.reason, context) }
    finishClosing(nil)
    drain(for: .seconds(1), context)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    end(.closedAbnormally(reason: ConnectionFailure.reason(error)), of: error)
    context.close(promise: nil)
  }

  func channelInactive(context: ChannelHandlerContext) {
    end(.closedAbnormally(reason: "the other side ended it without a closing handshake"), of: nil)
    context.fireChannelInactive()
  }

  /// The connection is gone.
  private func end(_ ending: WebSocketError, of error: (any Error)?) {
    switch phase {
    case .handshake:
      let url = request.url.description
      let failure = error.map { ConnectionFailure.error($0, url: request.url) }
      opened.fail(
        failure ?? .badHandshake(url: url, reason: "the connection ended before the answer"))
    case .refusal: giveUpOnRefusal()
    case .open, .closing, .draining, .over: break
    }
    phase = .over
    mailbox.end(ending)
    finishClosing(nil)
    stopTimers()
  }

  func finishClosing(_ close: WebSocketClose?) {
    closed?.succeed(close)
    closed = nil
  }
}
