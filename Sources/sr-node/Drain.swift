import ArgumentParser
import Commands
import Files
import NodeEngine
import Records
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

struct Drain: Command {
  static let configuration = CommandConfiguration(
    abstract: "Let the node on this machine finish what it has, and end.",
    discussion: """
      $ sr-node drain --timeout 1h
      The node takes no job any more; those that it has run to their ends, the waiting ones too.
      """)

  @Flag(
    name: .customLong("async"), help: "Return as soon as the node takes nothing any more.")
  var returnsAtOnce = false

  @Option(help: "Wait for the end for <time> at most; the node goes on to it by itself.")
  var timeout: String?

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try timeout.map { try Bounds.seconds($0, "--timeout") }
  }

  func run(in world: World) throws(Failure) -> Failure.Status {
    let folder = try world.folders.state.appending("serve")
    var call: ControlCall
    do throws(ControlError) { call = try ControlCall(drain: folder) } catch {
      throw Failure(error, folder)
    }
    let limit = timeout.flatMap { try? Bounds.seconds($0, "--timeout") }
    let end = limit.map { ContinuousClock.now + $0 }
    var told: (queued: Int, running: Int)?
    while true {
      let rest = end.map { max(0, ($0 - ContinuousClock.now) / .seconds(1)) } ?? 60
      switch call.next(within: min(rest, 60), unless: world.interruption.descriptor) {
      case .answer(.draining(let queued, let running)):
        told = (queued, running)
        if returnsAtOnce { return try write("draining", told, in: world) }
        world.detail("\(queued) jobs wait and \(running) run")
      case .answer(.ended(let isFinished)):
        try awaitRelease(of: folder, in: world)
        guard isFinished else {
          throw Failure(
            .temporary, "the node was stopped before its jobs were over", code: "stopped",
            hint: "they wait for its next start")
        }
        return try write("ended", nil, in: world)
      case .answer(.refused(let reason)):
        throw Failure(.protocolViolation, "the node refuses: \(reason)")
      case .nonsense: throw Failure(.protocolViolation, "the node's answer is malformed")
      case .end:
        throw Failure(
          .temporary, "the node went down before its jobs were over", code: "stopped",
          hint: "they wait for its next start")
      case .silence:
        guard let end, ContinuousClock.now >= end else { continue }
        let (queued, running) = told ?? (0, 0)
        throw Failure(
          .temporary,
          told == nil
            ? "the node does not answer"
            : "the node has not ended in time: \(queued) jobs wait and \(running) run",
          code: "timeout", hint: "it goes on; 'sr-node drain' again waits again")
      case .interrupted:
        throw Failure(
          .temporary, "interrupted; the node goes on to its end", code: "interrupted")
      }
    }
  }

  /// Waits until the process is gone, so that the next one can have the folder.
  private func awaitRelease(of folder: FilePath, in world: World) throws(Failure) {
    for _ in 0..<1200 where ControlCall.isTaken(folder) {
      if world.interruption.isRequested { return }
      usleep(50_000)
    }
  }

  private func write(
    _ status: String, _ jobs: (queued: Int, running: Int)?, in world: World
  ) throws(Failure) -> Failure.Status {
    var node: JSONObject = ["status": .string(status)]
    if let jobs {
      node["jobs"] = ["queued": .integer(jobs.queued), "running": .integer(jobs.running)]
    }
    try world.write(Record(["node": .object(node)]))
    return .done
  }
}

extension Failure {
  /// What a tool says where the node on this machine cannot be spoken to.
  init(_ error: ControlError, _ folder: FilePath) {
    switch error {
    case .noNode:
      self.init(
        .missingInput, "no node runs in \(folder)", code: "no-node",
        hint: "a node is told to end by the user who started it, with the same XDG_STATE_HOME")
    case .notReady:
      self.init(
        .temporary, "the node in \(folder) is starting, or about to end", code: "not-ready")
    case .notAllowed: self.init(.permission, "\(folder) is another user's")
    case .failed(let reason): self.init(.io, "cannot speak to the node in \(folder): \(reason)")
    }
  }
}
