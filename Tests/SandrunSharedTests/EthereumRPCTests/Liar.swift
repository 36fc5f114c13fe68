import EthereumRPC
import HTTP
import TestSupport
import Timing

/// A client of an RPC node that lies in one way.
struct Liar {
  /// Talks to the node; what the talk brought, and the bodies of the requests that the node got.
  static func run<Value: Sendable>(
    _ lie: String, options: EthereumClient.Options = quick,
    talk: (EthereumClient) async throws -> Value
  ) async throws -> (value: Value, requests: [String]) {
    let (value, said) = try await Peer.run("../Proxy/rpc-liar.py", ["--lie", lie]) { peer in
      try await talk(
        EthereumClient(try HTTPURL("http://127.0.0.1:\(peer.port)/key-of-a-service"), options))
    }
    return (value, said)
  }

  /// No longer patience than a busy machine needs.
  static var quick: EthereumClient.Options {
    var options = EthereumClient.Options()
    options.http.retries = 1
    options.http.backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(10))
    return options
  }
}
