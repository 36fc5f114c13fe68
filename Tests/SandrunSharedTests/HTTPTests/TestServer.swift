import HTTP
import HTTPTypes
import SystemPackage
import TestSupport
import Testing
import Timing

#if canImport(Glibc)
  import Glibc
#endif

/// `Tests/Proxy/server.py`, started once; it ends when this process does.
struct TestServer {
  let port: Int
  /// Where it speaks TLS, with a certificate for 127.0.0.1 and no other name, which this process trusts.
  let securePort: Int

  static let shared = Result { try TestServer() }

  private init() throws {
    let script = Vectors.checkout.appending("Tests/Proxy/server.py")
    // Open as long as this process lives.
    guard let output = unsafe popen("exec python3 '\(script)' --tls", "re") else {
      throw Errno(rawValue: errno)
    }
    var line = [CChar](repeating: 0, count: 256)
    guard unsafe fgets(&line, 256, output) != nil else { throw Errno.ioError }
    let text = String(decoding: line.prefix { $0 != 0x0a }.map(UInt8.init), as: UTF8.self)
    let words = text.split(separator: " ")
    try #require(words.count == 3)
    port = try #require(Int(words[0]))
    securePort = try #require(Int(words[1]))
    // Names outside of this machine go through the server itself; this machine is asked directly, with no word of it here.
    unsafe setenv("http_proxy", "http://127.0.0.1:\(port)", 1)
    unsafe setenv("CURL_CA_BUNDLE", String(words[2]), 1)
  }

  /// A URL of the server's.
  static func url(_ path: String, host: String = "127.0.0.1") throws -> HTTPURL {
    try HTTPURL("http://\(host):\(shared.get().port)\(path)")
  }
}

/// A client that comes back at once, and has time for a machine with much else to do.
func client(_ change: (inout HTTPOptions) -> Void = { _ in }) -> HTTPClient {
  var options = HTTPOptions()
  options.backoff = .init(base: .milliseconds(1), limit: .milliseconds(5))
  options.connectTimeout = .seconds(60)
  options.idleTimeout = .seconds(60)
  change(&options)
  return HTTPClient(options)
}

/// Tries with more and more time until the machine was quick enough for what is tested, which the body says.
func withPatience(
  _ location: SourceLocation = #_sourceLocation,
  try body: (_ patience: Duration) async throws -> Bool
) async throws {
  for seconds in [1, 4, 16, 64] where try await body(.seconds(seconds)) { return }
  Issue.record("not even in a minute", sourceLocation: location)
}

/// A name that no other test uses.
func freshKey() -> String { "k\(UInt64.random(in: 0...UInt64.max))" }

extension HTTPClient {
  /// The body of a good answer to a GET.
  func text(_ path: String, _ call: HTTPCall = HTTPCall()) async throws -> String {
    let answer = try await send(TestServer.url(path).request(), call).checked()
    return String(decoding: try await answer.collect(limit: 1 << 20), as: UTF8.self)
  }

  func send(_ request: HTTPRequest, _ call: HTTPCall) async throws(HTTPError) -> HTTPAnswer {
    try await send(request, body: .none, call)
  }

  /// How often a key was asked for.
  func count(_ key: String) async throws -> Int? { Int(try await text("/count/\(key)")) }
}

/// The error of a call that must fail.
func failure(
  of body: () async throws -> some Any, _ location: SourceLocation = #_sourceLocation
) async throws -> HTTPError {
  let error = await #expect(throws: HTTPError.self, sourceLocation: location) {
    _ = try await body()
  }
  return try #require(error, sourceLocation: location)
}
