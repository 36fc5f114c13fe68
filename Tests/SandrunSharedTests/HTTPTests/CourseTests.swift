@testable import HTTP
import HTTPTypes
import Synchronization
import TestSupport
import Testing
import Timing

/// Redirects, bounds of time, cancellation, many calls at a time, proxies.
@Suite struct CourseTests {
  @Test(arguments: ["301", "302", "303", "307", "308"])
  func redirectsAreFollowed(code: String) async throws {
    #expect(try await client().text("/redirect/5/\(code)") == "arrived")
    let answer = try await client().send(TestServer.url("/redirect/2/\(code)").request())
    #expect(answer.url.path == "/redirect/0/\(code)")
  }

  @Test(arguments: [
    ("/redirect/6", "more than 5"), ("/ring/0", "a loop"), ("/away?ftp://a/b", "scheme"),
    ("/away?file:///etc/passwd", "scheme"), ("/away?http://user:secret@a/", "credentials"),
    ("/away?http://[::1", "URL"),
  ])
  func otherRedirectsAreNot(path: String, reason: String) async throws {
    let error = try await failure { try await client().text(path) }
    #expect(error.category == .protocolViolation, "\(error)")
    #expect(error.description.contains(reason), "\(error)")
    #expect(error.description.contains("secret") == path.contains("secret"))
    #expect(error.description.split(separator: "not followed").last?.contains("secret") == false)
  }

  @Test func aPostIsNotRedirected() async throws {
    let url = try TestServer.url("/redirect/1")
    let error = try await failure {
      try await client().send(url.request(.post), body: .bytes([1])).checked()
    }
    #expect(error.description.contains("302 Found"))
  }

  @Test(arguments: [
    ("/stall", HTTPError.Timeout.idle), ("/stall-body", .idle), ("/trickle", .total),
    ("/endless", .total), ("/stall", .total), ("/unread", .idle),
  ])
  func aServerThatStallsIsLeft(path: String, kind: HTTPError.Timeout) async throws {
    let one = client {
      $0.retries = 0
      if kind == .idle { $0.idleTimeout = .seconds(1) }
    }
    let isUpload = path == "/unread"
    let body = HTTPRequestBody.bytes([UInt8](repeating: 0, count: isUpload ? 50 << 20 : 0))
    let request = try TestServer.url(path).request(isUpload ? .post : .get)
    try await withPatience { patience in
      let call = HTTPCall(timeout: kind == .total ? patience : nil)
      let error = try await failure {
        let answer = try await one.send(request, body: body, call)
        for try await _ in answer.body {}
      }
      guard case .timedOut(kind) = error.cause, error.category == .temporary else {
        Issue.record("\(error)")
        return true
      }
      // Nothing is, where the whole time was too short for a connection.
      return error.sent == .maybe
    }
  }

  @Test(.timeLimit(.minutes(5))) func theWholeCallIsBoundedRepetitionsIncluded() async throws {
    // Any wait that is drawn of these is a long one.
    let years = Duration.seconds(1_000_000_000)
    let one = client { $0.backoff = Backoff(base: years, limit: years) }
    let call = HTTPCall(timeout: .seconds(60))
    let url = try HTTPURL("http://127.0.0.1:1/")
    // The wait would not end in time: the reason of the failure is told instead.
    let error = try await failure { try await one.send(url.request(), call) }
    #expect(error.description.contains("Connection refused"))
  }

  @Test func theTimeRunsWhileACallWaitsItsTurn() async throws {
    let one = client { $0.concurrency = 1 }
    let held = try await one.send(TestServer.url("/endless").request())
    let call = HTTPCall(timeout: .milliseconds(100))
    let error = try await failure { try await one.text("/hello", call) }
    guard case .timedOut(.total) = error.cause else {
      Issue.record("\(error)")
      return
    }
    #expect(error.sent == .nothing)
    let rate = try Rate("0.001/s:1")
    let slow = client { $0.rate = rate }
    #expect(try await slow.text("/hello") == "hello")
    #expect(try await failure { try await slow.text("/hello", call) }.sent == .nothing)
    withExtendedLifetime(held) {}
  }

  @Test func aReaderThatTakesItsTimeIsNotIdle() async throws {
    // Where the server itself takes its time, that is another thing.
    try await withPatience { patience in
      let one = client { $0.idleTimeout = patience / 4 }
      var count = 0
      do {
        let answer = try await one.send(TestServer.url("/big/30000000").request())
        for try await chunk in answer.body {
          if count == 0 { try await Task.sleep(for: patience) }
          count += chunk.count
        }
      } catch let error as HTTPError where error.category == .temporary {
        return false
      }
      return count == 30_000_000
    }
  }

