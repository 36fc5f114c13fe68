import Commands
import IPFS
import IPFSClients
import Marketplace
import Records

extension PinAdd {
  /// The pin that an operand asks for, with all that it needs here; that stays as long as the batch.
  func pin(
    _ operand: String, from sources: Sources, _ batch: Batch,
    _ count: ProgressCount, in world: World
  ) async throws(Failure) -> Pin {
    let mode: Pin.Mode = recursive ?? true ? .recursive : .direct
    do throws(Failure) {
      let pin = Pin(
        try PinVerbs.cid(operand, in: sources.repository), mode: mode, name: name)
      try Self.check(pin, batch, in: world)
      return pin
    } catch {
      // What is damaged here is fetched again, and whole from then on.
      guard error.status == .missingInput || error.code == "corrupt-block",
        !sources.providers.isEmpty
      else { throw error }
    }
    let path = try Content.path(operand)
    let cid = try await sources.read(path, mode == .recursive ? .all : .block) {
      (source) throws(Failure) in
      let cid = try Content(operand, in: source).cid
      // Before the rest comes: a sweep beside this may otherwise take what came first.
      do throws(PinError) { try batch.hold(Pin(cid, mode: mode)) } catch { throw Failure(error) }
      if mode == .recursive {
        try Self.fetch(below: cid, from: source, count, in: world)
      } else {
        do throws(RepositoryError) {
          count.count(bytes: try source.block(cid).count, items: 1)
        } catch { throw Failure(error) }
      }
      return cid
    }
    let pin = Pin(cid, mode: mode, name: name)
    try Self.check(pin, batch, in: world)
    return pin
  }

  private static func check(_ pin: Pin, _ batch: Batch, in world: World) throws(Failure) {
    do throws(PinError) {
      try batch.check(pin, isCancelled: { world.interruption.isRequested })
    } catch { throw Failure(error) }
  }

  /// Visits every block below a root, which a source fetches for that.
  private static func fetch(
    below root: CID, from source: any BlockSource, _ count: ProgressCount, in world: World
  ) throws(Failure) {
    var walk = DAGWalk([root], in: source, limit: .max, linkLimit: .max, followsCBOR: true)
    do throws(ReadError) {
      while let step = try walk.next() {
        count.count(bytes: step.length, items: 1)
        if world.interruption.isRequested { throw .cancelled }
      }
    } catch .unsupportedCodec(let cid) {
      throw Failure(PinError.unreadLinks(root, of: cid))
    } catch {
      throw Failure(error)
    }
  }
}
