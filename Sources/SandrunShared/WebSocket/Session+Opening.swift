internal import NIOCore

extension Session {
  func shakeHands(_ context: ChannelHandlerContext) {
    guard let length = AnswerHead.length(in: received.readableBytesView.prefix(AnswerHead.limit))
    else {
      if received.readableBytes >= AnswerHead.limit {
        refuse(.badHandshake(url: url, reason: "the answer's head is over 16 KiB"), context)
      } else if !looksLikeHTTP {
        refuse(.badHandshake(url: url, reason: "the answer is no HTTP"), context)
      }
      return
    }
    guard let head = received.readBytes(length: length).flatMap({ AnswerHead($0) }) else {
      return refuse(.badHandshake(url: url, reason: "the answer is no HTTP"), context)
    }
    // An interim answer: 100, 103.
    guard head.status == 101 || head.status >= 200 else { return shakeHands(context) }
    do {
      let subprotocol = try request.judge(head)
      phase = .open
      startPings(context)
      opened.succeed(
        Opened(
          session: NIOLoopBound(self, eventLoop: context.eventLoop), channel: context.channel,
          mailbox: mailbox, subprotocol: subprotocol))
    } catch .refused(_, let refusal) {
      phase = .refusal(
        RefusalBody(head), status: refusal.status, retryAfter: refusal.retryAfter)
      // A body that dawdles is not worth waiting for.
      afterwards(.seconds(1)) { session in
        session.giveUpOnRefusal()
        session.context?.close(promise: nil)
      }
    } catch {
      refuse(error, context)
    }
  }

  func readRefusal(_ context: ChannelHandlerContext) {
    guard case .refusal(var body, let status, let retryAfter) = phase else { return }
    let isEnough = body.take(&received)
    phase = .refusal(body, status: status, retryAfter: retryAfter)
    guard isEnough else { return }
    giveUpOnRefusal()
    context.close(promise: nil)
  }

  /// Reports the refusal with as much of its body as has come.
  func giveUpOnRefusal() {
    guard case .refusal(let body, let status, let retryAfter) = phase else { return }
    phase = .over
    opened.fail(
      WebSocketError.refused(
        url: url, WebSocketRefusal(status: status, retryAfter: retryAfter, body: body.text)))
  }

  private func refuse(_ error: WebSocketError, _ context: ChannelHandlerContext) {
    phase = .over
    opened.fail(error)
    context.close(promise: nil)
  }

  private var url: String { request.url.description }

  private var looksLikeHTTP: Bool {
    let start = received.readableBytesView.prefix(5)
    return start.elementsEqual("HTTP/".utf8.prefix(start.count))
  }
}