  @Test func aCancelledTaskEndsItsCall() async throws {
    let one = client { $0.concurrency = 1 }
    for path in ["/stall", "/stall-body", "/endless"] {
      let task = Task {
        let answer = try await one.send(TestServer.url(path).request())
        for try await _ in answer.body {}
      }
      try await Task.sleep(for: .milliseconds(50))
      task.cancel()
      let error = try await failure { try await task.value }
      #expect(error.category == .cancelled)
    }
    // The only place is free again.
    #expect(try await one.text("/hello") == "hello")
    let early = Task {
      unsafe withUnsafeCurrentTask { unsafe $0?.cancel() }
      return try await one.text("/hello")
    }
    #expect(try await failure { try await early.value }.category == .cancelled)
  }

  @Test func hundredsOfCallsWaitTheirTurn() async throws {
    let one = client { $0.concurrency = 20 }
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for number in 0..<600 {
        group.addTask {
          // Some of them give up.
          if number % 10 == 0 {
            let call = HTTPCall(timeout: .milliseconds(1))
            return (try? await one.text("/hello", call)) != "x"
          }
          return try await one.text("/hello") == "hello"
        }
      }
      for try await isRight in group { #expect(isRight) }
    }
  }

  @Test func hundredsOfTransfersAtOnce() async throws {
    let one = client { $0.concurrency = 300 }
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<300 {
        group.addTask {
          let answer = try await one.send(TestServer.url("/big/400000").request())
          return try await answer.collect(limit: 400_000).count
        }
      }
      for try await count in group { #expect(count == 400_000) }
    }
  }

  @Test func aRateHolds() async throws {
    let rate = try Rate("1000/s:2")
    let one = client { $0.rate = rate }
    for _ in 0..<5 { #expect(try await one.text("/hello") == "hello") }
  }

  @Test func aProxyIsUsedForOtherHosts() async throws {
    _ = try TestServer.shared.get()
    let url = try HTTPURL("http://sandrun.invalid/some/where")
    let answer = try await client().send(url.request())
    let text = String(decoding: try await answer.collect(limit: 1000), as: UTF8.self)
    #expect(text == "http://sandrun.invalid/some/where through a proxy")
  }

  @Test func aServerWithoutTLSIsNotTrusted() async throws {
    let port = try TestServer.shared.get().port
    let url = try HTTPURL("https://127.0.0.1:\(port)/hello")
    let error = try await failure { try await client().send(url.request(.post)) }
    #expect(error.category == .unreachable && error.sent == .nothing, "\(error)")
  }

  @Test func aCertificateIsHeldAgainstItsName() async throws {
    let port = try TestServer.shared.get().securePort
    let good = try HTTPURL("https://127.0.0.1:\(port)/hello")
    let answer = try await client().send(good.request())
    #expect(try await answer.collect(limit: 10) == Array("hello".utf8))
    let bad = try HTTPURL("https://localhost:\(port)/hello")
    let error = try await failure {
      try await client { $0.retries = 0 }.send(bad.request(), body: .bytes([1]))
    }
    guard case .tls = error.cause else {
      Issue.record("\(error)")
      return
    }
    #expect(error.sent == .nothing)
  }

  @Test func nothingGoesFromTLSToPlain() async throws {
    let server = try TestServer.shared.get()
    let plain = "http://127.0.0.1:\(server.port)/hello"
    let url = try HTTPURL("https://127.0.0.1:\(server.securePort)/away?\(plain)")
    let error = try await failure { try await client().send(url.request()) }
    #expect(error.description.contains("from https to \(plain)"), "\(error)")
    let away = try TestServer.url("/away?https://127.0.0.1:\(server.securePort)/hello")
    #expect(try await client().send(away.request()).url.scheme == "https")
  }

  @Test func anUnknownHostIsUnreachable() async throws {
    // Not through the proxy, which is one for http alone.
    let url = try HTTPURL("https://127.0.0.1.sandrun.invalid:9/")
    let reasons = Mutex<[HTTPError]>([])
    let call = HTTPCall(onRetry: { reason, _, _ in reasons.withLock { $0.append(reason) } })
    let error = try await failure {
      try await client { $0.retries = 2 }.send(url.request(.post), call)
    }
    let all = reasons.withLock { $0 } + [error]
    #expect(all.count == 3)
    for error in all {
      #expect(error.category == .unreachable && error.sent == .nothing, "\(error)")
    }
  }

  @Test func prioritiesGoFirst() async throws {
    let queue = RequestQueue(places: 1)
    let first = try #require(await queue.turn(priority: 0))
    let (order, told) = AsyncStream.makeStream(of: Int.self)
    await withTaskGroup { group in
      for (number, priority) in [0, 5, 0, 9].enumerated() {
        group.addTask {
          let turn = await queue.turn(priority: priority)
          told.yield(number)
          turn?.end()
        }
        // Until it waits.
        while queue.waiting <= number { await Task.yield() }
      }
      first.end()
    }
    told.finish()
    var seen: [Int] = []
    for await number in order { seen.append(number) }
    #expect(seen == [3, 1, 0, 2])
  }
}
