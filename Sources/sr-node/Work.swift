import ArgumentParser
import Commands
import Dispatch
import Files
import NodeEngine
import Records
import Sandbox
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// What `serve` starts to run jobs: it holds no key, and ends when its standard input does.
struct Work: Command {
  static let configuration = CommandConfiguration(
    abstract: "Run the jobs that 'serve' hands in; for its own use.", shouldDisplay: false)

  @OptionGroup var confinement: ConfinementOptions

  @Option(help: "Where the files of runs wait for the sandbox.")
  var runs: String

  @OptionGroup var common: CommonOptions

  func run(in world: World) async throws(Failure) -> Failure.Status {
    // Its node tells it when to end; a signal to the whole group of processes is for the node.
    for number in [SIGINT, SIGTERM, SIGPIPE, SIGHUP] { signal(number, SIG_IGN) }
    _ = fcntl(3, F_SETFD, FD_CLOEXEC)
    let voice = WorkerVoice()
    let executor: Executor
    do throws(Failure) {
      executor = try confinement.executor(in: world)
      do throws(SandboxError) {
        try SandboxTrial.attempt(by: executor, below: FilePath(runs))
      } catch {
        throw Failure(error)
      }
    } catch {
      voice.say(.unable(error))
      return error.status
    }
    let worker = Worker(executor: executor, runs: FilePath(runs), voice: voice, world: world)
    voice.say(.ready)
    await withCheckedContinuation { continuation in
      // It waits for lines and for runs: on a thread of its own.
      DispatchQueue(label: "sandrun.worker").async {
        worker.serve()
        continuation.resume()
      }
    }
    return .done
  }
}
