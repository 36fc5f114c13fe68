import SystemPackage
import TestSupport
import Testing

@testable import WebSocket

#if canImport(Glibc)
  import Glibc
#endif

@Suite("wss")
struct SecurityTests {
  /// A folder with an authority (ca.pem), and a server's certificate and key of the kind asked for.
  private let scratch: Scratch
  private var authority: String { "\(scratch.path)/ca.pem" }

  init() throws {
    scratch = try Scratch()
  }

  /// Makes the authority, and a certificate for the names, valid for so many days from now.
  private func certificate(for names: String, days: Int = 2) throws -> [String] {
    let script = """
      cd '\(scratch.path)' && {
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 \
          -subj '/CN=an authority' -addext basicConstraints=critical,CA:TRUE \
          -keyout ca.key -out ca.pem
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj '/CN=a server' \
          -keyout key.pem -out request.pem
        printf 'subjectAltName=\(names)\\n' >extensions
        openssl x509 -req -in request.pem -CA ca.pem -CAkey ca.key -days \(days) \
          -extfile extensions -out certificate.pem
        mkdir hashed && cp ca.pem hashed/ && openssl rehash hashed
      } >log 2>&1
      """
    let status = unsafe system(script)
    let log = String(decoding: try Vectors.bytes(of: scratch.path.appending("log")), as: UTF8.self)
    try #require(status == 0, "\(log)")
    return ["\(scratch.path)/certificate.pem", "\(scratch.path)/key.pem"]
  }

  /// Connects under the name, trusting these authorities, and has one message come back.
  private func talk(
    to name: String, _ files: [String], trusting file: String?, folder: String? = nil
  ) async throws {
    _ = try await Peer.run("websocket-server.py", files) { peer in
      var options = WebSocketOptions()
      options.authorityFile = file
      options.authorityFolder = folder
      let url = try WebSocketURL("wss://\(name):\(peer.port)/echo")
      let connection = try await WebSocketClient.connect(to: url, options: options)
      let text = String(repeating: "\u{E9}", count: 100_000)
      try await connection.send(.text(text))
      var reader = connection.messages.makeAsyncIterator()
      let message = try await reader.next()
      #expect(message == .text(text))
      #expect(await connection.close() == WebSocketClose(code: 1000))
    }
  }

  private func failure(
    to name: String, _ files: [String], trusting file: String?, folder: String? = nil
  ) async throws -> String {
    let error = await #expect(throws: WebSocketError.self) {
      try await talk(to: name, files, trusting: file)
    }
    guard case .notSecure(let url, let reason) = error else {
      Issue.record("\(String(describing: error))")
      return ""
    }
    #expect(url.hasPrefix("wss://\(name):"))
    return reason
  }

  @Test("a certificate for the host, from an authority in a file or a folder")
  func trusted() async throws {
    let files = try certificate(for: "DNS:localhost,IP:127.0.0.1")
    try await talk(to: "localhost", files, trusting: authority)
    try await talk(to: "127.0.0.1", files, trusting: authority)
    try await talk(to: "localhost", files, trusting: nil, folder: "\(scratch.path)/hashed")
    try await talk(to: "localhost", files, trusting: files[0], folder: "\(scratch.path)/hashed")
    try await talk(to: "localhost", files, trusting: authority, folder: "\(scratch.path)")
  }

  @Test("a certificate for another host")
  func otherHost() async throws {
    let files = try certificate(for: "DNS:example.org,IP:127.0.0.2")
    for name in ["localhost", "127.0.0.1"] {
      let reason = try await failure(to: name, files, trusting: authority)
      #expect(reason == "its certificate is for another host")
    }
  }

  @Test("a certificate of an authority that is not trusted")
  func otherAuthority() async throws {
    let files = try certificate(for: "DNS:localhost")
    let reason = try await failure(to: "localhost", files, trusting: nil)
    #expect(reason.contains("not of an authority trusted here"))
  }

  @Test("a certificate that is out of date")
  func outOfDate() async throws {
    let files = try certificate(for: "DNS:localhost", days: -1)
    let reason = try await failure(to: "localhost", files, trusting: authority)
    #expect(reason.contains("out of date"))
  }

  @Test("a server without TLS, and one that ends it")
  func noTLS() async throws {
    for steps in [["answer:HTTP/1.1 400 Bad Request\\r\\n\\r\\n"], ["half"]] {
      let port = try await Peer.run("raw-websocket.py", ["plain"] + steps) { peer in
        let url = try WebSocketURL("wss://127.0.0.1:\(peer.port)/")
        let error = await #expect(throws: WebSocketError.self) {
          try await WebSocketClient.connect(to: url)
        }
        guard case .notSecure = error else {
          Issue.record("\(String(describing: error))")
          return peer.port
        }
        return peer.port
      }.value
      #expect(port > 0)
    }
  }

  @Test("a file that is none, or holds no certificate, is said so")
  func noAuthorities() async throws {
    let text = scratch.path.appending("text")
    try FileDescriptor.open(text, .writeOnly, options: .create, permissions: .ownerReadWrite)
      .closeAfter {}
    for (path, reason) in [
      ("\(scratch.path)/none", "no such file or folder"), (text.string, "no certificate in it"),
    ] {
      var options = WebSocketOptions()
      options.authorityFile = path
      options.authorityFolder = nil
      let error = await #expect(throws: WebSocketError.self) {
        try await WebSocketClient.connect(to: WebSocketURL("wss://localhost:1"), options: options)
      }
      #expect(error == .cannotTrust(path: path, reason: reason))
    }
  }
}
