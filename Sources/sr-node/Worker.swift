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
  let executor: Executor
  let runs: FilePath
  let voice: WorkerVoice
  let world: World
  private let group = DispatchGroup()
  let state = Mutex(State())

  struct State {
    var jobs: [JobID: StopSwitch] = [:]
    var isEnding = false
    /// What is open, by its path; opened once for many jobs.
    var content: (path: FilePath, blocks: NodeBlocks)?
    var output: (path: FilePath, repository: Repository)?
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
    case .ping(let number):
      letGo()
      voice.say(.pong(number))
    case nil: world.note("the worker was given an order that it does not know")
    }
  }

  private func begin(_ run: WorkerRun) {
    let handle: StopSwitch
    do throws(SandboxError) { handle = try StopSwitch() } catch {
      voice.say(.failed(run.id, Failure(error), isSick: true, logSize: 0))
      return
    }
    state.withLock { $0.jobs[run.id] = handle }
    // A queue of its own is a thread of its own, which must outlive the job's processes.
    DispatchQueue(label: "sandrun.run").async(group: group) { [self] in
      perform(run, until: handle.stop)
      state.withLock { $0.jobs[run.id] = nil }
    }
  }
}
