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
  let folders: UserFolders
  let world: World

  /// Fetches, runs, stores; a failure leaves no folder behind.
  func perform() throws(Failure) -> JSONObject {
    let repository = try Self.repository(folders)
    let runs = folders.state.appending("runs")
    let folder = runs.appending("\(order.job.id)-\(Files.randomName())")
    do throws(FileError) { try Files.makeDirectories(folder) } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    do throws(Failure) {
      let staging: Staging
      do throws(SandboxError) { staging = try Staging(below: runs) } catch {
        throw Failure(error)
      }
      return try perform(in: folder, staging, repository)
    } catch {
      try? Files.removeTree(folder)
      throw error
    }
  }

  static func repository(_ folders: UserFolders) throws(Failure) -> Repository {
    do throws(RepositoryError) {
      return try Repository(at: folders.data.appending("ipfs"))
    } catch {
      throw Failure(error)
    }
  }

  private func perform(
    in folder: FilePath, _ staging: Staging, _ repository: Repository
  ) throws(Failure) -> JSONObject {
    let command = try fetch(into: staging, from: repository)
    let path = folder.appending("trace.jsonl.zst")
    let log = try RunLog(
      writingTo: path, start: start(command),
      keeping: order.keepsStandardOutput ? staging.path.appending("stdout") : nil)
    let cancellation = Cancellation(whenReadable: world.interruption.descriptor)
    let run: FinishedRun
    do throws(SandboxError) {
      run = try executor.run(command, in: staging, until: cancellation, onEvent: log.hear)
    } catch {
      if world.interruption.isRequested { throw Self.interrupted }
      throw Failure(error)
    }
    if run.outcome.isCancelled { throw Self.interrupted }
    var ending = Ending(run.outcome)
    let outputs = try store(run, of: command, staging, repository, &ending)
    let logs = try log.finish(ending, limit: command.limits.output)
    try log.finish(outputs: outputs)
    world.detail("job \(order.job.id): \(ending.status), held by \(log.enforcement)")
    return ending.result(outputs: outputs, logs: logs, trace: path)
  }

  private static let interrupted = Failure(
    .temporary, "interrupted; the job was ended", code: "interrupted", isRetryable: true)

  /// Lays out the job's files and inputs, each block checked against its CID.
  private func fetch(
    into staging: Staging, from repository: Repository
  ) throws(Failure) -> SandboxedCommand {
    let limits = order.limits
    let reader = ContentReader(repository)
    let files = staging.path.appending("files")
    let interruption = world.interruption
    let bounds = MaterialiseLimits(
      bytes: UInt64(limits.disk), entries: 100_000, depth: 60, isSynced: false,
      isCancelled: { interruption.isRequested })
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
