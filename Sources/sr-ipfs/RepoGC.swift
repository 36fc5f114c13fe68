import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// `sr-ipfs repo gc`: what is not pinned goes.
struct RepoGC: Command {
  static let configuration = CommandConfiguration(
    commandName: "gc", abstract: "Remove what is not pinned.",
    discussion: """
      What another process is adding or pinning at the same time stays.

      $ sr-ipfs repo gc --dry-run
      """)
  static let verb = "repo gc"

  @Flag(help: "Tell what would go; remove nothing.")
  var dryRun = false

  @OptionGroup var progress: ProgressOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let repository = try Content.repository(in: world, access: dryRun ? .readOnly : .readWrite)
    return try progress.following(Record([:])) { (count) throws(Failure) in
      try sweep(repository, count, in: progress.world)
    }
  }

  private func sweep(
    _ repository: Repository, _ count: ProgressCount, in world: World
  ) throws(Failure) -> Failure.Status {
    var losses: [Record] = []
    let sweep: Repository.Sweep
    do throws(SweepError) {
      sweep = try repository.sweep(
        dryRun: dryRun, isCancelled: { world.interruption.isRequested },
        counting: { bytes, blocks in count.count(bytes: bytes, items: blocks) },
        losing: { loss in
          let failure = Self.failure(of: loss)
          world.report(failure)
          // Named on stderr all of them; so many that they could fill memory are no records.
          guard losses.count < 10_000 else { return }
          losses.append(
            Record([
              "cid": .string("\(loss.root)"), "missing": .string("\(loss.cid)"),
              "error": Self.reason(of: loss).member(tool: world.tool, verb: Self.verb),
            ]))
        })
    } catch { throw Failure(error) }
    var lines = Lines(in: world)
    for loss in losses { try lines.write(loss) }
    try lines.write(
      Record([
        "gc": [
          "removed": .integer(sweep.removed), "freed": .integer(sweep.freed),
          "kept": .integer(sweep.kept), "left": .integer(sweep.left),
          "packs": .integer(sweep.packs), "incomplete": .integer(sweep.incomplete),
          "dryRun": .bool(dryRun),
        ]
      ]))
    try lines.flush()
    return sweep.incomplete == 0 ? .done : .answerNo
  }

  /// What people are told.
  private static func failure(of loss: Repository.Loss) -> Failure {
    let reason = reason(of: loss)
    guard reason.code == "unread-links" else {
      return Failure(
        reason.status, "pin \(loss.root) is incomplete: \(loss.error)", code: "incomplete-pin")
    }
    return reason
  }

  /// What the record says.
  private static func reason(of loss: Repository.Loss) -> Failure {
    guard case .unsupportedCodec(let cid) = loss.error else { return Failure(loss.error) }
    return Failure(PinError.unreadLinks(loss.root, of: cid))
  }
}
