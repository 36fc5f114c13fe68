internal import Files

extension ContentReader {
  /// Reads all that `materialise` would write, under the same limits, and writes nothing; gives the number of bytes of content.
  ///
  /// What comes through here can be written: every block is proved, every size is true, no link leads out.
  public func survey(
    _ cid: CID, limits: MaterialiseLimits = MaterialiseLimits()
  ) throws(ReadError) -> UInt64 {
    var survey = Survey(reader: self, limits: limits)
    try survey.visit(cid, named: [], depth: 0)
    return survey.bytes
  }
}

private struct Survey {
  let reader: ContentReader
  let limits: MaterialiseLimits
  var bytes: UInt64 = 0
  var entries = 0

  mutating func visit(_ cid: CID, named name: [UInt8], depth: Int) throws(ReadError) {
    guard !limits.isCancelled() else { throw .cancelled }
    entries += 1
    guard entries <= limits.entries else { throw .overLimit(.entries(limits.entries)) }
    guard depth <= limits.depth else { throw .overLimit(.depth(limits.depth)) }
    switch try reader.node(cid) {
    case .file: try read(cid)
    case .directory(var entries):
      while let entry = try entries.next() {
        entries.park()
        try visit(entry.cid, named: entry.name, depth: depth + 1)
      }
    case .symlink(let target):
      guard
        limits.allowsOutsideLinks || Files.staysInside(linkTarget: target, depth: max(0, depth - 1))
      else {
        throw .linkLeadsOut(
          String(decoding: name, as: UTF8.self), target: String(decoding: target, as: UTF8.self))
      }
    }
  }

  private mutating func read(_ cid: CID) throws(ReadError) {
    do throws(ReadError) {
      bytes += try reader.read(cid, limit: limits.bytes - bytes) { (_) throws(ReadError) in
        guard !limits.isCancelled() else { throw .cancelled }
      }
    } catch .overLimit(.bytes) {
      throw .overLimit(.bytes(limits.bytes))
    }
  }
}
