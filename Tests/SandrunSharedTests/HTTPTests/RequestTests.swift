import Files
@testable import HTTP
import HTTPTypes
import Synchronization
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// What is sent arrives as it was said, or not at all.
@Suite struct RequestTests {
  /// What `/echo` says of a request.
  private func echo(
    _ method: HTTPRequest.Method = .post, _ body: HTTPRequestBody, _ fields: HTTPFields = [:],
    _ call: HTTPCall = HTTPCall(), through client: HTTPClient = client()
  ) async throws -> String {
    let request = try TestServer.url("/echo").request(method, fields)
    let answer = try await client.send(request, body: body, call).checked()
    return String(decoding: try await answer.collect(limit: 1 << 20), as: UTF8.self)
  }

  /// So many bytes that count up from 0 modulo 256.
  private static func counting(_ length: Int) -> [UInt8] {
    let block = [UInt8](0...255)
    var bytes: [UInt8] = []
    while bytes.count < length { bytes += block }
    return Array(bytes.prefix(length))
  }

  private func file(_ length: Int, in scratch: Scratch) throws -> FilePath {
    let path = scratch.path.appending("body")
    try Files.writeAtomically(Self.counting(length), to: path)
    return path
  }

  // printf '\0\1…' | sha256sum, of 0, 3 and 3,000,000 bytes that count up from 0 modulo 256.
  private static let digests = [
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    3: "ae4b3280e56e2faf83f414a6e3dabe9d5fbe18976544c05fed121accb85b53fc",
    3_000_000: "1913233a0a87fe912497ee543021c40adc5d414614fc76fdff3e0c08b6a1d981",
  ]

  @Test(arguments: [0, 3, 3_000_000])
  func bodiesOfEverySort(length: Int) async throws {
    let digest = try #require(Self.digests[length])
    let bytes = Self.counting(length)
    let scratch = try Scratch()
    let path = try file(length, in: scratch)
    let produce: @Sendable (HTTPBodyWriter) async throws -> Void = { writer in
      var rest = bytes[...]
      while !rest.isEmpty {
        try await writer.write(Array(rest.prefix(70_000)))
        rest = rest.dropFirst(70_000)
      }
    }
    let bodies: [HTTPRequestBody] = [
      .bytes(bytes), .file(path, length: length), .stream(length: length, produce),
      .stream(length: nil, produce),
      .segments([
        .bytes(Array(bytes.prefix(2))),
        .file(path, offset: min(2, length), length: max(0, length - 2)),
      ]),
    ]
    for body in bodies {
      for method in [HTTPRequest.Method.post, .put] {
        let text = try await echo(method, body)
        #expect(text.contains("\"length\": \(length), \"sha256\": \"\(digest)\""), "\(text)")
        #expect(text.contains("\"method\": \"\(method.rawValue)\""))
      }
    }
  }

