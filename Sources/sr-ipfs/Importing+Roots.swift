import Commands
import IPFS
import Marketplace
import Records

extension Importing {
  /// How much a root leads to, and whether all of it is in the repository now.
  func survey(_ root: CID) throws(Failure) -> Content {
    var content = Content()
    var walk = DAGWalk([root], in: repository, limit: .max, linkLimit: .max, followsCBOR: true)
    while true {
      if interruption.isRequested { throw .interrupted }
      do throws(ReadError) {
        guard let step = try walk.next() else { return content }
        guard step.cid.inlineBlock == nil else { continue }
        content.blocks += 1
        content.bytes += UInt64(step.length)
      } catch .repository(.notFound(let cid)) {
        content.missing = content.missing ?? "no block \(cid)"
      } catch .unsupportedCodec(let cid) {
        content.missing =
          content.missing ?? "the links of \(cid), of \(cid.codec), are not read here"
      } catch {
        throw Failure(error)
      }
    }
  }

  /// Pins the roots that are all here.
  ///
  /// Each is gone through once more from the batch's side: a part that was here before is safe from a sweep only from then on.
  func pin(_ roots: [CID], recordsOf records: [Record]) throws(Failure) {
    var pins: [Pin] = []
    for (root, record) in zip(roots, records) where record.has("pin") {
      pins.append(Pin(root))
    }
    guard !pins.isEmpty else { return }
    do throws(PinError) {
      for pin in pins { try batch.check(pin, isCancelled: { interruption.isRequested }) }
      try batch.pin(pins)
    } catch { throw Failure(error) }
  }
}
