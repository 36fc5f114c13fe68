import Ethereum
import Files
import IPFS
import NodeAPI
import NodeContent
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import NodeEngine

#if canImport(Glibc)
  import Glibc
#endif

@Suite(.timeLimit(.minutes(3))) struct RestartTests {
  @Test("what was queued runs after the next start; a log and an answer are as they were")
  func queueStays() async throws {
    let scratch = try Scratch()
    let key = TestNode.signer
    var ids: [JobID] = []
    var first: [UInt8] = []
    do {
      let node = try TestNode(in: scratch, signer: key)
      try await node.running { node in
        ids.append(try await node.submit("echo kept"))
        _ = try await node.finish(ids[0])
        first = try #require(try node.engine.statusText(ids[0]))
      }
      // Accepted by nobody who drains.
      await #expect(throws: EngineError.draining) { try await node.submit("true") }
    }
    do {
      let node = try TestNode(in: scratch, signer: key)
      for number in 0..<5 { ids.append(try await node.submit("exit \(number)")) }
      #expect(node.engine.stats.jobs == [.completed: 1, .queued: 5])
    }
    let node = try TestNode(in: scratch, signer: key)
    #expect(node.engine.stats.jobs == [.completed: 1, .queued: 5])
    #expect(try node.engine.status(ids[5])?.position == 4)
    try await node.running { node in
      for (number, id) in ids[1...].enumerated() {
        let status = try await node.finish(id)
        #expect(status.result?["exitCode"]?.integer == number)
      }
    }
    #expect(try node.engine.statusText(ids[0]) == first)
    #expect(try node.engine.log(ids[0])?.all(.stdout, limit: 100) == Array("kept\n".utf8))
  }

  @Test(
    "a drain that does not wait lets a job that runs wait for the next start, which runs it anew")
  func interrupted() async throws {
    let scratch = try Scratch()
    var id: JobID?
    do {
      let node = try TestNode(in: scratch) { $0.drainTimeout = .zero }
      try await node.running { node in
        let job = try await node.submit("echo $$; sleep 600", timeout: 900)
        id = job
        try await node.wait(for: job) { $0.logSize > 0 }
      }
      #expect(node.engine.stats.jobs == [.queued: 1])
    }
    let job = try #require(id)
    let node = try TestNode(in: scratch)
    try await node.running { node in
      try await node.wait(for: job) { $0.state == .running && $0.logSize > 0 }
      #expect(try node.engine.status(job)?.starts == 2)
      #expect(try await node.engine.cancel(job) == .running)
      #expect(try await node.finish(job).state == .cancelled)
    }
  }

  @Test("a worker that is killed takes its jobs along; they run under another, three times in all")
  func workerKilled() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let lasting = try await node.submit("sleep 600.31", timeout: 900)
      let short = try await node.submit("sleep 1; echo done")
      for start in 1...3 {
        try await node.wait(for: lasting) { $0.state == .running && $0.starts == start }
        let worker = try #require(node.engine.state.withLock { $0.worker })
        kill(worker.pid, SIGKILL)
      }
      let status = try await node.finish(lasting)
      #expect(status.state == .failed && status.starts == 3)
      #expect(status.error?.contains("each of the 3 times") == true)
      #expect(status.isSigned(by: node.engine.address))
      #expect(try await node.finish(short).starts <= 3)
      #expect(node.engine.stats.workers >= 3)
    }
  }

  @Test("a job that is to end and whose worker dies is cancelled, and not started again")
  func cancelledByDeath() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let job = try await node.submit("sleep 600", timeout: 900)
      try await node.wait(for: job) { $0.state == .running }
      let worker = try #require(node.engine.state.withLock { $0.worker })
      // It cannot hear of it.
      kill(worker.pid, SIGSTOP)
      #expect(try await node.engine.cancel(job) == .running)
      kill(worker.pid, SIGKILL)
      let status = try await node.finish(job)
      #expect(status.state == .cancelled && status.starts == 1)
    }
  }

  @Test(
    "a worker that talks nonsense, or ends at once, is none",
    arguments: [
      "echo nonsense", "echo '{\"ready\":1,\"x\":2}'", "exit 3", "head -c 70000000 /dev/zero",
    ]
  )
  func nonsense(script: String) async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { options in
      options.worker.path = "/bin/sh"
      options.worker.arguments = ["-c", "\(script); exec sleep 600"]
      if script.hasPrefix("exit") { options.worker.arguments = ["-c", script] }
    }
    await #expect(throws: EngineError.store("the worker ended before it was ready")) {
      try await node.engine.start()
    }
  }

  @Test("a worker without a sandbox says why, and the node does not start")
  func unable() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { $0.worker.environment["PATH"] = "/nonexistent" }
    do {
      try await node.engine.start()
      Issue.record("it started")
    } catch .unable(let failure) {
      #expect(failure.status == .unavailable && failure.message == "bwrap is not on PATH")
    }
  }

  @Test("what is old goes: the job, its log, its content; what is young stays")
  func swept() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { $0.keep = .zero }
    try await node.running { node in
      let old = try await node.submit("echo old; echo made >file")
      let status = try await node.finish(old)
      let output = try #require(status.statement?.outputs)
      #expect(throws: Never.self) { try node.content.block(output) }
      // Seconds are what ages are counted in.
      try await Task.sleep(for: .seconds(1.1))
      await node.engine.sweep()
      #expect(try node.engine.status(old) == nil)
      #expect(try node.engine.log(old) == nil)
      #expect(try Files.list(node.folder.appending("logs")).isEmpty)
      #expect(node.engine.stats.jobs.isEmpty && node.engine.stats.logBytes == 0)
    }
  }

  @Test("content goes with its last job where room is short, and not before")
  func contentSwept() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) {
      $0.keep = .seconds(3600)
      $0.minFree = .max / 4
    }
    // No room at all: a job is put in by hand, as one that was accepted when there was.
    let lease = node.content.lease()
    let kept = try lease.repository.put([1, 2, 3])
    let gone = try lease.repository.put([4, 5, 6])
    try await node.engine.keep(uploads: [kept])
    lease.release()
    await node.engine.sweep()
    #expect(try node.content.block(kept) == [1, 2, 3])
    #expect(throws: (any Error).self) { try node.content.block(gone) }
  }
}
