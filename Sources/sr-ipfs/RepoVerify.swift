import ArgumentParser
import Commands
import IPFS
import Marketplace
import Records

/// `sr-ipfs repo verify`: every block is hashed.
struct RepoVerify: Command {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Hash every block; name those that are damaged.",
    discussion: """
      A damaged block that is added, imported or fetched again is whole from then on.
      """)
  static let verb = "repo verify"

  @OptionGroup var progress: ProgressOptions
  @OptionGroup var common: CommonOptions

  func run(in world: World) throws(Failure) -> Failure.Status {
    let progress = try progress.begin(Self.verb, in: world)
    defer { progress.finish() }
    let repository = try Content.repository(in: world)
    return try progress.following(Record([:])) { (count) throws(Failure) in
      count.expect { (try? repository.statistics())?.bytes }
      return try verify(repository, count, in: progress.world)
    }
  }

  private func verify(
    _ repository: Repository, _ count: ProgressCount, in world: World
  ) throws(Failure) -> Failure.Status {
    var lines = Lines(in: world)
    var refused: Failure?
    let found: Repository.Verification
    do throws(SweepError) {
      found = try repository.verify(
        isCancelled: { world.interruption.isRequested },
        counting: { bytes, records in count.count(bytes: bytes, items: records) },
        flawed: { (flaw) throws(SweepError) in
          do throws(Failure) {
            var record = Record([:])
            if let cid = flaw.cid { record = record.setting("cid", to: .string("\(cid)")) }
            try lines.write(
              record.setting("pack", to: .string("\(flaw.pack)"))
                .setting("offset", to: .integer(flaw.offset)))
            try lines.flush()
          } catch {
            // Standard output is gone.
            refused = error
            throw .cancelled
          }
        })
    } catch {
      throw refused ?? Failure(error)
    }
    var status = found.damaged == 0 ? Failure.Status.done : .answerNo
    do throws(PinError) {
      if let damage = try repository.pins.all().damage { throw damage }
    } catch {
      let failure = Failure(error)
      world.report(failure)
      if status == .done { status = failure.status }
    }
    try lines.write(
      Record([
        "verify": [
          "blocks": .integer(found.blocks), "bytes": .integer(found.bytes),
          "damaged": .integer(found.damaged), "mended": .integer(found.mended),
          "packs": .integer(found.packs),
        ]
      ]))
    try lines.flush()
    return status
  }
}
