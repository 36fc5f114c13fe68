import Ethereum
import Files
import Hashing
import IPFS
import Marketplace
import NodeAPI
import NodeContent
import Proofs
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing
import WideInteger

@testable import NodeEngine

@Suite(.timeLimit(.minutes(3))) struct SealedTests {
  static let escrow = Escrow(
    job: EscrowedJob(
      chainID: 1337, contract: Self.address(7),
      jobID: Keccak256.hash(Array("a job on a chain".utf8))),
    verifier: Self.address(9))

  static func address(_ number: UInt8) -> Address {
    guard let address = try? Address(bytes: [UInt8](repeating: 0, count: 19) + [number]) else {
      preconditionFailure("20 bytes are an address")
    }
    return address
  }

  private func submission(
    _ script: String, to node: TestNode, _ escrow: Escrow = SealedTests.escrow
  ) throws -> Submission {
    var submission = try node.job(script)
    submission.escrow = escrow
    return submission
  }

  @Test("a job in escrow has the name of its id on the chain, waits for its claim, and then runs")
  func held() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let submission = try submission("echo out; echo made >file", to: node)
      let accepted = try await node.engine.submit(submission)
      let digits = Self.escrow.job.jobID.description.dropFirst(2).prefix(32)
      #expect(accepted.id.description == digits && !accepted.isRepeat)
      // The same again is the same; another job cannot have its name.
      #expect(try await node.engine.submit(submission).isRepeat)
      var other = try node.job("true")
      other.escrow = Self.escrow
      other.escrow?.verifier = Self.address(10)
      await #expect(throws: EngineError.keyReused) { try await node.engine.submit(other) }
      // One that came later runs by.
      _ = try await node.finish(try await node.submit("true"))
      #expect(try node.engine.status(accepted.id)?.state == .queued)
      #expect(try await node.engine.escrow(accepted.id)?.isHeld == true)
      await #expect(throws: EngineError.inEscrow) { try await node.engine.cancel(accepted.id) }

      let changes = node.engine.escrowChanges
      try await node.engine.begin(accepted.id)
      for await id in changes where id == accepted.id { break }
      let run = try #require(try await node.engine.escrow(accepted.id))
      let outcome = try #require(run.outcome)
      #expect(run.state == .completed && run.isSealed && outcome.resultHash != nil)
      // What it signed is what the contracts check.
      let statement = Ethereum.ResultStatement(
        jobId: Self.escrow.job.jobID, node: node.engine.address,
        resultHash: try #require(outcome.resultHash), traceRoot: outcome.traceRoot)
      let digest = statement.digest(
        in: Ethereum.ResultStatement.domain(chainId: 1337, verifier: Self.escrow.verifier))
      #expect(
        try #require(outcome.signature).isValid(for: digest, by: node.engine.address))
    }
  }

  @Test("what came of a sealed job is nowhere to be seen, and all of it once it is unsealed")
  func sealed() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let engine = node.engine
      let before = engine.stats
      let id = try await engine.submit(
        submission("echo secret; echo made >file; exit 3", to: node)
      ).id
      let changes = engine.escrowChanges
      try await engine.begin(id)
      for await other in changes where other == id { break }
      let outcome = try #require(try await engine.escrow(id)?.outcome)
      let proof = try CID(parsing: outcome.proof)

      let told = try #require(try engine.status(id))
      #expect(told.state == .running && told.isHidden && told.result == nil && told.proof == nil)
      #expect(told.finishedAt == nil && told.logSize == 0 && told.signature == nil)
      let text = String(decoding: try #require(try engine.statusText(id)), as: UTF8.self)
      for word in [outcome.proof, "\(try #require(outcome.resultHash))", "secret", "finished_at"] {
        #expect(!text.contains(word))
      }
      let log = try #require(try engine.log(id))
      #expect(log.size == 0 && !log.isComplete)
      #expect(try log.all(.stdout, limit: 100).isEmpty)
      #expect(throws: RepositoryError.notFound(proof)) { try node.content.block(proof) }
      var stats = engine.stats
      #expect(stats.jobs == [.running: 1] && stats.finished.isEmpty && stats.logBytes == 0)
      #expect(stats.contentBytes == before.contentBytes || before.contentBytes == 0)
      #expect(stats.freeBytes % (1 << 30) == 0)
      // A listener stays, and hears when it may be seen.
      async let ended: Void = { for await _ in engine.changes(of: id) {} }()

      #expect(try await engine.unseal(id))
      await ended
      let shown = try #require(try engine.status(id))
      #expect(shown.state == .failed && !shown.isHidden && shown.result?["exitCode"]?.integer == 3)
      #expect(shown.isSigned(by: engine.address) && shown.escrow?["chainId"]?.integer == 1337)
      #expect(try engine.log(id)?.all(.stdout, limit: 100) == Array("secret\n".utf8))
      #expect(throws: Never.self) { try node.content.block(proof) }
      let outputs = try #require(shown.statement?.outputs)
      #expect(throws: Never.self) { try node.content.block(outputs) }
      stats = engine.stats
      #expect(stats.jobs == [.failed: 1] && stats.finished == [.failed: 1] && stats.logBytes > 0)
      #expect(try await engine.unseal(id))
    }
  }

  @Test("a node that goes down keeps what it holds and what it hides")
  func restarted() async throws {
    let scratch = try Scratch()
    let held = Escrow(
      job: EscrowedJob(chainID: 1, contract: Self.address(7), jobID: Keccak256.hash([1])),
      verifier: Self.address(9))
    var name: JobID?
    var outcome: RunOutcome?
    do {
      let node = try TestNode(in: scratch)
      try await node.running { node in
        let id = try await node.engine.submit(submission("echo secret", to: node)).id
        let changes = node.engine.escrowChanges
        try await node.engine.begin(id)
        for await other in changes where other == id { break }
        outcome = try await node.engine.escrow(id)?.outcome
        name = id
        _ = try await node.engine.submit(submission("echo held", to: node, held))
      }
    }
    let node = try TestNode(in: scratch) { $0.keep = .zero }
    let id = try #require(name)
    #expect(outcome?.resultHash != nil)
    #expect(node.engine.stats.jobs == [.running: 1, .queued: 1])
    try await node.running { node in
      #expect(try node.engine.status(id)?.state == .running)
      #expect(try await node.engine.escrow(id)?.outcome == outcome)
      #expect(try await node.engine.escrows().map(\.isHeld) == [false, true])
      // Nothing of an open escrow is old.
      try await Task.sleep(for: .seconds(1.1))
      await node.engine.sweep()
      #expect(try node.engine.status(id)?.state == .running)
      #expect(try await node.engine.unseal(id))
      #expect(try node.engine.log(id)?.all(.stdout, limit: 100) == Array("secret\n".utf8))
      await node.engine.sweep()
      #expect(try node.engine.status(id)?.state == .completed)
      try await node.engine.settle(id)
      await node.engine.sweep()
      #expect(try node.engine.status(id) == nil)
      #expect(try Files.list(node.folder.appending("sealed")).isEmpty)
      // A job that nobody claims is over, and says why.
      try await node.engine.drop(held.name, because: "no slot was free")
      #expect(try node.engine.status(held.name)?.error == "no slot was free")
      #expect(try await node.engine.escrows().isEmpty)
    }
  }

  @Test("a job that was dropped may be taken up again, for a challenge")
  func revived() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let engine = node.engine
      let submission = try submission("true", to: node)
      let id = try await engine.submit(submission).id
      try await engine.drop(id, because: "no slot was free")
      #expect(engine.stats.jobs == [.failed: 1])
      let again = try await engine.submit(submission)
      #expect(again.id == id && !again.isRepeat && again.state == .queued)
      #expect(engine.stats.jobs == [.queued: 1])
      let changes = engine.escrowChanges
      try await engine.begin(id)
      for await other in changes where other == id { break }
      #expect(try await engine.unseal(id))
      #expect(try engine.status(id)?.state == .completed)
      #expect(try await engine.submit(submission).isRepeat)
    }
  }

  @Test("a run that is ended has nothing to agree on, and is hidden as long")
  func couldNotRun() async throws {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let engine = node.engine
      let id = try await engine.submit(submission("echo begun; sleep 600", to: node)).id
      let changes = engine.escrowChanges
      try await engine.begin(id)
      try await node.wait(for: id) { _ in
        engine.state.withLock { ($0.jobs[id]?.status.logSize ?? 0) > 0 }
      }
      #expect(try await engine.cancel(id, isOwn: true) == .running)
      for await other in changes where other == id { break }
      let run = try #require(try await engine.escrow(id))
      #expect(run.state == .cancelled)
      #expect(run.isSealed)
      #expect(run.outcome?.resultHash == nil)
      #expect(run.outcome?.proof == "")
      #expect(try engine.status(id)?.state == .running)
      #expect(try await engine.unseal(id))
      #expect(try engine.status(id)?.state == .cancelled)
    }
  }

  @Test("what would show a hidden result is not run, and who has shown it is known") func twins()
    async throws
  {
    let scratch = try Scratch()
    let node = try TestNode(in: scratch)
    try await node.running { node in
      let engine = node.engine
      let submission = try submission("echo made >file", to: node)
      // The same code as another job; the same specification with other code.
      var same = try node.job("echo made >file")
      #expect(same.code == submission.code && same.specification != submission.specification)
      var other = try node.job("echo other")
      (other.job, other.specification) = (submission.job, submission.specification)
      let early = try await engine.submit(same).id
      _ = try await node.finish(early)
      #expect(
        try await !engine.hasBegun(
          submission.specification, submission.code, besides: Self.escrow.name))

      let id = try await engine.submit(submission).id
      same.idempotencyKey = "later"
      for plain in [same, other] {
        await #expect(throws: EngineError.hidden) { try await engine.submit(plain) }
      }
      // Another's job with the very same content may be held, but not claimed once this one has begun.
      var another = submission
      another.escrow?.job.jobID = Keccak256.hash([5])
      let name = try #require(another.escrow?.name)
      _ = try await engine.submit(another)
      #expect(
        try await !engine.hasBegun(another.specification, another.code, besides: name))
      let changes = engine.escrowChanges
      try await engine.begin(id)
      #expect(try await engine.hasBegun(another.specification, another.code, besides: name))
      for await over in changes where over == id { break }
      await #expect(throws: EngineError.hidden) { try await engine.submit(same) }
      try await engine.drop(name, because: "its result is known")
      #expect(try await engine.unseal(id))
      #expect(try await engine.submit(same).isRepeat == false)
    }
  }
}
