internal import IPFS

extension ContentReader {
  /// Visits every file below a folder with its path, its CID and its length, as the blocks themselves tell.
  ///
  /// Throws for anything that no output can be: a link, a name that is no text, or more than `limit` files and folders, which a
  /// few blocks that lead to each other can stand for.
  func visitFiles(
    of folder: CID, limit: Int, _ visit: (String, CID, UInt64) throws(ReadError) -> Void
  ) throws(ReadError) {
    var waiting: [(path: String, cid: CID, depth: Int)] = [("", folder, 0)]
    var seen = 1
    while let next = waiting.popLast() {
      if Task.isCancelled { throw .cancelled }
      switch try node(next.cid) {
      case .file(let size): try visit(next.path, next.cid, size)
      case .symlink: throw .notFile(next.cid)
      case .directory(var entries):
        guard next.depth <= Self.maximumDepth else { throw .overLimit(.depth(Self.maximumDepth)) }
        while let entry = try entries.next() {
          seen += 1
          guard seen <= limit else { throw .overLimit(.entries(limit)) }
          guard let name = String(validating: entry.name, as: UTF8.self) else {
            throw .badName(next.cid, String(decoding: entry.name, as: UTF8.self))
          }
          let path = next.path.isEmpty ? name : "\(next.path)/\(name)"
          waiting.append((path, entry.cid, next.depth + 1))
        }
      }
    }
  }
}
