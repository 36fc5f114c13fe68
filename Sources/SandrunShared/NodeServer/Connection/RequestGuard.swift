internal import NIOCore
internal import NIOHTTP1

/// Stands between the HTTP/1 coder and the server: what it lets through is a request in time, and what goes out fits the client.
///
/// It closes connections that send no head in time, rest too long, or send a body too slowly; answers what is no
/// HTTP; speaks HTTP/1.0 to those who do; sends no body for HEAD; closes after an answer that left a body unread,
/// slowly enough for the answer to be read.
final class RequestGuard: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// A request whose answer has not ended.
  struct Exchange {
    var isHead: Bool
    var isOld: Bool
    var isLast: Bool
    var isBegun = false
  }

  enum Phase {
    /// Requests come and go.
    case open
    /// The last answer was sent: what still comes is dropped until the client has closed, or the time is up.
    case lingering(until: NIODeadline)
    case closed
  }

  let limits: ConnectionLimits
  var phase = Phase.open
  var exchanges: [Exchange] = []
  /// Whether a request's body is still coming.
  var isReading = false
  /// Whether the server asked for more, so that the client is the one to wait for.
  var isWanted = false
  var hadRequest = false
  /// Whether the last request of the connection has come whole: what follows means nothing.
  private var isFull = false
  var isQuiescing = false
  /// What came behind the requests in hand and is no request.
  var refusal: Refusal?
  /// When the connection began to rest.
  var restSince = NIODeadline.now()
  var pace: Pace
  private var ticks: RepeatedTask?

  init(limits: ConnectionLimits) {
    self.limits = limits
    pace = Pace(limits)
  }

  func handlerAdded(context: ChannelHandlerContext) {
    restSince = .now()
    let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
    let handler = NIOLoopBound(self, eventLoop: context.eventLoop)
    ticks = context.eventLoop.scheduleRepeatedTask(
      initialDelay: limits.tick, delay: limits.tick
    ) { _ in handler.value.tick(bound.value) }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    ticks?.cancel()
    ticks = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    phase = .closed
    ticks?.cancel()
    ticks = nil
    context.fireChannelInactive()
  }

  func read(context: ChannelHandlerContext) {
    isWanted = true
    context.read()
  }

  func channelReadComplete(context: ChannelHandlerContext) {
    isWanted = false
    // While the last answer is read, nobody else asks for more.
    if case .lingering = phase { context.read() }
    context.fireChannelReadComplete()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    // Behind a request for an upgrade least of all: where HTTP were read on, WebSocket would find its remains.
    guard case .open = phase, refusal == nil, !isFull else { return }
    let part = unwrapInboundIn(data)
    switch part {
    case .head(let head):
      guard let checked = admit(head) else {
        refuse(.badRequest("the request has no Host field, or more than one"), context)
        return
      }
      isReading = true
      hadRequest = true
      pace.begin()
      context.fireChannelRead(wrapInboundOut(.head(checked)))
    case .body(let bytes):
      pace.add(bytes.readableBytes)
      context.fireChannelRead(data)
    case .end:
      isReading = false
      isFull = exchanges.last?.isLast ?? true
      context.fireChannelRead(data)
    }
  }

  /// The head as the server gets it; nil where it must not.
  private func admit(_ head: HTTPRequestHead) -> HTTPRequestHead? {
    let isOld = head.version.minor == 0
    guard isOld || head.headers[canonicalForm: "host"].count == 1 else { return nil }
    var checked = head
    var isLast = !head.isKeepAlive || isQuiescing
    if head.headers.contains(name: "upgrade") {
      // The coder reads no further request behind one that wants an upgrade.
      isLast = true
      if head.method != .GET { checked.headers.remove(name: "upgrade") }
    }
    exchanges.append(Exchange(isHead: head.method == .HEAD, isOld: isOld, isLast: isLast))
    return checked
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard case .open = phase else { return }
    guard let error = error as? HTTPParserError, !isReading else {
      context.fireErrorCaught(error)
      return
    }
    // A connection that ends within a head, or behind the last request, gets no answer to what it did not ask.
    guard error != .invalidEOFState else {
      if exchanges.isEmpty { close(context) }
      return
    }
    refuse(Refusal(error), context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case is ChannelShouldQuiesceEvent:
      isQuiescing = true
      if exchanges.isEmpty { close(context) }
    case ChannelEvent.inputClosed:
      if case .lingering = phase { return close(context) }
      if exchanges.isEmpty { return close(context) }
      for index in exchanges.indices { exchanges[index].isLast = true }
      context.fireUserInboundEventTriggered(event)
    default:
      context.fireUserInboundEventTriggered(event)
    }
  }

  func close(_ context: ChannelHandlerContext) {
    phase = .closed
    context.close(promise: nil)
  }
}

/// What the guard holds connections to.
struct ConnectionLimits: Sendable {
  var headerTimeout: TimeAmount
  var idleTimeout: TimeAmount
  /// Bytes of a body in a second.
  var minRate: Int
  /// How long the last answer has to be read.
  let linger = TimeAmount.seconds(2)
  /// The stretch that a body's pace is measured over.
  let window = TimeAmount.seconds(10)

  /// How often the limits are looked at.
  var tick: TimeAmount {
    .nanoseconds(
      max(50_000_000, min(1_000_000_000, min(headerTimeout, idleTimeout).nanoseconds / 4)))
  }
}
