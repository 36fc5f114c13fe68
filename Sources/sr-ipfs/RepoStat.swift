import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// `sr-ipfs repo stat`: how large the repository is.
struct RepoStat: Command {
  static let configuration = CommandConfiguration(
    commandName: "stat", abstract: "Tell how large the repository is.")
  static let verb = "repo stat"

  @Flag(help: "Tell, too, what a sweep would give back; takes as long as repo gc --dry-run.")
  var reclaimable = false

  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let repository = try Content.repository(in: world, access: .readOnly)
    let found: Repository.Statistics
    do throws(PinError) { found = try repository.statistics() } catch { throw Failure(error) }
    var members: JSONObject = [
      "path": .string("\(repository.path)"), "format": .integer(found.format),
      "blocks": .integer(found.blocks), "bytes": .integer(found.bytes),
      "packs": .integer(found.packs), "segments": .integer(found.segments),
      "indexBytes": .integer(found.indexBytes),
      "pins": [
        "recursive": .integer(found.recursivePins), "direct": .integer(found.directPins),
      ],
      "damaged": .integer(found.damaged),
    ]
    if reclaimable {
      do throws(SweepError) {
        let sweep = try repository.sweep(
          dryRun: true, isCancelled: { world.interruption.isRequested }, losing: { _ in })
        members["reclaimable"] = .integer(sweep.freed)
      } catch { throw Failure(error) }
    }
    var lines = Lines(in: world)
    try lines.write(Record(["repo": .object(members)]))
    try lines.flush()
    return .done
  }
}
