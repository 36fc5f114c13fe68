import TestSupport
import Testing
import Timing
import WebSocket

@Suite("Following over many connections")
struct FollowingTests {
  private static let backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(20))

  @Test("every number once, though each connection breaks after a few")
  func resuming() async throws {
    var read: [Int] = []
    var breaks = 0
    _ = try await Peer.run("websocket-server.py") { peer in
      let ending = try await WebSocketClient.follow(
        backoff: Self.backoff,
        place: {
          // The server dies, closes, or refuses in between.
          let place = [
            "count?from=\(read.count)&to=\(read.count + 7)", "503", "die", "count?from=0&to=0",
          ]
          return try WebSocketURL("ws://127.0.0.1:\(peer.port)").appending(place[breaks % 4])
        },
        goesOn: { ending in
          switch (ending, breaks % 4) {
          case (.closed(let close), 0), (.closed(let close), 3): #expect(close.code == 1000)
          case (.failed(.refused(_, let refusal)), 1): #expect(refusal.status == 503)
          case (.failed(.closedAbnormally), 2): break
          default: Issue.record("\(ending)")
          }
          breaks += 1
          return true
        },
        take: { message in
          guard case .text(let text) = message, let number = Int(text) else { return .more }
          read.append(number)
          return number == 99 ? .done : .progress
        })
      #expect(ending == .done)
    }
    #expect(read == Array(0..<100))
  }

  @Test("a permanent refusal ends it")
  func refusal() async throws {
    _ = try await Peer.run("websocket-server.py") { peer in
      let ending = try await WebSocketClient.follow(
        backoff: Self.backoff,
        place: { try WebSocketURL("ws://127.0.0.1:\(peer.port)/404") },
        goesOn: { $0 != .done && false }, take: { _ in .done })
      guard case .failed(.refused(_, let refusal)) = ending else {
        Issue.record("\(ending)")
        return
      }
      #expect(refusal.status == 404)
    }
  }

  @Test("the deadline ends a silent connection, and an attempt, and a wait")
  func deadline() async throws {
    for steps in [["shake", "pause:60"], ["pause:60"], ["close"]] {
      _ = try await Peer.run("raw-websocket.py", steps) { peer in
        let ending = try await WebSocketClient.follow(
          backoff: Backoff(base: .seconds(100), limit: .seconds(1000)),
          until: .now + .milliseconds(300),
          place: { try WebSocketURL("ws://127.0.0.1:\(peer.port)/") },
          goesOn: { _ in true }, take: { _ in .more })
        #expect(ending == .deadline)
      }
    }
  }

  @Test("an error of the caller's own goes through, and ends the connection")
  func ownError() async throws {
    struct Own: Error {}
    let (_, said) = try await Peer.run("raw-websocket.py", ["shake", "send:810161"]) { peer in
      await #expect(throws: Own.self) {
        _ = try await WebSocketClient.follow(
          place: { try WebSocketURL("ws://127.0.0.1:\(peer.port)/") },
          goesOn: { _ in true }, take: { _ in throw Own() })
      }
    }
    #expect(said.last == "end")
  }

  @Test("to cancel the task ends it")
  func cancelling() async throws {
    _ = try await Peer.run("raw-websocket.py", ["shake", "pause:60"]) { peer in
      let task = Task {
        try await WebSocketClient.follow(
          place: { try WebSocketURL("ws://127.0.0.1:\(peer.port)/") },
          goesOn: { _ in true }, take: { _ in .more })
      }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      #expect(try await task.value == .failed(.cancelled))
    }
  }
}
