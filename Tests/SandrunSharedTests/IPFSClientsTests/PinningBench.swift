import Commands
import HTTP
import HTTPTypes
import IPFS
import IPFSClients
import Records
import TestSupport
import Testing
import Timing

/// Services of `Tests/Peers/pinning-service.py`, and clients of them.
struct PinningBench {
  let port: Int

  static func run<Value: Sendable>(
    _ body: (PinningBench) async throws -> Value
  ) async throws -> Value {
    try await Peer.run("pinning-service.py") { peer in
      try await body(PinningBench(port: peer.port))
    }.value
  }

  /// A client of a service with these faults: `a+cap:2`.
  func client(
    _ name: String, _ kind: PinningService.Kind = .pinningServiceAPI, token: String = "good-token",
    source: PinningToken.Source? = nil, retries: Int = 4
  ) throws(Failure) -> PinningClient {
    let source = source ?? .command("echo \(token)")
    let service = try PinningService(
      name: "service", kind: kind, url: "http://127.0.0.1:\(port)/\(name)",
      token: PinningToken(source, environment: ["PATH": "/usr/bin:/bin"]))
    var options = HTTPOptions()
    options.backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(5))
    options.connectTimeout = .seconds(120)
    options.idleTimeout = .seconds(120)
    options.retries = retries
    return PinningClient(service, options, in: Self.world)
  }

  static let world = World(
    tool: "test", input: Nothing(), output: Nothing(), errors: Nothing(), environment: [:],
    now: { Timestamp(seconds: 1_800_000_000) })

  /// Fills a service.
  func seed(_ name: String, _ count: Int, status: String = "pinned") async throws {
    _ = try await text(
      HTTPURL("http://127.0.0.1:\(port)/\(name)/_seed").asking([
        "count": "\(count)", "status": status,
      ]), isPost: true)
  }

  /// What a service was asked, a line a request.
  func log(_ name: String) async throws -> [Substring] {
    try await text(HTTPURL("http://127.0.0.1:\(port)/\(name)/_log"), isPost: false)
      .split(separator: "\n")
  }

  private func text(_ url: HTTPURL, isPost: Bool) async throws -> String {
    var options = HTTPOptions()
    options.idleTimeout = .seconds(120)
    let answer = try await HTTPClient(options).send(url.request(isPost ? .post : .get)).checked()
    return String(decoding: try await answer.collect(limit: 1 << 24), as: UTF8.self)
  }

  /// Pauses that end at once.
  static let short = Backoff(base: .milliseconds(1), limit: .milliseconds(2))
}

/// Neither gives nor keeps anything.
struct Nothing: ByteSource, ByteSink {
  var isReady: Bool { true }
  func read(limit: Int) throws(Failure) -> [UInt8] { [] }
  func cancel() {}
  func write(_ bytes: [UInt8]) throws(Failure) {}
}

extension PinningClient {
  /// The ids of all that a filter takes, in the order given.
  func ids(_ filter: PinFilter = PinFilter()) async throws -> [String] {
    var found: [String] = []
    try await list(filter) { found.append($0.requestID) }
    return found
  }
}

/// The failure of a call that must fail.
func refusal(
  _ location: SourceLocation = #_sourceLocation, of body: () async throws -> some Any
) async throws -> Failure {
  let error = await #expect(throws: Failure.self, sourceLocation: location) { _ = try await body() }
  return try #require(error, sourceLocation: location)
}

/// A CID of our own.
func cid(_ text: String) -> CID { CID(hashing: Array(text.utf8), codec: .raw) }
