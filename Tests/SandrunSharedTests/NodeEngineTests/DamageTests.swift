import Files
import GRDB
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

/// What one job's damage, or content that came in vain, does to the rest.
@Suite(.timeLimit(.minutes(3))) struct DamageTests {
  /// Marks a queued job as one that was run, and could not be.
  private func end(_ id: JobID, of node: TestNode, logSize: Int) async throws {
    let sequence = try #require(node.engine.state.withLock { $0.jobs[id]?.sequence })
    try await node.engine.database.pool.write { database in
      try database.execute(
        sql: "UPDATE jobs SET state = 'running', starts = 1 WHERE seq = ?", arguments: [sequence])
    }
    node.engine.state.withLock { state in
      state.move(id, to: .running)
      state.jobs[id]?.status.starts = 1
      state.finishing += 1
    }
    node.engine.conclude(
      EndedRun(id: id, run: nil, verdict: .couldNotRun("as this test says"), logSize: logSize))
  }

  @Test("a result that cannot be written down holds up no other, and is let go in the end")
  func oneAlone() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    let bad = try await node.submit("true")
    let log = node.engine.logFolder(bad)
    _ = try JobLogWriter(in: log).append(Array("text".utf8), to: .stdout)
    try Files.removeTree(log.appending("output"))
    // Not even as root can this be opened as a log.
    #expect(unsafe symlink("/dev/null", log.appending("output").string) == 0)
    var others: [JobID] = []
    for _ in 0..<3 { others.append(try await node.submit("true")) }
    try await end(bad, of: node, logSize: 4)
    for id in others { try await end(id, of: node, logSize: 0) }
    for id in others { #expect(try await node.finish(id).error == "as this test says") }
    #expect(try node.engine.status(bad)?.state == .running)
    let status = try await node.finish(bad)
    #expect(status.state == .failed && status.isSigned(by: node.engine.address))
    #expect(node.notes.all.count { $0.contains("cannot be made for now") } == Engine.maxTries)
  }

  @Test(
    "what the machine lacks for now is no job's fault",
    arguments: [
      (Errno.noSpace, RunProofError.Blame.machine), (.diskQuotaExceeded, .machine),
      (.tooManyOpenFiles, .machine), (.tooManyOpenFilesInSystem, .machine), (.noMemory, .machine),
      (.noSuchFileOrDirectory, .job), (.tooManySymbolicLinkLevels, .job), (.ioError, .unclear),
    ])
  func blame(errno: Errno, blame: RunProofError.Blame) {
    #expect(RunProofError(FileError("open", "/x", errno)).blame == blame)
  }

  @Test("a job whose row is damaged fails, and those beside it run")
  func malformed() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    var ids: [JobID] = []
    for number in 0..<3 { ids.append(try await node.submit("echo \(number)")) }
    let bad = "\(ids[1])"
    try await node.engine.database.pool.write { database in
      try database.execute(sql: "UPDATE jobs SET job = '{' WHERE id = ?", arguments: [bad])
    }
    try await node.running { node in
      #expect(try await node.finish(ids[0]).state == .completed)
      #expect(try await node.finish(ids[2]).state == .completed)
      let status = try await node.finish(ids[1])
      #expect(status.state == .failed && status.isSigned(by: node.engine.address))
      #expect(status.error == "it is damaged in the node's database")
      #expect(node.notes.all == ["job \(bad) is malformed in the database"])
    }
    #expect(node.engine.stats.jobs == [.completed: 2, .failed: 1])
  }

  @Test("the log that an earlier start left is counted and told, also after a restart")
  func earlierLog() async throws {
    let scratch = try Scratch()
    var id: JobID?
    do {
      let node = try TestNode(in: scratch)
      let job = try await node.submit("true")
      id = job
      let started = try await node.engine.database.pool.write { database in
        try database.startNext(1, at: TestNode.now()) { _ in }
      }
      #expect(started.map(\.id) == [job])
      _ = try JobLogWriter(in: node.engine.logFolder(job)).append(Array("text".utf8), to: .stdout)
    }
    let job = try #require(id)
    let node = try TestNode(in: scratch)
    #expect(try node.engine.status(job)?.logSize == 4)
    #expect(node.engine.stats.logBytes == 4)
    #expect(try await node.engine.cancel(job) == .cancelled)
    #expect(try node.engine.status(job)?.logSize == 4)
  }

  @Test("content that came in vain is swept, as often as it comes")
  func strays() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    for round in 0..<2 {
      let lease = node.content.lease()
      let batch = lease.repository.batch()
      for number in 0..<70 {
        var bytes = [UInt8](repeating: UInt8(round), count: 1 << 20)
        bytes[0] = UInt8(number)
        _ = try Importer(into: batch).add(bytes: bytes)
      }
      try batch.commit()
      // Nobody said that it is noted anywhere: its upload failed.
      lease.release()
      await node.engine.sweep()
      #expect(try node.content.byteCount() < 1 << 20, "round \(round)")
    }
  }

  @Test("an upload that leads to more than can be followed is refused; one in parts is not")
  func boundless() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    let lease = node.content.lease()
    defer { lease.release() }
    let leaf = try lease.repository.put(Array("leaf".utf8))
    func put(_ links: [CID]) throws -> CID {
      let node = DAGNode(
        links: links.map { DAGNode.Link($0, name: [], cumulativeSize: 1) }, data: nil)
      _ = try lease.repository.put(node.bytes)
      return CID(hashing: node.bytes, codec: .dagPB)
    }
    let gone = CID(hashing: [9], codec: .raw)
    let root = try put([gone, try put([leaf, leaf]), leaf])
    try node.engine.checkWalk([root], limit: 4)
    #expect(throws: EngineError.self) { try node.engine.checkWalk([root], limit: 3) }
    let wide = try put([CID](repeating: leaf, count: 41))
    #expect(throws: EngineError.self) { try node.engine.checkWalk([wide], limit: 10) }
    try await node.engine.keep(uploads: [root, wide])
  }
}
