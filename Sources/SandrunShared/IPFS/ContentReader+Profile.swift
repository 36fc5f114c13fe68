extension ContentReader {
  /// The profile that made a file or a directory, as far as its first block tells; nil where it is none's, or where more than one could.
  public func profile(of cid: CID) throws(ReadError) -> ImportOptions.Profile? {
    let node = try unixFSNode(cid)
    let fitting = ImportOptions.Profile.allCases.filter { node.fits(ImportOptions($0)) }
    return fitting.count == 1 ? fitting.first : nil
  }

  /// How many places each shard of a directory has; nil where it lies in one block, or is none.
  public func fanout(of cid: CID) throws(ReadError) -> Int? {
    let node = try unixFSNode(cid)
    guard node.data.kind == .hamtShard else { return nil }
    return 1 << (try ShardPlace(root: node)).bits
  }

  /// The bytes of a node's own block, and of its whole DAG as the links of that block declare: nobody proved that yet.
  ///
  /// Nil where a link declares nothing, as in DAG-CBOR.
  public func sizes(of cid: CID) throws(ReadError) -> (block: Int, declared: UInt64?) {
    guard cid.codec == .dagPB else {
      do {
        let length = try source.length(of: cid)
        return (length, cid.codec == .raw ? UInt64(length) : nil)
      } catch { throw .repository(error) }
    }
    let node = try unixFSNode(cid)
    var total: UInt64? = UInt64(node.byteCount)
    for link in node.links {
      guard let before = total, let size = link.cumulativeSize else {
        total = nil
        break
      }
      let (sum, overflow) = before.addingReportingOverflow(size)
      total = overflow ? .max : sum
    }
    return (node.byteCount, total)
  }
}

extension UnixFSNode {
  /// Whether an import with these options makes such a block.
  fileprivate func fits(_ options: ImportOptions) -> Bool {
    if cid.codec == .raw {
      return options.rawLeaves && byteCount <= options.chunker.maximumLength
    }
    guard cid.version == options.cidVersion else { return false }
    guard isFile else { return true }
    guard !links.isEmpty else {
      return !options.rawLeaves && (data.data?.count ?? 0) <= options.chunker.maximumLength
    }
    // All but the last piece are full subtrees: chunks, or as many of those as a node has links, or …
    guard links.count <= options.maximumFileLinks, var piece = data.blockSizes.first,
      data.data == nil
    else { return false }
    let isLeaf = piece <= UInt64(options.chunker.maximumLength)
    guard !isLeaf || (links.first?.cid.codec == .raw) == options.rawLeaves else { return false }
    let chunk = UInt64(options.chunker.maximumLength)
    let width = UInt64(options.maximumFileLinks)
    while piece > chunk, piece % width == 0 { piece /= width }
    return piece == chunk
  }
}