  @Test func methodsAndFieldsArrive() async throws {
    let name = try #require(HTTPField.Name("X-Empty"))
    var fields: HTTPFields = [name: "", .accept: "text/plain", .contentLength: "99"]
    fields[try #require(HTTPField.Name("Transfer-Encoding"))] = "chunked"
    for method in [HTTPRequest.Method.get, .delete, .options, .post, .patch] {
      let text = try await echo(method, .none, fields)
      #expect(text.contains("\"method\": \"\(method.rawValue)\""))
      #expect(text.contains("[\"accept\", \"text/plain\"]"))
      #expect(text.contains("[\"x-empty\", \"\"]"), "\(text)")
      #expect(text.contains("[\"user-agent\", \"sandrun\"]"))
      #expect(!text.contains("\"99\"") && !text.contains("chunked"))
      #expect(text.contains("content-length") == (method == .post || method == .patch))
    }
  }

  @Test func onlyALargeBodyIsAnnounced() async throws {
    for (length, isAnnounced) in [(1 << 20, false), (1 << 20 + 1, true)] {
      let text = try await echo(.post, .bytes([UInt8](repeating: 1, count: length)))
      #expect(text.contains("100-continue") == isAnnounced)
    }
  }

  @Test func aRefusedBodyIsNotSent() async throws {
    let body = HTTPRequestBody.bytes([UInt8](repeating: 1, count: 50 << 20))
    let request = try TestServer.url("/refuse/413").request(.post)
    // The body is sent all the same where the refusal takes a second.
    try await withPatience { _ in
      let sent = Mutex(0)
      let call = HTTPCall(progress: { count, _ in sent.withLock { $0 = count } })
      let answer = try await client().send(request, body: body, call)
      #expect(answer.status == 413)
      return sent.withLock { $0 } == 0
    }
  }

  @Test func aProducerIsStoppedWhereNobodyWantsIt() async throws {
    let body = HTTPRequestBody.stream(length: nil) { writer in
      while true { try await writer.write([UInt8](repeating: 1, count: 100_000)) }
    }
    let request = try TestServer.url("/refuse/413").request(.post)
    #expect(try await client().send(request, body: body).status == 413)
  }

  @Test func progressEndsWithAll() async throws {
    let seen = Mutex<[(Int, Int?)]>([])
    let call = HTTPCall(progress: { count, total in seen.withLock { $0.append((count, total)) } })
    _ = try await echo(.post, .bytes([UInt8](repeating: 1, count: 5 << 20)), [:], call)
    let all = seen.withLock { $0 }
    #expect(all.last?.0 == 5 << 20 && all.last?.1 == 5 << 20)
    #expect(zip(all, all.dropFirst()).allSatisfy { $0.0 <= $1.0 })
  }

  @Test func aBodyThatIsNotAsSaidIsOurError() async throws {
    let scratch = try Scratch()
    let path = try file(10, in: scratch)
    struct Broken: Error, CustomStringConvertible { let description = "the tape is torn" }
    let pipe = scratch.path.appending("pipe")
    #expect(unsafe mkfifo(pipe.string, 0o600) == 0)
    let cases: [(HTTPRequestBody, String)] = [
      (.file(path, length: 11), "shorter than it was"),
      (.file(path.appending("x"), length: 1), "cannot read \(path)/x: Not a directory"),
      (.file(pipe, length: 1), "is no regular file"),
      (.stream(length: 5) { try await $0.write([1, 2, 3]) }, "the body has 3 bytes, not 5"),
      (.stream(length: 2) { try await $0.write([1, 2, 3]) }, "more than its 2 bytes"),
      (
        .stream(length: nil) {
          try await $0.write([1]); throw Broken()
        }, "the tape is torn"
      ),
    ]
    for (body, reason) in cases {
      let error = try await failure { try await echo(.put, body) }
      #expect(error.category == .local, "\(error)")
      #expect(error.description.contains(reason), "\(error)")
    }
  }

  @Test func aRepetitionSendsTheWholeBodyAgain() async throws {
    let scratch = try Scratch()
    let path = try file(2_000_000, in: scratch)
    let made = Mutex(0)
    let bodies: [HTTPRequestBody] = [
      .file(path, length: 2_000_000),
      .stream(length: nil) { writer in
        made.withLock { $0 += 1 }
        for _ in 0..<20 { try await writer.write([UInt8](repeating: 7, count: 100_000)) }
      },
    ]
    for body in bodies {
      let key = freshKey()
      let request = try TestServer.url("/cut/\(key)/2/answer").request(.put)
      #expect(try await client().send(request, body: body).status == 200)
      #expect(try await client().count(key) == 3)
    }
    #expect(made.withLock { $0 } == 3)
  }

  @Test func theTokenGoesToItsHostAlone() async throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("token")
    try Files.writeAtomically(Array("s3cret\nmore\n".utf8), to: path)
    let one = client { $0.authorization = .bearer(file: path) }
    #expect(try await echo(.get, .none, through: one).contains("Bearer s3cret"))
    let same = try await one.text("/away?/echo")
    #expect(same.contains("Bearer s3cret"))
    let port = try TestServer.shared.get().port
    let other = try await one.text("/away?http://localhost:\(port)/echo")
    #expect(!other.contains("s3cret"))
    // Nor where the caller set the field.
    let request = try TestServer.url("/away?http://localhost:\(port)/echo")
      .request(.get, [.authorization: "Basic s3cret", .cookie: "s3cret"])
    let answer = try await client().send(request)
    #expect(
      !String(decoding: try await answer.collect(limit: 9999), as: UTF8.self).contains("s3cret"))
  }

  @Test(arguments: ["", "a b", "a\r\nX: y", "é"])
  func aTokenThatIsNoneIsNeitherSentNorShown(token: String) async throws {
    let one = client { $0.authorization = .bearer { token } }
    let error = try await failure { try await one.text("/hello") }
    #expect(error.sent == .nothing && error.category == .local)
    #expect(token.isEmpty || !error.description.contains(token))
  }
}
