import Commands
import Files
import IPFS
import NodeContent
import NodeEngine
import Records
import Synchronization
import Sandbox
import SystemPackage

extension Worker {
  /// Runs one job and answers how it went.
  func perform(_ run: WorkerRun, until stop: RunStop) {
    var size = 0
    let answer: WorkerAnswer
    do throws(Failure) {
      let log: JobLogWriter
      do throws(FileError) { log = try JobLogWriter(in: run.log) } catch {
        throw Failure(.io, "\(error)")
      }
      // However the job ends, what it wrote until then is kept.
      defer { size = (try? log.finish()) ?? log.size }
      let result = try perform(run, until: stop, log)
      do throws(FileError) {
        answer = .result(run.id, result, logSize: try log.finish())
      } catch {
        throw Failure(.io, "\(error)")
      }
    } catch {
      answer =
        error.code == "interrupted"
        ? .cancelled(run.id, logSize: size)
        : .failed(run.id, error, isSick: isSick(after: error), logSize: size)
    }
    voice.say(answer, ending: run.id)
  }

  /// Whether a job that does nothing cannot be run here either.
  private func isSick(after failure: Failure) -> Bool {
    guard WorkerAnswer.mayPass(failure) else { return false }
    do throws(SandboxError) {
      try SandboxTrial.attempt(by: executor, below: runs)
      return false
    } catch {
      world.note("a trial run fails: \(Failure(error).message)")
      return true
    }
  }

  private func perform(
    _ run: WorkerRun, until stop: RunStop, _ log: JobLogWriter
  ) throws(Failure) -> JSONObject {
    let order = try JobOrder(Record(run.record))
    // Where a worker died in an earlier start of the job, that start's trace is still there.
    do throws(FileError) { try Files.removeTree(run.folder) } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    let (source, target) = try content(of: run)
    let place = RunPlace(folder: run.folder, staging: runs, source: source, target: target)
    let job = JobRun(
      order: order, executor: executor, place: place, stop: stop, world: world,
      isSealed: run.isSealed)
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

  /// Closes what was swept away since it was opened: as long as it is open, it keeps its room on disk.
  func letGo() {
    let open = state.withLock { ($0.content, $0.output) }
    // A folder that cannot be listed now is looked at again with the next job, or the next time.
    try? open.0?.blocks.refresh()
    guard let path = open.1?.path, (try? Files.status(path)) == .some(nil) else { return }
    state.withLock { state in
      if state.output?.path == path { state.output = nil }
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
