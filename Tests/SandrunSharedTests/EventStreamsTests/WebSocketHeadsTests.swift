import Synchronization
import TestSupport
import Testing
import Timing
import WebSocket
import WideInteger

@testable import EventStreams

@Suite("New heads over WebSocket") struct WebSocketHeadsTests {
  /// What the signal told people.
  private final class Told: Sendable {
    private let lines = Mutex<[String]>([])
    private let bell = Bell()

    func add(_ line: String) {
      lines.withLock { $0.append(line) }
      bell.ring()
    }

    var all: [String] { lines.withLock { $0 } }

    /// Waits until something with this text was told so often.
    func wait(for text: String, times: Int = 1) async throws {
      let end = ContinuousClock.now + .seconds(60)
      while all.count(where: { $0.contains(text) }) < times {
        try #require(.now < end, "never told: \(text); told: \(all)")
        await bell.wait(upTo: .seconds(1))
      }
    }
  }

  /// Quick waits; the clock beside the subscription is as good as stopped, so that what wakes is a head.
  private static var quick: WebSocketHeads.Options {
    var options = WebSocketHeads.Options()
    options.pollInterval = .seconds(1000)
    options.slowInterval = .seconds(1000)
    options.leastInterval = .zero
    options.backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(20))
    return options
  }

  /// Listens to a server's path for as long as the talk lasts, or until the signal ends by itself.
  private static func listen(
    _ path: String, _ options: WebSocketHeads.Options = quick,
    talk: @escaping @Sendable (WebSocketHeads, Told, Peer) async throws -> Void
  ) async throws -> [String] {
    try await Peer.run("head-server.py") { peer in
      let told = Told()
      let heads = WebSocketHeads(
        try WebSocketURL("ws://127.0.0.1:\(peer.port)/\(path)"), chainId: 1, options: options,
        detail: { told.add($0) }, warn: { told.add("warning: \($0)") })
      try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
          await heads.run()
          told.add("ended")
        }
        try await talk(heads, told, peer)
        group.cancelAll()
      }
      // The path may hold the key of a service.
      #expect(!told.all.contains { $0.contains("/\(path)") })
    }.said
  }

  private static func makeBlock(_ peer: Peer) async throws {
    _ = try? await WebSocketClient.connect(to: WebSocketURL("ws://127.0.0.1:\(peer.port)/block"))
  }

  @Test("each head wakes, be it told as text, as bytes, or twice", arguments: ["good", "binary"])
  func waking(path: String) async throws {
    _ = try await Self.listen(path) { heads, told, peer in
      // The subscription itself: what came before it is to be asked for.
      await heads.wait()
      for _ in 0..<20 {
        try await Self.makeBlock(peer)
        await heads.wait()
      }
      #expect(told.all == ["\(heads.name) tells of new blocks"])
    }
  }

  @Test("a node's clumsiness breaks nothing", arguments: ["twice", "early"])
  func clumsy(path: String) async throws {
    let said = try await Self.listen(path) { heads, _, peer in
      await heads.wait()
      for _ in 0..<5 {
        try await Self.makeBlock(peer)
        await heads.wait()
      }
    }
    #expect(said.count == 1)
  }

  @Test(
    "a server that breaks the rules is left, and met again",
    arguments: [
      ("garbage", "is no JSON"), ("stranger", "another subscription"), ("answer", "neither a head"),
      ("flood", "more messages"), ("huge", "longer than"), ("close", "closed the connection: 1001"),
      ("busy", "too many subscriptions"), ("503", "answered 503"),
    ])
  func bad(path: String, complaint: String) async throws {
    _ = try await Self.listen(path) { heads, told, _ in
      try await told.wait(for: complaint, times: 3)
      #expect(!told.all.contains { $0.contains("not used") || $0.contains("warning") })
    }
  }

  @Test("where there is none, the clock alone goes on", arguments: ["404", "no-subscriptions"])
  func none(path: String) async throws {
    var options = Self.quick
    options.pollInterval = .milliseconds(1)
    _ = try await Self.listen(path, options) { [options] heads, told, _ in
      try await told.wait(for: "ended")
      #expect(told.all.count == 2)
      #expect(told.all[0].contains("is not used") && told.all[0].hasSuffix("are polled for"))
      for _ in 0..<5 { await heads.wait() }
      _ = options
    }
  }

  @Test("what the user named is tried again, and a node of another chain is not")
  func named() async throws {
    var options = Self.quick
    options.isNamed = true
    _ = try await Self.listen("404", options) { _, told, _ in
      try await told.wait(for: "it answered 404", times: 3)
    }
    _ = try await Self.listen("other-chain", options) { _, told, _ in
      try await told.wait(for: "ended")
      #expect(told.all[0].hasPrefix("warning: ") && told.all[0].contains("it is on chain 2"))
    }
  }

  @Test(
    "silence is noticed",
    arguments: [
      ("silent", "answers no subscription"), ("deaf", "nothing answers over it"),
      ("asleep", "it told no block since"),
    ])
  func silence(path: String, complaint: String) async throws {
    var options = Self.quick
    options.answerTime = .milliseconds(300)
    options.idleTime = .milliseconds(50)
    _ = try await Self.listen(path, options) { _, told, _ in
      try await told.wait(for: complaint, times: 2)
    }
  }

  @Test("a chain that rests is no silence")
  func resting() async throws {
    var options = Self.quick
    // However busy the machine is, an answer comes within its time.
    options.answerTime = .seconds(60)
    options.idleTime = .milliseconds(20)
    _ = try await Self.listen("resting", options) { heads, told, peer in
      // Woken by the subscription, and by the first height.
      await heads.wait()
      try await Self.makeBlock(peer)
      await heads.wait()
      try await told.wait(for: "rested")
      #expect(told.all[0] == "\(heads.name) tells of new blocks")
      #expect(!told.all.contains { $0.contains("told no block") || $0.contains("answers") })
    }
  }

  @Test("a server that is not there is tried until it is")
  func absent() async throws {
    let told = Told()
    let heads = WebSocketHeads(
      // The discard port of the loopback, where nobody listens.
      try WebSocketURL("ws://127.0.0.1:9/key"), chainId: 1, options: Self.quick,
      detail: { told.add($0) }, warn: { told.add("warning: \($0)") })
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { await heads.run() }
      try await told.wait(for: "connecting again in", times: 3)
      #expect(told.all.allSatisfy { $0.contains("refused") && !$0.contains("key") })
      group.cancelAll()
    }
  }
}
