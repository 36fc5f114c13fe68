import Commands
import Dispatch
import Files
import IPFS
import NodeAPI
import NodeContent
import NodeEngine
import Records
import Sandbox
import Synchronization
import SystemPackage

/// The worker of a node: takes orders on standard input, runs jobs side by side, answers through its voice.
final class Worker: Sendable {
  private let executor: Executor
  private let runs: FilePath
  private let voice: WorkerVoice
  private let world: World
  private let group = DispatchGroup()
  private let state = Mutex(State())

  private struct State {
    var jobs: [JobID: Switch] = [:]
    var isEnding = false
    /// What is open, by its path; opened once for many jobs.
    var content: (path: FilePath, blocks: NodeBlocks)?
    var output: (path: FilePath, repository: Repository)?
  }

  /// The request to end one job.
  private final class Switch: Sendable {
    let cancellation: Cancellation
    private let isSet = Atomic(false)

    init() throws(SandboxError) { cancellation = try Cancellation() }

    func set() {
      isSet.store(true, ordering: .releasing)
      cancellation.cancel()
    }

    var stop: RunStop {
      RunStop(
        cancellation: cancellation, isRequested: { self.isSet.load(ordering: .acquiring) })
    }
  }

  init(executor: Executor, runs: FilePath, voice: WorkerVoice, world: World) {
    self.executor = executor
    self.runs = runs
    self.voice = voice
    self.world = world
  }

  /// Takes orders until standard input ends, then ends all jobs.
  func serve() {
    var cutter = LineCutter()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while !cutter.isOverlong {
      let count = unsafe buffer.withUnsafeMutableBytes {
        (try? unsafe FileDescriptor.standardInput.read(into: $0)) ?? 0
      }
      if count == 0 { break }
      cutter.append(buffer[..<count])
      while let line = cutter.next() { take(line) }
    }
    voice.fallSilent()
    let jobs = state.withLock { state in
      state.isEnding = true
      return Array(state.jobs.values)
    }
    for job in jobs { job.set() }
    // What does not end by then dies with this process.
    _ = group.wait(timeout: .now() + 15)
  }

  private func take(_ line: [UInt8]) {
    switch WorkerOrder(line) {
    case .run(let run): begin(run)
    case .cancel(let id): state.withLock { $0.jobs[id] }?.set()
    case .ping(let number): voice.say(.pong(number))
    case nil: world.note("the worker was given an order that it does not know")
    }
  }

  private func begin(_ run: WorkerRun) {
    let handle: Switch
    do throws(SandboxError) { handle = try Switch() } catch {
      voice.say(.failed(run.id, Failure(error), logSize: 0))
      return
    }
    state.withLock { $0.jobs[run.id] = handle }
    // A queue of its own is a thread of its own, which must outlive the job's processes.
    DispatchQueue(label: "sandrun.run").async(group: group) { [self] in
      perform(run, until: handle.stop)
      state.withLock { $0.jobs[run.id] = nil }
    }
  }

  private func perform(_ run: WorkerRun, until stop: RunStop) {
    var size = 0
    let answer: WorkerAnswer
    do throws(Failure) {
      let log: JobLogWriter
      do throws(FileError) { log = try JobLogWriter(in: run.log) } catch {
        throw Failure(.io, "\(error)")
      }
      defer { size = log.size }
      let result = try perform(run, until: stop, log)
      do throws(FileError) {
        answer = .result(run.id, result, logSize: try log.finish())
      } catch {
        throw Failure(.io, "\(error)")
      }
    } catch {
      answer =
        error.code == "interrupted"
        ? .cancelled(run.id, logSize: size) : .failed(run.id, error, logSize: size)
    }
    voice.say(answer, ending: run.id)
  }

  private func perform(
    _ run: WorkerRun, until stop: RunStop, _ log: JobLogWriter
  ) throws(Failure) -> JSONObject {
    let order = try JobOrder(Record(run.record))
    let (source, target) = try content(of: run)
    let place = RunPlace(folder: run.folder, staging: runs, source: source, target: target)
    let job = JobRun(order: order, executor: executor, place: place, stop: stop, world: world)
    let (id, voice) = (run.id, voice)
    return try job.perform { (event) throws(Failure) in
      do throws(FileError) {
        switch event {
        case .output(let stream, _, let bytes):
          let size = try log.append(bytes, to: stream == .stdout ? .stdout : .stderr)
          voice.tell(id, logSize: size)
        case .sample:
          let before = log.size
          let size = try log.flush()
          if size > before { voice.tell(id, logSize: size) }
        case .started, .exited: break
        }
      } catch {
        throw Failure(.io, "\(error)")
      }
    }
  }

  /// The node's content, opened where it is not.
  private func content(of run: WorkerRun) throws(Failure) -> (NodeBlocks, Repository) {
    let open = state.withLock { ($0.content, $0.output) }
    do throws(RepositoryError) {
      let blocks: NodeBlocks
      if let content = open.0, content.path == run.content {
        blocks = content.blocks
      } else {
        blocks = try NodeBlocks(at: run.content)
      }
      let repository: Repository
      if let output = open.1, output.path == run.output {
        repository = output.repository
      } else {
        repository = try Repository(at: run.output)
      }
      state.withLock { state in
        state.content = (run.content, blocks)
        state.output = (run.output, repository)
      }
      return (blocks, repository)
    } catch {
      throw Failure(error)
    }
  }
}
