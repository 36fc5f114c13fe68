internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOHTTP1
internal import NIOHTTPTypes
internal import NIOHTTPTypesHTTP1
internal import NIOWebSocket

/// A connection, which speaks HTTP/1 or, where its first request asks for that, WebSocket.
struct NodeChannel: HTTPChannelHandler {
  /// What the first request made of a connection.
  enum Negotiated: Sendable {
    case http(NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>)
    case webSocket(NIOAsyncChannel<WebSocketFrame, WebSocketFrame>, SocketRequest)
  }

  struct Value: ServerChildChannelValue {
    let channel: any Channel
    let negotiated: EventLoopFuture<Negotiated>
  }

  let responder: HTTPChannelHandler.Responder
  let limits: ConnectionLimits
  let maxHead: Int
  let connections: Connections
  let sockets: Sockets

  /// `TCP_NOTSENT_LOWAT` of Linux.
  private static let unsentLimit: CInt = 25

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    let promise = channel.eventLoop.makePromise(of: Negotiated.self)
    return channel.eventLoop.makeCompletedFuture {
      let pipeline = channel.pipeline.syncOperations
      guard connections.enter() else {
        try pipeline.addHandler(Turnstile())
        promise.fail(ChannelError.ioOnClosedChannel)
        return Value(channel: channel, negotiated: promise.futureResult)
      }
      let connections = connections
      channel.closeFuture.whenComplete { _ in
        connections.leave()
        // Whoever waits for what the connection becomes must not wait for ever.
        promise.fail(ChannelError.ioOnClosedChannel)
      }
      // So that what a client does not read waits here, where it is counted, and not in megabytes of the system's; and so
      // that it is seen soon when a slow client has read a little.
      try channel.syncOptions?.setOption(
        ChannelOptions.tcpOption(NIOBSDSocket.Option(rawValue: Self.unsentLimit)),
        value: 128 << 10)
      var decoding = NIOHTTPDecoderLimitConfiguration()
      decoding.maxHeaderFieldSize = maxHead
      decoding.maxHeaderListSize = maxHead
      let encoder = HTTPResponseEncoder()
      let decoder = ByteToMessageHandler(
        HTTPRequestDecoder(leftOverBytesStrategy: .forwardBytes, limitConfiguration: decoding))
      let requests = RequestGuard(limits: limits)
      let plain = PlainHTTP(promise)
      try pipeline.addHandlers([StallGuard(limits), encoder, decoder])
      try pipeline.addHandler(requests)
      try pipeline.addHandler(
        HTTPServerUpgradeHandler(
          upgraders: [sockets.upgrader(promise)], httpEncoder: encoder,
          extraHTTPHandlers: [decoder, requests, plain], upgradeCompletionHandler: { _ in }))
      try pipeline.addHandler(plain)
      return Value(channel: channel, negotiated: promise.futureResult)
    }
  }

  func handle(value: Value, logger: Logger) async {
    // Where the connection ended first there is nothing left to do.
    guard let negotiated = try? await value.negotiated.get() else { return }
    switch negotiated {
    case .http(let channel): await handleHTTP(asyncChannel: channel, logger: logger)
    case .webSocket(let channel, let request): await sockets.serve(request, on: channel)
    }
  }
}

/// Stands last until a request comes that wants no upgrade: then it makes place for the server.
private final class PlainHTTP: ChannelInboundHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPServerRequestPart

  private let promise: EventLoopPromise<NodeChannel.Negotiated>

  init(_ promise: EventLoopPromise<NodeChannel.Negotiated>) { self.promise = promise }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    do {
      let pipeline = context.pipeline.syncOperations
      try pipeline.addHandler(HTTP1ToHTTPServerCodec(secure: false))
      let channel = try NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>(
        wrappingChannelSynchronously: context.channel,
        configuration: .init(isOutboundHalfClosureEnabled: true))
      promise.succeed(.http(channel))
      context.fireChannelRead(data)
      pipeline.removeHandler(context: context, promise: nil)
    } catch {
      promise.fail(error)
      context.close(promise: nil)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    // An upgrade that asks for the impossible goes on as a plain request; all else ends the connection.
    if !(error is NIOWebSocketUpgradeError) { context.close(promise: nil) }
  }
}
