@testable import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing

/// What is sent again, and what never.
@Suite struct RepetitionTests {
  @Test(arguments: [429, 502, 503, 504])
  func aPassingRefusalIsAskedAgain(code: Int) async throws {
    let key = freshKey()
    let reasons = Mutex<[Int]>([])
    let call = HTTPCall(onRetry: { reason, _, count in
      if case .status(let answer) = reason.cause, answer.status == code {
        reasons.withLock { $0.append(count) }
      }
    })
    #expect(try await client().text("/flaky/\(key)/3/\(code)", call) == "4")
    #expect(reasons.withLock { $0 } == [1, 2, 3])
  }

  @Test func anAnswerForGoodIsNotAskedAgain() async throws {
    for code in [400, 404, 500] {
      let key = freshKey()
      _ = try await failure { try await client().text("/flaky/\(key)/3/\(code)") }
      #expect(try await client().count(key) == 1)
    }
  }

  @Test func repetitionsEnd() async throws {
    let key = freshKey()
    let error = try await failure { try await client().text("/flaky/\(key)/99/503") }
    #expect(error.category == .temporary)
    #expect(try await client().count(key) == 5)
  }

  @Test(arguments: ["answer", "header"])
  func aBrokenConnectionIsTriedAgain(stage: String) async throws {
    #expect(try await client().text("/cut/\(freshKey())/2/\(stage)") == "whole")
    #expect(try await client().text("/reset/\(freshKey())/2") == "whole")
  }

  @Test(arguments: ["body", "chunk", "end", "answer"])
  func aBodyThatBreaksOffIsTakenAnew(stage: String) async throws {
    let url = try TestServer.url("/cut/\(freshKey())/2/\(stage)")
    let body = try await client().send(url.request()) { (answer) throws(HTTPError) in
      try await answer.checked().collect(limit: 2000)
    }
    #expect(body == Array("whole".utf8))
    // Not where the request may not be sent again, nor for ever.
    let key = freshKey()
    for (method, count) in [(HTTPRequest.Method.post, 1), (.get, 1 + 5)] {
      let url = try TestServer.url("/cut/\(key)/99/\(stage)")
      _ = try await failure {
        try await client().send(url.request(method)) { (answer) throws(HTTPError) in
          try await answer.collect(limit: 2000)
        }
      }
      #expect(try await client().count(key) == count)
    }
  }

  @Test func whatMayHaveArrivedIsNotSentTwice() async throws {
    for path in ["cut/KEY/9/answer", "cut/KEY/9/header", "reset/KEY/9", "flaky/KEY/9/503"] {
      let key = freshKey()
      let url = try TestServer.url("/" + path.replacing("KEY", with: key))
      let error = try await failure {
        try await client().send(url.request(.post), body: .bytes([1, 2, 3])).checked()
      }
      #expect(error.sent == .maybe)
      #expect(try await client().count(key) == 1, "\(path)")
    }
  }

  @Test func aPostIsRepeatedWhereTheCallerSaysSo() async throws {
    let key = freshKey()
    let url = try TestServer.url("/cut/\(key)/2/answer")
    let answer = try await client().send(
      url.request(.post), body: .bytes([1, 2, 3]), HTTPCall(isRepeatable: true))
    #expect(answer.status == 200)
    #expect(try await client().count(key) == 3)
  }

  @Test func aPostGoesOverAConnectionOfItsOwn() async throws {
    // libcurl alone would repeat a request that an old connection lost.
    let one = client()
    let key = freshKey()
    for expected in 1...3 {
      let answer = try await one.send(
        TestServer.url("/second/\(key)").request(.post), body: .bytes([1]))
      #expect(try await answer.collect(limit: 10) == Array("\(expected)".utf8))
    }
  }

  @Test func nobodyListening() async throws {
    let url = try HTTPURL("http://127.0.0.1:1/x")
    let tries = Mutex(0)
    let call = HTTPCall(onRetry: { _, _, count in tries.withLock { $0 = count } })
    let error = try await failure { try await client().send(url.request(.post), call) }
    #expect(error.description == "cannot reach http://127.0.0.1:1/x: Connection refused")
    #expect(error.sent == .nothing)
    #expect(error.category == .unreachable)
    // Even a POST: nothing was sent.
    #expect(tries.withLock { $0 } == 4)
  }

  @Test func aLostRequestStaysLostWhereTheServerGoesAway() async throws {
    let port = try await client().text("/once")
    let url = try HTTPURL("http://127.0.0.1:\(port)/")
    let error = try await failure { try await client().send(url.request()) }
    #expect(error.category == .unreachable && error.sent == .maybe, "\(error)")
  }

  @Test func theServerSaysWhenToComeBack() async throws {
    for after in ["1", "date"] {
      let waits = Mutex<[Duration]>([])
      let call = HTTPCall(onRetry: { _, wait, _ in waits.withLock { $0.append(wait) } })
      #expect(try await client().text("/flaky/\(freshKey())/1/503/\(after)", call) == "2")
      let wait = try #require(waits.withLock { $0.first })
      // A date has whole seconds, so that less than one may be left of it.
      #expect(wait <= .seconds(2) && (after == "date" || wait >= .seconds(1)))
    }
  }

  @Test func aServerCannotMakeUsWaitForEver() async throws {
    let key = freshKey()
    let error = try await failure { try await client().text("/flaky/\(key)/1/503/100000") }
    #expect(error.category == .temporary)
    #expect(try await client().count(key) == 1)
  }

  @Test(arguments: [
    ("120", 120), ("0", 0), ("99999999999999999999", 1 << 40),
    ("Sun, 06 Nov 1994 08:49:37 GMT", 0), ("Sun, 06 Nov 1994 08:50:37 GMT", 23),
    ("-1", nil), ("1.5", nil), ("", nil), ("tomorrow", nil), ("Sun, 99 Nov 1994 08:49:37 GMT", nil),
  ])
  func datesAndSeconds(field: String, seconds: Int?) {
    let wait = RetryAfter.wait(field, now: 784_111_814)
    #expect(wait == seconds.map { .seconds($0) })
  }
}
