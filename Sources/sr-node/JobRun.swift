import Commands
import Files
import IPFS
import Marketplace
import Proofs
import Records
import Sandbox
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// One job on its way through the sandbox, from its CIDs to its `result`.
struct JobRun: Sendable {
  let order: JobOrder
  let executor: Executor
  let place: RunPlace
  let stop: RunStop
  let world: World
  /// Whether nothing of what comes of it is told.
  var isSealed = false

  /// Fetches, runs, stores; a failure leaves no folder behind.
  ///
  /// `follow` hears what happens as it does; what it throws fails the run, but only once the job has ended.
  func perform(
    following follow: @escaping RunLog.Follower = { _ throws(Failure) in }
  ) throws(Failure) -> JSONObject {
    do throws(FileError) { try Files.makeDirectories(place.folder) } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    do throws(Failure) {
      let staging: Staging
      do throws(SandboxError) { staging = try Staging(below: place.staging) } catch {
        throw Failure(error)
      }
      return try perform(in: staging, follow)
    } catch {
      try? Files.removeTree(place.folder)
      throw error
    }
  }

  private func perform(
    in staging: Staging, _ follow: @escaping RunLog.Follower
  ) throws(Failure) -> JSONObject {
    let command = try fetch(into: staging)
    let path = place.folder.appending("trace.jsonl.zst")
    let log = try RunLog(
      writingTo: path, start: start(command),
      keeping: order.keepsStandardOutput ? staging.path.appending("stdout") : nil,
      following: follow)
    let run: FinishedRun
    do throws(SandboxError) {
      run = try executor.run(command, in: staging, until: stop.cancellation, onEvent: log.hear)
    } catch {
      if stop.isRequested() { throw Self.interrupted }
      throw Failure(error)
    }
    if run.outcome.isCancelled { throw Self.interrupted }
    var ending = Ending(run.outcome)
    let outputs = try store(run, of: command, staging, place.target, &ending)
    let logs = try log.finish(ending, limit: command.limits.output)
    try log.finish(outputs: outputs, isSynced: place.isTraceSynced)
    if !isSealed {
      world.detail("job \(order.job.id): \(ending.status), held by \(log.enforcement)")
    }
    return ending.result(outputs: outputs, logs: logs, trace: path)
  }

  private static let interrupted = Failure(
    .temporary, "interrupted; the job was ended", code: "interrupted", isRetryable: true)

  /// Lays out the job's files and inputs, each block checked against its CID.
  private func fetch(into staging: Staging) throws(Failure) -> SandboxedCommand {
    let limits = order.limits
    let reader = ContentReader(place.source)
    let files = staging.path.appending("files")
    let bounds = MaterialiseLimits(
      bytes: UInt64(limits.disk), entries: 100_000, depth: 60, isSynced: false,
      isCancelled: stop.isRequested)
    do throws(ReadError) {
      guard case .directory = try reader.node(order.code) else {
        throw ReadError.notDirectory(order.code)
      }
      try reader.materialise(order.code, to: files, limits: bounds)
    } catch {
      throw Failure(error, of: "the job's code", order.code)
    }
    try prepareEntrypoint(in: files)
    var command = SandboxedCommand(arguments: order.arguments, files: files, limits: limits)
    // A small DAG can stand for any number of bytes: half of what is free is as much as one input gets.
    var generous = bounds
    generous.bytes = ((try? Files.freeSpace(at: staging.path)) ?? 0) / 2
    generous.entries = 1_000_000
    for (index, input) in order.inputs.enumerated() {
      let path = staging.path.appending("input-\(index)")
      do throws(ReadError) {
        try reader.materialise(input.cid, to: path, limits: generous)
      } catch {
        throw Failure(error, of: "the input \(JSON.string(input.name).text)", input.cid)
      }
      command.inputs.append(Input(name: input.name, path: path))
    }
    for member in order.job.env.members { command.environment[member.name] = member.value.string }
    command.network = order.job.network
    command.gpus = order.job.gpu != nil
    // So that nodes of different sizes can agree.
    command.cores = order.job.consensus.agreeing > 1 ? 1 : nil
    return command
  }

  private func prepareEntrypoint(in files: FilePath) throws(Failure) {
    let path = files.appending(order.job.entrypoint)
    guard let found = try? Files.status(path), found.type == .regular else {
      let name = JSON.string(order.job.entrypoint).text
      throw Failure(.data, "the code \(order.code) holds no file \(name)")
    }
    if order.job.interpreter == nil { unsafe chmod(path.string, 0o755) }
  }

  private func start(_ command: SandboxedCommand) -> TraceStart {
    let limits = command.limits
    return TraceStart(
      date: world.now(), argv: command.arguments,
      environment: order.job.env.members.map(\.name),
      limits: [
        ("memory", limits.memory), ("processes", limits.processes), ("filesize", limits.fileSize),
        ("disk", limits.disk), ("output", limits.output), ("timeout", order.job.timeout),
      ],
      sandbox: executor.kind.rawValue, code: order.code.description,
      specification: order.specification.description)
  }
}
