internal import HTTPTypes
internal import NIOCore
internal import NIOHTTP1
internal import NIOWebSocket
internal import NodeAPI
internal import NodeEngine
internal import ServiceLifecycle

/// Takes connections over that became WebSockets.
struct Sockets: Sendable {
  let engine: Engine
  let gate: Gate
  /// How long a client may be silent: it is asked for a sign of life twice in this time.
  let idleTimeout: Duration
  let note: @Sendable (String) -> Void

  /// Upgrades requests for a job that there is; all others go on as plain requests, which answer why not.
  func upgrader(_ promise: EventLoopPromise<NodeChannel.Negotiated>) -> NIOWebSocketServerUpgrader {
    NIOWebSocketServerUpgrader(
      maxFrameSize: 4096,
      automaticErrorHandling: false,
      shouldUpgrade: { channel, head in
        channel.eventLoop.makeSucceededFuture(request(head) == nil ? nil : HTTPHeaders())
      },
      upgradePipelineHandler: { channel, head in
        channel.eventLoop.makeCompletedFuture {
          // Checked before; the job may be gone by now, which `serve` will see.
          guard let request = RequestTarget(head.uri).flatMap({ SocketRequest(target: $0) })
          else { return channel.close(promise: nil) }
          try channel.pipeline.syncOperations.addHandler(FrameGuard())
          let asyncChannel = try NIOAsyncChannel<WebSocketFrame, WebSocketFrame>(
            wrappingChannelSynchronously: channel)
          promise.succeed(.webSocket(asyncChannel, request))
        }
      })
  }

  private func request(_ head: HTTPRequestHead) -> SocketRequest? {
    guard head.method == .GET, head.version == .http1_1,
      head.headers[canonicalForm: "connection"].contains(where: { $0.lowercased() == "upgrade" }),
      let target = RequestTarget(head.uri),
      let request = SocketRequest(target: target),
      gate.refusal(
        host: head.headers[canonicalForm: "host"].first.map(String.init),
        origin: head.headers[canonicalForm: "origin"].first.map(String.init), site: nil) == nil,
      let status = try? engine.status(request.job), status.id == request.job
    else { return nil }
    return request
  }

  /// What ends a conversation, or moves it on.
  private enum Event: Sendable {
    /// All is told.
    case told(WebSocketErrorCode)
    /// The client closed, with this code.
    case closed(WebSocketErrorCode)
    /// The connection broke, or the time is up.
    case gone
  }

  /// Tells the job's output until the job is over, the client closes, or the node stops.
  func serve(
    _ request: SocketRequest, on channel: NIOAsyncChannel<WebSocketFrame, WebSocketFrame>
  ) async {
    let pulse = Pulse()
    do {
      try await channel.executeThenClose { inbound, outbound in
        await withTaskGroup(of: Event.self) { group in
          group.addTask { await listen(inbound, outbound, pulse) }
          group.addTask { await tell(request, outbound) }
          group.addTask { await ping(outbound, pulse) }
          for await event in group {
            switch event {
            case .told(let code):
              await close(outbound, code)
              group.addTask { await wait(.seconds(2)) }
            case .closed(let code):
              await close(outbound, code)
              group.cancelAll()
              return
            case .gone:
              group.cancelAll()
              return
            }
          }
        }
      }
    } catch {
      // The connection broke while it was closed: there is nobody left to tell.
    }
  }

  private func listen(
    _ inbound: NIOAsyncChannelInboundStream<WebSocketFrame>,
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ pulse: Pulse
  ) async -> Event {
    do {
      for try await frame in inbound {
        pulse.beat()
        switch frame.opcode {
        case .connectionClose:
          var data = frame.unmaskedData
          let code = data.readWebSocketErrorCode() ?? .normalClosure
          return .closed(code)
        case .ping:
          try await outbound.write(
            WebSocketFrame(fin: true, opcode: .pong, data: frame.unmaskedData))
        default: break
        }
      }
    } catch {
      // As if it had ended.
    }
    return .gone
  }

  private func tell(
    _ request: SocketRequest, _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>
  ) async -> Event {
    do {
      let teller = LogTeller(request: request, engine: engine) { text in
        try await outbound.write(
          WebSocketFrame(fin: true, opcode: .text, data: ByteBuffer(bytes: text)))
      }
      let isWhole = try await withGrace { try await teller.run() }
      return .told(isWhole ? .normalClosure : .goingAway)
    } catch is CancellationError {
      return .told(.goingAway)
    } catch let error as EngineError {
      note("cannot read the log of job \(request.job): \(error)")
      return .told(.unexpectedServerError)
    } catch {
      return .gone
    }
  }

  /// Runs to its end, or until a while after the node began to stop: whoever reads hears the last words, whoever does not holds up nobody.
  private func withGrace(
    _ operation: @escaping @Sendable () async throws -> Bool
  ) async throws -> Bool {
    try await withThrowingTaskGroup(of: Bool.self) { group in
      defer { group.cancelAll() }
      group.addTask { try await operation() }
      group.addTask {
        try await gracefulShutdown()
        try await Task.sleep(for: .seconds(2))
        throw CancellationError()
      }
      return try await group.next() ?? false
    }
  }

  private func ping(
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ pulse: Pulse
  ) async -> Event {
    do {
      while true {
        try await Task.sleep(for: idleTimeout / 2)
        guard pulse.age < idleTimeout else { return .gone }
        try await outbound.write(WebSocketFrame(fin: true, opcode: .ping, data: ByteBuffer()))
      }
    } catch {
      return .gone
    }
  }

  private func wait(_ duration: Duration) async -> Event {
    try? await Task.sleep(for: duration)
    return .gone
  }

  private func close(
    _ outbound: NIOAsyncChannelOutboundWriter<WebSocketFrame>, _ code: WebSocketErrorCode
  ) async {
    var data = ByteBuffer()
    data.write(webSocketErrorCode: code)
    try? await outbound.write(WebSocketFrame(fin: true, opcode: .connectionClose, data: data))
  }
}
