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

  /// Kept as long as this process lives, as `popen` leaves it.
  private static let command = """
    f=$(mktemp) || exit 1
    trap 'rm -f "$f"' EXIT
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -keyout "$f" \
      -out - -subj /CN=test -addext subjectAltName=IP:127.0.0.1 2>/dev/null >"$f.crt" &&
    cat "$f.crt" >>"$f" && echo "$f.crt" &&
    exec 3<"$f" && rm -f "$f" && exec python3 "$0" --certificate /dev/fd/3
    """

  private init() throws {
    let script = Vectors.checkout.appending("Tests/Proxy/server.py").string
    let command = Self.command.replacing("$0", with: script)
    guard let output = unsafe popen(command, "re") else { throw Errno(rawValue: errno) }
    func line() throws -> String {
      var line = [CChar](repeating: 0, count: 256)
      guard unsafe fgets(&line, 256, output) != nil else { throw Errno.ioError }
      return String(decoding: line.prefix { $0 != 0x0a }.map(UInt8.init), as: UTF8.self)
    }
    let certificate = try line()
    let ports = try line().split(separator: " ").compactMap { Int($0) }
    try #require(ports.count == 2)
    (port, securePort) = (ports[0], ports[1])
    // Names outside of this machine go through the server itself.
    unsafe setenv("http_proxy", "http://127.0.0.1:\(port)", 1)
    unsafe setenv("no_proxy", "127.0.0.1,localhost", 1)
    unsafe setenv("CURL_CA_BUNDLE", certificate, 1)
  }

  /// A URL of the server's.
  static func url(_ path: String, host: String = "127.0.0.1") throws -> HTTPURL {
    try HTTPURL("http://\(host):\(shared.get().port)\(path)")
  }
}

/// A client that does not try a test's patience.
func client(_ change: (inout HTTPOptions) -> Void = { _ in }) -> HTTPClient {
  var options = HTTPOptions()
  options.backoff = .init(base: .milliseconds(1), limit: .milliseconds(5))
  options.idleTimeout = .seconds(20)
  change(&options)
  return HTTPClient(options)
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
