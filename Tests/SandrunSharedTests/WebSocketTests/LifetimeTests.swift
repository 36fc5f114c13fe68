import SystemPackage
import TestSupport
import Testing
import WebSocket

#if canImport(Glibc)
  import Glibc
#endif

@Suite("Connections from beginning to end", .serialized)
struct LifetimeTests {
  private static func raw<Value: Sendable>(
    _ steps: [String], options: WebSocketOptions = WebSocketOptions(),
    _ body: (WebSocketConnection) async throws -> Value
  ) async throws -> (value: Value, said: [String]) {
    try await Peer.run("raw-websocket.py", ["shake"] + steps) { peer in
      let url = try WebSocketURL("ws://127.0.0.1:\(peer.port)/")
      return try await body(try await WebSocketClient.connect(to: url, options: options))
    }
  }

  @Test("a silent server is noticed, though the connection stands")
  func idle() async throws {
    var options = WebSocketOptions()
    options.pingInterval = .milliseconds(50)
    options.pongTimeout = .milliseconds(100)
    let said = try await Self.raw(["send:810161", "pause:30"], options: options) { connection in
      var reader = connection.messages.makeAsyncIterator()
      let message = try await reader.next()
      #expect(message == .text("a"))
      await #expect(throws: WebSocketError.idle(after: .milliseconds(100))) {
        try await reader.next()
      }
      return 0
    }.value
    #expect(said == 0)
  }

  @Test("whatever comes is a sign of life, and the pause of a slow reader is no silence")
  func alive() async throws {
    var options = WebSocketOptions()
    options.pingInterval = .milliseconds(50)
    options.pongTimeout = .seconds(3)
    options.maxWaiting = 100
    // No ping is answered, but there is always something: a pong, a byte of a header, a byte of a text.
    let drops = ["8a00", "8a00", "8a00", "01", "01", "61", "8a00", "80", "01", "62"]
    let steps =
      drops.flatMap { ["send:\($0)", "pause:0.5"] } + ["flood:20000:810163", "send:880203e8"]
    _ = try await Self.raw(steps, options: options) { connection in
      var reader = connection.messages.makeAsyncIterator()
      let first = try await reader.next()
      #expect(first == .text("ab"))
      // The reader sleeps for longer than a pong may take.
      try await Task.sleep(for: .seconds(4))
      var count = 0
      while let message = try await reader.next() {
        #expect(message == .text("c"))
        count += 1
      }
      #expect(count == 20000)
      #expect(connection.closing?.code == 1000)
    }
  }

  @Test("what nobody reads stays in the network")
  func backPressure() async throws {
    var options = WebSocketOptions()
    options.maxWaiting = 1 << 16
    let block = "82" + "7e1000" + String(repeating: "00", count: 4096)
    let before = try Self.resident()
    // 400 MiB, of which the peer cannot get rid while nobody reads.
    let said = try await Self.raw(["flood:100000:" + block], options: options) { connection in
      var reader = connection.messages.makeAsyncIterator()
      _ = try await reader.next()
      try await Task.sleep(for: .seconds(1))
      return try Self.resident()
    }
    #expect(said.value - before < 128 << 20)
    #expect(said.said.count == 2)
  }

  @Test("a flood of pings is answered within bounds, though the answers are not read")
  func pings() async throws {
    let ping = "897d" + String(repeating: "00", count: 125)
    let before = try Self.resident()
    let after = try await Self.raw(["flood:2000000:" + ping, "send:810161"]) { connection in
      var reader = connection.messages.makeAsyncIterator()
      let message = try await reader.next()
      #expect(message == .text("a"))
      return try Self.resident()
    }.value
    #expect(after - before < 128 << 20)
  }

  @Test("to cancel the reading task closes the socket")
  func cancelling() async throws {
    let (_, said) = try await Self.raw(["send:810161"]) { connection in
      let task = Task {
        for try await message in connection.messages { #expect(message == .text("a")) }
      }
      try await Task.sleep(for: .milliseconds(100))
      task.cancel()
      await #expect(throws: WebSocketError.cancelled) { try await task.value }
      await #expect(throws: WebSocketError.cancelled) { try await connection.send(.text("x")) }
    }
    #expect(said.dropFirst() == ["88 masked 03e9", "end"])
  }

  @Test("to let go of the connection closes the socket")
  func lettingGo() async throws {
    let (_, said) = try await Self.raw([]) { _ in 0 }
    #expect(said.dropFirst() == ["88 masked 03e9", "end"])
  }

  @Test("a send that waits is cancelled with the socket")
  func cancelledSend() async throws {
    _ = try await Self.raw(["pause:30"]) { connection in
      let task = Task {
        try await connection.send(.binary([UInt8](repeating: 0, count: 64 << 20)))
      }
      try await Task.sleep(for: .milliseconds(200))
      task.cancel()
      await #expect(throws: WebSocketError.cancelled) { try await task.value }
    }
  }

  @Test("an attempt is cancelled while the server does not answer")
  func cancelledAttempt() async throws {
    _ = try await Peer.run("raw-websocket.py", ["pause:30"]) { peer in
      let url = try WebSocketURL("ws://127.0.0.1:\(peer.port)/")
      let task = Task { try await WebSocketClient.connect(to: url) }
      try await Task.sleep(for: .milliseconds(200))
      task.cancel()
      let error = await #expect(throws: WebSocketError.self) { try await task.value }
      #expect(error == .cancelled)
    }
  }

  @Test("a server that does not answer our Close is left")
  func unansweredClose() async throws {
    var options = WebSocketOptions()
    options.closeTimeout = .milliseconds(200)
    let said = try await Self.raw(["flood:30000:810161", "pause:0.5"], options: options) {
      #expect(await $0.close(code: 4000, reason: "enough") == nil)
    }.said
    #expect(said.dropFirst() == ["88 masked 0fa0" + "656e6f756768", "end"])
  }

  @Test("a thousand connections leave no descriptor and no thread")
  func leaks() async throws {
    let leftover = try await Peer.run("websocket-server.py") { peer in
      func talk(_ number: Int) async throws {
        let url = try WebSocketURL("ws://127.0.0.1:\(peer.port)")
        if number % 4 == 0 {
          _ = try? await WebSocketClient.connect(to: url.appending("404"))
          return
        }
        let connection = try await WebSocketClient.connect(to: url.appending("echo"))
        if number % 4 == 1 { return }
        try await connection.send(.text("\(number)"))
        var reader = connection.messages.makeAsyncIterator()
        let message = try await reader.next()
        #expect(message == .text("\(number)"))
        if number % 4 == 2 { await connection.close() }
      }
      try await talk(2)
      let before = try Self.held()
      for round in 0..<20 {
        try await withThrowingTaskGroup(of: Void.self) { group in
          for number in 0..<50 { group.addTask { try await talk(round * 50 + number) } }
          try await group.waitForAll()
        }
      }
      // Closing goes on for a moment after the last word.
      var left = try Self.held()
      for _ in 0..<100 where left.sockets > before.sockets {
        try await Task.sleep(for: .milliseconds(100))
        left = try Self.held()
      }
      return (sockets: left.sockets - before.sockets, loops: left.loops)
    }.value
    // Other tests have a few of their own at the time.
    #expect(leftover.sockets < 50)
    #expect(leftover.loops == 1)
  }

  /// What this process holds: sockets, and threads of event loops.
  private static func held() throws -> (sockets: Int, loops: Int) {
    let sockets = names(in: "/proc/self/fd").filter { name in
      var buffer = [CChar](repeating: 0, count: 256)
      let count = unsafe readlink("/proc/self/fd/\(name)", &buffer, buffer.count)
      return String(decoding: buffer[..<max(0, count)].map(UInt8.init), as: UTF8.self)
        .hasPrefix("socket:")
    }
    let loops = names(in: "/proc/self/task").filter { name in
      let text = try? Vectors.bytes(of: FilePath("/proc/self/task/\(name)/comm"))
      return text.map { String(decoding: $0, as: UTF8.self).hasPrefix("NIO-ELT") } ?? false
    }
    return (sockets.count, loops.count)
  }

  private static func names(in folder: String) -> [String] {
    guard let directory = unsafe opendir(folder) else { return [] }
    defer { unsafe closedir(directory) }
    var names: [String] = []
    while let entry = unsafe readdir(directory) {
      names.append(
        unsafe withUnsafePointer(to: &entry.pointee.d_name) {
          unsafe String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
        })
    }
    return names.filter { !$0.hasPrefix(".") }
  }

  private static func resident() throws -> Int {
    let text = String(decoding: try Vectors.bytes(of: "/proc/self/statm"), as: UTF8.self)
    return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
  }
}
