import Ethereum
import Files
import IPFS
import Marketplace
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

/// A node's engine in a folder of its own, with the real worker.
final class TestNode: Sendable {
  let folder: FilePath
  let engine: Engine
  let content: NodeContent
  let notes = Notes()

  final class Notes: Sendable {
    private let texts = Mutex<[String]>([])
    func add(_ text: String) { texts.withLock { $0.append(text) } }
    var all: [String] { texts.withLock { $0 } }
  }

  init(
    in scratch: Scratch, signer: Signer = TestNode.signer,
    _ change: (inout EngineOptions) -> Void = { _ in }
  ) throws {
    // A write to a worker that has ended is an error and no end of the tests.
    signal(SIGPIPE, SIG_IGN)
    folder = scratch.path.appending("serve")
    let node = try NodeFolder(folder)
    content = try Self.content(at: node.content)
    var options = EngineOptions(in: node, concurrency: 2, worker: Self.worker(in: folder))
    options.minFree = 0
    change(&options)
    let notes = notes
    engine = try Engine(
      options, content: content, signer: signer, now: Self.now, note: { notes.add($0) })
  }

  /// Opens the content as a node that starts anew does: whoever ran before in this process may still be going down, and then has its lock.
  private static func content(at path: FilePath) throws -> NodeContent {
    let deadline = ContinuousClock.now + .seconds(60)
    while true {
      let failure: RepositoryError
      do throws(RepositoryError) { return try NodeContent(at: path) } catch { failure = error }
      guard case .file(let error) = failure, error.errno == .wouldBlock, .now < deadline else {
        throw failure
      }
      usleep(10_000)
    }
  }

  static let signer = Signer(PrivateKey.random())

  static let now: @Sendable () -> Timestamp = {
    var time = timespec()
    unsafe clock_gettime(CLOCK_REALTIME, &time)
    return Timestamp(seconds: time.tv_sec, nanoseconds: time.tv_nsec / 1_000_000 * 1_000_000)
  }

  static func worker(in folder: FilePath) -> WorkerProgram {
    let path = unsafe getenv("PATH").map { unsafe String(cString: $0) } ?? "/usr/bin:/bin"
    return WorkerProgram(
      path: Programs.path("sr-node"),
      arguments: ["work", "--sandbox", "bubblewrap", "--runs", folder.appending("runs").string],
      environment: ["PATH": path, "HOME": folder.string])
  }

  /// Adds a shell script to the content, and gives what submits it as a job.
  func job(
    _ script: String, timeout: Int = 60, key: String? = nil
  ) throws -> Submission {
    let lease = content.lease()
    defer { lease.release() }
    let batch = lease.repository.batch()
    let importer = Importer(into: batch)
    let file = try importer.add(bytes: Array(script.utf8))
    let code = try importer.add(
      directory: [(Array("main.sh".utf8), file)]
    ).cid
    var job = Job(
      id: Job.mintID(), entrypoint: "main.sh", memory: 256 << 20, timeout: timeout,
      consensus: try #require(Quorum("none")))
    job.interpreter = "sh"
    let specification = try Specification(of: job.json)
    try batch.commit()
    return Submission(
      job: job.json, code: code, specification: CID(specification.digest, codec: .raw),
      idempotencyKey: key)
  }

  /// Submits a script; gives the job's name.
  func submit(_ script: String, timeout: Int = 60) async throws -> JobID {
    try await engine.submit(job(script, timeout: timeout)).id
  }

  /// Waits for a job to be over.
  func finish(_ id: JobID) async throws -> JobStatus {
    for await _ in engine.changes(of: id) {}
    return try #require(try engine.status(id))
  }

  /// Waits until something holds of a job; fails after ten minutes.
  func wait(
    for id: JobID, until isReached: @Sendable (JobStatus) throws -> Bool
  ) async throws {
    let deadline = ContinuousClock.now + .seconds(600)
    while ContinuousClock.now < deadline {
      if let status = try engine.status(id), try isReached(status) { return }
      try await Task.sleep(for: .milliseconds(5))
    }
    Issue.record("job \(id) did not get there: \(String(describing: try engine.status(id)))")
  }

  /// Runs it while something is done, then drains it.
  func running<T>(_ body: (TestNode) async throws -> T) async throws -> T {
    let engine = engine
    try await engine.start()
    async let ended: Void = engine.run()
    let result: Result<T, any Error>
    do { result = .success(try await body(self)) } catch { result = .failure(error) }
    await engine.drain()
    await ended
    return try result.get()
  }
}
