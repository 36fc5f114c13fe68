import NodeAPI
import Records
import SystemPackage
import TestSupport
import Testing

@testable import NodeEngine

@Suite(.timeLimit(.minutes(3))) struct DrainTests {
  @Test("a node that finishes runs what it accepted, takes nothing more, but for what it owes")
  func finishes() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { $0.concurrency = 1 }
    try await node.running { node in
      let first = try await node.submit("while ! test -e /tmp/never; do sleep 0.1; done")
      try await node.wait(for: first) { $0.state == .running }
      let second = try await node.submit("echo second")
      let engine = node.engine
      let (others, go) = AsyncStream.makeStream(of: Void.self)
      async let finished: Void = engine.finish { for await _ in others {} }
      while !engine.isDraining { try await Task.sleep(for: .milliseconds(5)) }
      await #expect(throws: EngineError.draining) { try await node.submit("true") }
      let owed = try await engine.submit(node.job("echo owed"), isOwed: true)
      #expect(engine.inHand.queued == 2 && engine.inHand.running == 1)
      #expect(!engine.isFinished)
      #expect(try await engine.cancel(first) == .running)
      for id in [second, owed.id] { #expect(try await node.finish(id).state == .completed) }
      go.finish()
      await finished
      #expect(engine.isFinished)
      // What is over is over: nothing is accepted again.
      await #expect(throws: EngineError.draining) { try await node.submit("true") }
    }
  }

  @Test("a drain ends a node that finishes; what waits stays")
  func stopped() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) {
      $0.concurrency = 1
      $0.drainTimeout = .zero
    }
    try await node.running { node in
      let first = try await node.submit("sleep 600", timeout: 900)
      try await node.wait(for: first) { $0.state == .running }
      let second = try await node.submit("true")
      let engine = node.engine
      async let finished: Void = engine.finish()
      while !engine.isDraining { try await Task.sleep(for: .milliseconds(5)) }
      await engine.drain()
      await finished
      #expect(!engine.isFinished)
      #expect(try engine.status(second)?.state == .queued)
      await #expect(throws: EngineError.draining) {
        try await engine.submit(node.job("true"), isOwed: true)
      }
    }
  }

  @Test("the socket answers its own user, and no nonsense; a long path is no hindrance")
  func socket() async throws {
    let scratch = try Scratch()
    var deep = scratch.path
    for _ in 0..<6 { deep.append(String(repeating: "long", count: 8)) }
    #expect(throws: ControlError.noNode) { _ = try ControlCall(drain: deep) }
    let folder = try NodeFolder(deep)
    #expect(throws: ControlError.notReady) { _ = try ControlCall(drain: deep) }
    let control = try ControlSocket(in: folder)
    #expect(ControlCall.isTaken(deep))
    let node = try TestNode(in: scratch)
    control.open(node.engine)
    try await node.running { node in
      let socket = try UnixSocket.connected(in: deep, named: "control")
      let isWritten = socket.write(Array("drain\n".utf8))
      #expect(isWritten)
      let (refusal, rest) = (socket.read(atMost: 4096), socket.read(atMost: 4096))
      #expect(refusal == ControlAnswer.refused("the node knows only how to drain").line)
      #expect(rest.isEmpty)
      #expect(!node.engine.isDraining)
      var call = try ControlCall(drain: deep)
      #expect(await control.isAskedToDrain())
      let heard1 = call.next(within: 0.2, unless: -1)
      #expect(heard1 == .silence)
      await node.engine.finish()
      let heard2 = call.next(within: 60, unless: -1)
      #expect(heard2 == .answer(.draining(queued: 0, running: 0)))
      async let closed: Void = control.close(isFinished: node.engine.isFinished)
      let heard3 = call.next(within: 60, unless: -1)
      #expect(heard3 == .answer(.ended(isFinished: true)))
      let heard4 = call.next(within: 60, unless: -1)
      #expect(heard4 == .end)
      await closed
      #expect(throws: ControlError.notReady) { _ = try ControlCall(drain: deep) }
    }
  }

  @Test("who waits to be asked is let go where the task is cancelled")
  func cancelled() async throws {
    let scratch = try Scratch()
    let control = try ControlSocket(in: NodeFolder(scratch.path.appending("serve")))
    let waiting = Task { await control.isAskedToDrain() }
    waiting.cancel()
    #expect(await !waiting.value)
  }

  @Test(
    "answers come through a line and back",
    arguments: [
      ControlAnswer.draining(queued: 3, running: 1), .ended(isFinished: false), .refused("no"),
    ])
  func lines(_ answer: ControlAnswer) {
    #expect(ControlAnswer(Array(answer.line.dropLast())) == answer)
    #expect(ControlAnswer(Array("{\"draining\":{\"queued\":\"1\"}}".utf8)) == nil)
  }
}
