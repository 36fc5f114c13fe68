internal import Hashing
internal import IPFS

/// A CID that is read, from text or from bytes, is written back as the same, and in every base names the same block.
func checkCIDProperties(_ bytes: [UInt8]) {
  if let cid = try? CID(bytes: bytes) {
    precondition(cid.bytes == bytes, "a CID that is read and written is other bytes")
    checkForms(of: cid)
  }
  let text = String(decoding: bytes, as: UTF8.self)
  _ = try? ContentPath(parsing: text)
  guard let cid = try? CID(parsing: text) else { return }
  let base = text.first.flatMap(Multibase.init(rawValue:)) ?? .base58btc
  precondition(cid.text(in: base) == text, "a CID that is read and written is another text")
  checkForms(of: cid)
}

private func checkForms(of cid: CID) {
  precondition(cid.byteCount == cid.bytes.count, "another length than is told")
  precondition((try? CID(bytes: cid.bytes)) == cid, "a CID's own bytes are another's")
  for base in Multibase.allCases {
    let read = try? CID(parsing: cid.text(in: base))
    precondition(read == cid, "a CID's own text is another's")
  }
  precondition((cid.v0 ?? cid).v1.digest == cid.digest, "a version changes the digest")
  if let inline = cid.inlineBlock {
    precondition(cid.matches(inline) == true, "what lies in a CID is not what it names")
  }
  precondition((cid.matches([1, 2, 3]) != nil) == cid.isProvable, "what is proved, and what not")
}

/// An archive is read alike in one piece and in many; each block is what its CID names, and all of version 1 is accounted for.
func checkCARProperties(_ bytes: [UInt8]) {
  let limits = {
    var limits = CARReader.Limits(bytes: 1 << 20)
    limits.allowsNoRoots = true
    return limits
  }()
  let whole = read(bytes, in: bytes.count, limits)
  let pieces = read(bytes, in: 7, limits)
  precondition(whole.blocks == pieces.blocks, "other blocks in pieces")
  precondition(whole.error == pieces.error, "another error in pieces")
  var sections: [UInt8] = []
  for pair in whole.blocks {
    let (cid, block) = (pair.cid, pair.block)
    precondition(cid.matches(block) == true, "a block that nobody has proved")
    sections += Varint.encode(UInt64(cid.byteCount + block.count)) + cid.bytes + block
  }
  guard whole.error == nil, whole.version == 1 else { return }
  precondition(bytes.suffix(sections.count) == sections[...], "a block that is not in the archive")
  let length = bytes.count - sections.count
  var header = 0
  let declared = try? Varint.read(bytes, at: &header)
  precondition(declared == UInt64(length - header), "something between header and blocks")
}

private struct Outcome {
  var blocks: [Pair] = []
  var version: Int?
  var error: CARError?

  struct Pair: Equatable {
    var cid: CID
    var block: [UInt8]
  }
}

private func read(_ bytes: [UInt8], in length: Int, _ limits: CARReader.Limits) -> Outcome {
  var outcome = Outcome()
  var stream = CARStream(limits: limits)
  do throws(CARError) {
    for start in stride(from: 0, to: bytes.count, by: max(1, length)) {
      let piece = Array(bytes[start..<min(bytes.count, start + length)])
      try stream.feed(piece) { (cid, block) in
        let bytes = unsafe block.withUnsafeBytes { unsafe Array($0) }
        outcome.blocks.append(.init(cid: cid, block: bytes))
      }
    }
    try stream.finish()
  } catch {
    outcome.error = error
  }
  outcome.version = stream.version
  return outcome
}
