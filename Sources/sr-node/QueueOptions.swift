import ArgumentParser
import Commands
import NodeEngine
import Records

#if canImport(Glibc)
  import Glibc
#endif

/// The options of `serve` that bound what the node takes on and keeps.
struct QueueOptions: ParsableArguments {
  @Option(name: [.short, .long], help: "Run up to <n> jobs at once; by default one for each core.")
  var jobs: Int?

  @Option(help: "Let up to <n> jobs wait.")
  var maxQueued = 10_000

  @Option(help: "Keep finished jobs for <time>: results, logs, proofs.")
  var keep = "7d"

  @Option(help: "Take nothing more once content and logs hold <size>.")
  var maxDisk: String?

  @Option(help: "Take nothing more where less than <size> of the disk is free.")
  var minFree = "1GiB"

  @Option(help: "Let running jobs go on for <time> when the node is to stop.")
  var drainTimeout = "60s"

  func validate() throws {
    guard (1...1024).contains(jobs ?? 1) else { throw ValidationError("--jobs takes 1 to 1024") }
    guard (1...1_000_000).contains(maxQueued) else {
      throw ValidationError("--max-queued takes 1 to 1000000")
    }
    _ = try Bounds.seconds(keep, "--keep")
    _ = try Bounds.seconds(drainTimeout, "--drain-timeout")
    _ = try Bounds.bytes(minFree, "--min-free")
    _ = try maxDisk.map { try Bounds.bytes($0, "--max-disk") }
  }

  /// The engine's options, for a worker of this program.
  func options(in node: NodeFolder, worker: WorkerProgram) throws(Failure) -> EngineOptions {
    let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
    var options = EngineOptions(in: node, concurrency: jobs ?? cores, worker: worker)
    options.maxQueued = maxQueued
    do {
      options.keep = try Bounds.seconds(keep, "--keep")
      options.drainTimeout = try Bounds.seconds(drainTimeout, "--drain-timeout")
      options.minFree = try Bounds.bytes(minFree, "--min-free")
      options.maxDisk = try maxDisk.map { try Bounds.bytes($0, "--max-disk") }
    } catch {
      throw Failure(.usage, "\(error)")
    }
    options.check = { record throws(Failure) in _ = try JobOrder(record) }
    return options
  }
}
