import HTTP
import HTTPTypes
import TestSupport
import Testing

/// Answers of every sort, whole or refused, never silently short.
@Suite struct AnswerTests {
  @Test func aBodyIsReadWhole() async throws {
    #expect(try await client().text("/hello") == "hello")
  }

  @Test(arguments: [
    ("/raw/interim", "final"), ("/raw/folded", "final"), ("/raw/trailers", "final"),
    ("/raw/longer", "final"), ("/until-close", "all there is"),
    // Nothing is unpacked that was not asked for.
    ("/raw/gzip", "final"),
  ])
  func oddAnswersAreRead(path: String, body: String) async throws {
    #expect(try await client().text(path) == body)
  }

  @Test func fieldsArriveInOrder() async throws {
    let answer = try await client().send(TestServer.url("/fields/3").request())
    #expect(
      answer.head.headerFields.map(\.name.rawName) == ["Content-Length", "X-0", "X-1", "X-2"])
    let folded = try await client().send(TestServer.url("/raw/folded").request())
    let name = try #require(HTTPField.Name("X-A"))
    #expect(folded.head.headerFields[name] == "one two")
  }

  @Test func fieldsBehindTheBodyAreNotThoseOfTheHeader() async throws {
    let answer = try await client().send(TestServer.url("/raw/trailers").request())
    #expect(try await answer.collect(limit: 100) == Array("final".utf8))
    let name = try #require(HTTPField.Name("X-T"))
    #expect(answer.body.trailers[name] == "t")
    #expect(answer.head.headerFields[name] == nil)
  }

  @Test(arguments: [
    "/raw/garbage", "/raw/status", "/raw/chunk", "/raw/lengths", "/raw/negative", "/fields/250",
    "/fields/30/4000", "/raw/packed", "/fields/1/200000",
  ])
  func answersThatAreNoGoodHTTPAreRefused(path: String) async throws {
    let error = try await failure { try await client().text(path) }
    #expect(error.category == .protocolViolation, "\(error)")
    #expect(error.description.contains(path))
  }

  @Test(arguments: ["answer", "header", "body", "chunk", "end"])
  func aShortAnswerIsAnError(stage: String) async throws {
    let quiet = client { $0.retries = 0 }
    let error = try await failure { try await quiet.text("/cut/\(freshKey())/9/\(stage)") }
    #expect(error.category == .temporary, "\(error)")
    #expect(error.sent == .maybe)
  }

  @Test func aBodyBeyondTheLimitIsRefused() async throws {
    for path in ["/big/2000", "/endless"] {
      let answer = try await client().send(TestServer.url(path).request())
      let error = try await failure { try await answer.collect(limit: 1000) }
      guard case .tooLarge(1000) = error.cause else {
        Issue.record("\(error)")
        continue
      }
      #expect(error.category == .protocolViolation)
    }
    let fitting = try await client().send(TestServer.url("/big/1000").request())
    #expect(try await fitting.collect(limit: 1000).count == 1000)
  }

  @Test func aLargeBodyArrivesInBoundedChunks() async throws {
    let length = 64 << 20
    let answer = try await client().send(TestServer.url("/big/\(length)").request())
    #expect(answer.length == length)
    var (count, largest) = (0, 0)
    for try await chunk in answer.body {
      count += chunk.count
      largest = max(largest, chunk.count)
    }
    #expect(count == length)
    #expect(largest <= 4 << 20)
  }

  @Test func aReaderThatStopsEndsTheTransfer() async throws {
    // One place: the second call waits until the first answer is gone.
    let narrow = client { $0.concurrency = 1 }
    for _ in 0..<3 {
      let answer = try await narrow.send(TestServer.url("/endless").request())
      for try await chunk in answer.body where !chunk.isEmpty { break }
    }
    #expect(try await narrow.text("/hello") == "hello")
  }

  @Test func HEADHasNoBody() async throws {
    let answer = try await client().send(TestServer.url("/hello").request(.head))
    #expect(answer.length == 5)
    #expect(try await answer.collect(limit: 10) == [])
  }

  @Test(arguments: [
    ("html", nil), ("binary", nil), ("text", "the queue is full"),
    ("long", String(repeating: "x", count: 200) + "…"),
  ])
  func anErrorShowsTextAndNothingElse(kind: String, excerpt: String?) async throws {
    let error = try await failure { try await client().text("/status/500/\(kind)") }
    guard case .status(let answer) = error.cause else {
      Issue.record("\(error)")
      return
    }
    #expect(answer.status == 500)
    #expect(answer.excerpt == excerpt)
    #expect(answer.body.count <= 64 << 10)
    #expect(error.description.contains("answered 500 Internal Server Error"))
  }

  @Test(arguments: [
    (401, HTTPError.Category.permission), (403, .permission), (404, .refused), (409, .refused),
    (408, .temporary), (500, .temporary), (304, .protocolViolation),
  ])
  func statusesAreSorted(code: Int, category: HTTPError.Category) async throws {
    let error = try await failure { try await client().text("/status/\(code)") }
    #expect(error.category == category)
  }
}
