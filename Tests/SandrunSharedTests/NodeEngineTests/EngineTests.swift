import Ethereum
import Files
import Hashing
import IPFS
import NodeAPI
import NodeContent
import Records
import SystemPackage
import TestSupport
import Testing

@testable import NodeEngine

@Suite(.timeLimit(.minutes(3))) struct EngineTests {
  @Test("a job runs; its answer is signed, its log, outputs and proof are there")
  func runs() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let id = try await node.submit("echo out; echo err >&2; echo made >made.txt; exit 3")
      let status = try await node.finish(id)
      #expect(status.state == .failed)
      #expect(status.result?["exitCode"] == 3)
      #expect(status.result?["trace"] == nil)
      #expect(status.error == nil)
      #expect(status.starts == 1)
      #expect(status.isSigned(by: node.engine.address))
      #expect(status.outputs.map(\.path) == ["made.txt"])
      #expect(status.outputs.map(\.size) == [5])
      let log = try #require(try node.engine.log(id))
      #expect(log.isComplete && log.size == 8)
      #expect(try log.all(.stdout, limit: 100) == Array("out\n".utf8))
      #expect(try log.all(.stderr, limit: 100) == Array("err\n".utf8))
      #expect(status.logSize == 8)
      let proof = try CID(parsing: try #require(status.proof?["cid"]?.string))
      #expect(try !ContentReader(node.content).bytes(proof, limit: 1 << 20).isEmpty)
      #expect(status.proof?["path"] == nil && status.proof?["signature"] != nil)
      let text = try #require(try node.engine.statusText(id))
      #expect(try JobStatus(JSON(parsing: text)).json == status.json)
      #expect(try Files.list(node.folder.appending("runs")).isEmpty)
    }
  }

  @Test("output is told of while the job runs")
  func followed() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let id = try await node.submit("echo first; read -r line <&- ; sleep 600", timeout: 900)
      let changes = node.engine.changes(of: id)
      // It may have been told before this was asked for.
      let isTold = try node.engine.log(id)?.size ?? 0 >= 6
      for await _ in isTold ? AsyncStream(Void.self, { _ = $0.yield() }) : changes {
        guard let log = try node.engine.log(id), log.size >= 6 else { continue }
        #expect(!log.isComplete)
        #expect(
          try log.read(from: 0, limit: 6) == [.init(stream: .stdout, bytes: Array("first\n".utf8))])
        break
      }
      #expect(try await node.engine.cancel(id) == .running)
      let status = try await node.finish(id)
      #expect(status.state == .cancelled && status.isSigned(by: node.engine.address))
      #expect(try node.engine.log(id)?.isComplete == true)
      #expect(status.logSize >= 6)
      #expect(try await node.engine.cancel(id) == .cancelled)
    }
  }

  @Test("jobs start in their order, wait in it, and those that wait can be cancelled")
  func queued() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) {
      $0.concurrency = 1
      $0.maxQueued = 3
    }
    try await node.running { node in
      let first = try await node.submit("sleep 600", timeout: 900)
      try await node.wait(for: first) { $0.state == .running }
      var waiting: [JobID] = []
      for place in 0..<3 {
        let accepted = try await node.engine.submit(node.job("echo \(place)"))
        #expect(accepted.state == .queued && accepted.position == place)
        waiting.append(accepted.id)
      }
      await #expect(throws: EngineError.self) { try await node.submit("true") }
      #expect(try await node.engine.cancel(waiting[0]) == .cancelled)
      #expect(try node.engine.status(waiting[1])?.position == 0)
      #expect(try node.engine.status(waiting[0])?.isSigned(by: node.engine.address) == true)
      #expect(node.engine.stats.jobs == [.running: 1, .queued: 2, .cancelled: 1])
      #expect(try await node.engine.cancel(first) == .running)
      for id in waiting[1...] { #expect(try await node.finish(id).state == .completed) }
      #expect(try await node.engine.cancel(try #require(JobID("unknown"))) == nil)
    }
  }

  @Test("a submission with the same key is one job, with another body none")
  func repeated() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    var job = try node.job("true", key: "key")
    job.bodyDigest = .zero
    let first = try await node.engine.submit(job)
    #expect(!first.isRepeat)
    let second = try await node.engine.submit(job)
    #expect(second.isRepeat && second.id == first.id)
    let copy = job
    await withTaskGroup(of: JobID?.self) { group in
      for _ in 0..<20 { group.addTask { try? await node.engine.submit(copy).id } }
      for await id in group { #expect(id == first.id) }
    }
    job.bodyDigest = nil
    await #expect(throws: EngineError.keyReused) { try await node.engine.submit(job) }
  }

  @Test("what cannot be run is refused, and nothing is kept of it")
  func refused() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { options in
      options.check = { record throws(Failure) in
        if try record.object("job")?["timeout"] == 77 { throw Failure(.unavailable, "not here") }
      }
    }
    let missing = CID(hashing: [1, 2, 3], codec: .raw)
    var job = try node.job("true")
    job.code = missing
    await #expect(throws: EngineError.missingContent(missing)) { try await node.engine.submit(job) }
    job = try node.job("true")
    let right = job.specification
    job.specification = missing
    await #expect(throws: EngineError.staleSpecification(right)) {
      try await node.engine.submit(job)
    }
    job = try node.job("true")
    job.job["timeout"] = "soon"
    await #expect(throws: EngineError.badJob("job.timeout is no integer")) {
      try await node.engine.submit(job)
    }
    await #expect(throws: EngineError.refused(Failure(.unavailable, "not here"))) {
      try await node.engine.submit(try node.job("true", timeout: 77))
    }
    #expect(node.engine.stats.jobs.isEmpty)
  }

  @Test("a disk without room takes no job, and keeps those it has")
  func full() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch) { $0.minFree = .max / 2 }
    await #expect(throws: EngineError.diskFull) { try await node.submit("true") }
    #expect(throws: EngineError.diskFull) { try node.engine.checkRoom(for: 1) }
    let scratch2 = try Scratch()
    let small = try TestNode(in: scratch2) { $0.maxDisk = 1 << 20 }
    await #expect(throws: EngineError.diskFull) { try await small.submit("true") }
  }
}
