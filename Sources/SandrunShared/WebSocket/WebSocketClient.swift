internal import NIOCore
internal import NIOPosix
internal import NIOSSL

/// Opens WebSockets (RFC 6455) over TCP and TLS.
///
/// `wss` demands a certificate for the host from an authority of the system's, or of those that `WebSocketOptions` names. Proxies are not used, redirects not followed.
public enum WebSocketClient {
  /// The one thread of all connections, made with the first of them.
  private static let loop: any EventLoop = MultiThreadedEventLoopGroup(numberOfThreads: 1).next()

  /// Opens a connection: resolves the name, connects, and shakes hands, all within `WebSocketOptions.connectTimeout`.
  ///
  /// `headers` go with the handshake, beside its own. To cancel the task abandons the attempt.
  public static func connect(
    to url: WebSocketURL, headers: [(name: String, value: String)] = [],
    options: WebSocketOptions = WebSocketOptions()
  ) async throws(WebSocketError) -> WebSocketConnection {
    let request = try HandshakeRequest(url, headers: headers, subprotocols: options.subprotocols)
    let security =
      url.isSecure
      ? try Trust.context(file: options.authorityFile, folder: options.authorityFolder) : nil
    let opened = loop.makePromise(of: Session.Opened.self)
    let limit = TimeAmount(options.connectTimeout)
    let deadline = loop.scheduleTask(in: limit) {
      opened.fail(WebSocketError.timedOut(url: url.description, after: options.connectTimeout))
    }
    defer { deadline.cancel() }

    do {
      let result = try await withTaskCancellationHandler {
        start(request, security, options, opened)
        return try await opened.futureResult.get()
      } onCancel: {
        opened.fail(WebSocketError.cancelled)
      }
      return WebSocketConnection(result)
    } catch {
      throw ConnectionFailure.error(error, url: url)
    }
  }

  private static func start(
    _ request: HandshakeRequest, _ security: NIOSSLContext?, _ options: WebSocketOptions,
    _ opened: EventLoopPromise<Session.Opened>
  ) {
    let url = request.url
    ClientBootstrap(group: loop)
      // The attempt's own deadline comes first.
      .connectTimeout(TimeAmount(options.connectTimeout) + .seconds(1))
      .channelOption(.autoRead, value: false)
      .connect(host: url.host, port: url.port)
      .whenComplete { result in
        do {
          let channel = try result.get()
          // Whatever fails the attempt, be it deadline or cancellation, ends the connection.
          opened.futureResult.whenFailure { _ in channel.close(promise: nil) }
          if let security {
            // A name goes into SNI and must be the certificate's; an address is compared by the handler itself.
            let isAddress = (try? SocketAddress(ipAddress: url.host, port: url.port)) != nil
            try channel.pipeline.syncOperations.addHandler(
              NIOSSLClientHandler(context: security, serverHostname: isAddress ? nil : url.host))
          }
          let session = Session(request, options, opened: opened)
          try channel.pipeline.syncOperations.addHandler(session)
          channel.setOption(.autoRead, value: true).whenFailure { opened.fail($0) }
        } catch {
          opened.fail(error)
        }
      }
  }
}
