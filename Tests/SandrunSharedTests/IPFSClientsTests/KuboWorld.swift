import Commands
import HTTP
import IPFSClients
import Records
import SystemPackage
import Timing

/// A world of a client's that nobody watches, and a client in it.
struct KuboWorld: ByteSink, ByteSource {
  func write(_ bytes: [UInt8]) {}
  func read(limit: Int) -> [UInt8] { [] }
  var isReady: Bool { true }
  func cancel() {}

  static var world: World {
    World(
      tool: "sr-ipfs", input: KuboWorld(), output: KuboWorld(), errors: KuboWorld(),
      environment: ["HOME": "/nonexistent"], now: { Timestamp(seconds: 0) })
  }

  /// A client of a node at a port of this machine, in no hurry.
  static func node(
    at port: Int, retries: Int = 0, idleTimeout: Duration = .seconds(300)
  ) throws -> KuboRPC {
    var options = HTTPOptions()
    options.retries = retries
    options.idleTimeout = idleTimeout
    options.connectTimeout = .seconds(300)
    return KuboRPC(
      try KuboAddress("http://127.0.0.1:\(port)"), options: options, timeout: nil, world)
  }
}
