internal import Hummingbird
internal import HummingbirdCore
internal import Logging
internal import NIOCore
internal import NIOPosix
public import NodeEngine
internal import ServiceLifecycle
internal import Synchronization
internal import SystemPackage

/// Why a server cannot run.
public enum ServerError: Error, Equatable, Sendable {
  /// The address cannot be listened on: what it is, and the system's words.
  case cannotListen(String, reason: String)
  /// The folder for uploads cannot be made.
  case cannotPrepare(String)
}

/// The node's HTTP server: the node API, the trustless gateway, and the WebSockets.
public final class NodeServer: Sendable {
  private let engine: Engine
  private let options: ServerOptions
  private let lifetime = Mutex<ServiceGroup?>(nil)
  private let stopping = Mutex(false)

  /// Makes a server for an engine, which is run and drained by others.
  public init(engine: Engine, options: ServerOptions) {
    self.engine = engine
    self.options = options
  }

  /// Serves until `stop`; tells its port once it listens.
  ///
  /// Whoever drains the engine first and stops the server after that lets clients see how their jobs end.
  public func run(
    onReady: @escaping @Sendable (_ port: Int) async -> Void
  ) async throws(ServerError) {
    FileLimit.raise()
    let uploads: Uploads
    do { uploads = try Uploads(in: options.uploads) } catch {
      throw .cannotPrepare("\(error)")
    }
    let logger = Logger(label: "sr-node") { _ in SwiftLogNoOpLogHandler() }
    let application = application(uploads, logger, onReady)
    var configuration = ServiceGroupConfiguration(services: [application], logger: logger)
    configuration.maximumGracefulShutdownDuration = options.stopTimeout
    let group = ServiceGroup(configuration: configuration)
    lifetime.withLock { $0 = group }
    if stopping.withLock({ $0 }) { return }
    do {
      try await group.run()
    } catch let error as IOError {
      throw .cannotListen(address, reason: "\(Errno(rawValue: error.errnoCode))")
    } catch {
      throw .cannotListen(address, reason: "\(error)")
    }
  }

  /// Takes no more connections, lets answers in hand end, closes WebSockets (1001), and ends `run`.
  public func stop() async {
    stopping.withLock { $0 = true }
    guard let group = lifetime.withLock({ $0 }) else { return }
    await group.triggerGracefulShutdown()
  }

  private var address: String {
    options.host.contains(":")
      ? "[\(options.host)]:\(options.port)" : "\(options.host):\(options.port)"
  }

  private func application(
    _ uploads: Uploads, _ logger: Logger, _ onReady: @escaping @Sendable (Int) async -> Void
  ) -> some ApplicationProtocol {
    let gate = Gate(isLoopback: options.isLoopback, hostNames: options.hostNames)
    let connections = Connections(limit: options.maxConnections)
    let sockets = Sockets(
      engine: engine, gate: gate, idleTimeout: options.idleTimeout, note: options.note)
    let limits = ConnectionLimits(
      headerTimeout: TimeAmount(options.headerTimeout),
      idleTimeout: TimeAmount(options.idleTimeout), minRate: options.minRate)
    let maxHead = options.maxHead
    let routes = Routes(
      engine: engine, options: options, gate: gate, connections: connections,
      traffic: Traffic(), uploads: uploads,
      surroundings: Surroundings(options.describer, note: options.note))
    return Application(
      responder: routes,
      server: HTTPServerBuilder { responder in
        NodeChannel(
          responder: responder, limits: limits, maxHead: maxHead, connections: connections,
          sockets: sockets)
      },
      configuration: ApplicationConfiguration(
        address: .hostname(options.host, port: options.port),
        serverName: "sandrun/\(options.version)"),
      onServerRunning: { channel in await onReady(channel.localAddress?.port ?? 0) },
      logger: logger)
  }
}

extension ServerOptions {
  /// Whether only this machine can reach the server.
  var isLoopback: Bool {
    host == "localhost" || host.hasPrefix("127.") || host == "::1"
  }
}
