internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1

extension RequestGuard {
  func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
    guard case .open = phase, !exchanges.isEmpty else {
      promise?.fail(ChannelError.ioOnClosedChannel)
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var head):
      // 100 comes before the answer, and to none who speaks HTTP/1.0.
      guard head.status.code >= 200 || !exchanges[0].isOld else {
        promise?.succeed(())
        return
      }
      if head.status.code >= 200 { frame(&head) }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body:
      if exchanges[0].isHead {
        promise?.succeed(())
      } else {
        context.write(data, promise: promise)
      }
    case .end:
      if exchanges[0].isHead {
        // The coder would end a body that was never begun.
        context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer()))), promise: promise)
      } else {
        context.write(data, promise: promise)
      }
      finish(context)
    }
  }

  /// Makes the head tell how its body ends, and whether the connection goes on.
  private func frame(_ head: inout HTTPResponseHead) {
    exchanges[0].isBegun = true
    let exchange = exchanges[0]
    let hasLength = head.headers.contains(name: "content-length")
    var isLast = exchange.isLast || isQuiescing || (isReading && exchanges.count == 1)
    if exchange.isOld {
      head.version = .http1_0
      // Nothing but the end of the connection ends a body of unknown length.
      if !hasLength, head.status.mayHaveResponseBody, !exchange.isHead { isLast = true }
    }
    if head.headers[canonicalForm: "connection"].contains("close") { isLast = true }
    if isLast {
      head.headers.replaceOrAdd(name: "connection", value: "close")
    } else if exchange.isOld {
      head.headers.replaceOrAdd(name: "connection", value: "keep-alive")
    }
    exchanges[0].isLast = isLast
  }

  /// The answer to the first request in hand is out.
  private func finish(_ context: ChannelHandlerContext) {
    let exchange = exchanges.removeFirst()
    restSince = .now()
    if exchange.isLast {
      linger(context)
    } else if exchanges.isEmpty, let refusal {
      answer(refusal, context)
    } else if exchanges.isEmpty, isQuiescing {
      linger(context)
    }
  }

  /// Sends what was written, ends the output, and waits a little for the client to have read it.
  private func linger(_ context: ChannelHandlerContext) {
    phase = .lingering(until: .now() + limits.linger)
    context.flush()
    context.close(mode: .output, promise: nil)
    context.read()
  }

  /// Answers what is no request, once those before it are answered.
  func refuse(_ refusal: Refusal, _ context: ChannelHandlerContext) {
    guard exchanges.isEmpty else {
      self.refusal = refusal
      return
    }
    answer(refusal, context)
  }

  private func answer(_ refusal: Refusal, _ context: ChannelHandlerContext) {
    let error = refusal.error
    let body = error.body
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: error.status.code),
      headers: [
        "content-type": "application/json", "content-length": "\(body.count)",
        "connection": "close",
      ])
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    context.write(wrapOutboundOut(.body(.byteBuffer(ByteBuffer(bytes: body)))), promise: nil)
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    linger(context)
  }

  /// Looks at the limits.
  func tick(_ context: ChannelHandlerContext) {
    let now = NIODeadline.now()
    switch phase {
    case .closed: return
    case .lingering(let until):
      if now >= until { close(context) }
    case .open:
      if exchanges.isEmpty {
        let limit = hadRequest ? limits.idleTimeout : limits.headerTimeout
        guard now - restSince >= limit else { return }
        if hadRequest { close(context) } else { refuse(.timeout, context) }
      } else if isReading, pace.isTooSlow(now: now, isWanted: isWanted) {
        // The server sees the body end in an error; where it has not answered yet, this is the answer.
        if exchanges.count == 1, !exchanges[0].isBegun {
          exchanges.removeAll()
          refuse(.slowBody, context)
        } else {
          close(context)
        }
      }
    }
  }
}

/// Why the guard itself answers.
struct Refusal: Sendable {
  var error: RequestError

  static let timeout = Refusal(
    error: RequestError(.requestTimeout, "the request's head did not come in time"))
  static let slowBody = Refusal(
    error: RequestError(.requestTimeout, "the request's body comes too slowly"))

  static func badRequest(_ message: String) -> Refusal {
    Refusal(error: RequestError(.badRequest, message))
  }

  init(error: RequestError) { self.error = error }

  init(_ error: HTTPParserError) {
    switch error {
    case .headerOverflow:
      self.error = RequestError(
        .requestHeaderFieldsTooLarge, "the request's head is too large")
    case .invalidVersion:
      self.error = RequestError(
        .init(code: 505, reasonPhrase: "HTTP Version Not Supported"),
        "the server speaks HTTP/1.1 and HTTP/1.0")
    default: self.error = RequestError(.badRequest, "the request is malformed")
    }
  }
}
