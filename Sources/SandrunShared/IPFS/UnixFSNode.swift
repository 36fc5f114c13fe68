/// One node of a file or a directory: a block, taken apart as UnixFS.
struct UnixFSNode {
  var cid: CID
  var links: [DAGNode.Link]
  var data: UnixFSData
  /// The length of the block.
  var byteCount: Int

  /// Takes a block apart; `bytes` were proved to be those that the CID names.
  init(_ cid: CID, _ bytes: [UInt8]) throws(ReadError) {
    self.cid = cid
    byteCount = bytes.count
    switch cid.codec {
    case .raw:
      links = []
      data = UnixFSData(.raw, data: bytes, fileSize: UInt64(bytes.count))
    case .dagPB:
      do throws(BlockError) {
        let node = try DAGNode(parsing: bytes)
        guard let data = node.data else { throw .noData }
        links = node.links
        self.data = try UnixFSData(parsing: data)
      } catch {
        throw .malformed(cid, error)
      }
    default:
      throw .unsupportedCodec(cid)
    }
  }

  var isFile: Bool { data.kind == .file || data.kind == .raw }
  var isDirectory: Bool { data.kind == .directory || data.kind == .hamtShard }

  /// The bytes of content in and below this node, as it says; it must say the same in each place.
  func contentSize() throws(ReadError) -> UInt64 {
    guard links.count == data.blockSizes.count else { throw .wrongSize(cid) }
    var total = UInt64(data.data?.count ?? 0)
    for size in data.blockSizes {
      let (sum, overflow) = total.addingReportingOverflow(size)
      // A piece of nothing costs a read and brings no byte nearer to the end: a DAG of them would never end.
      guard size > 0, !overflow, sum < 1 << 63 else { throw .wrongSize(cid) }
      total = sum
    }
    guard data.fileSize ?? total == total else { throw .wrongSize(cid) }
    return total
  }

  /// Refuses a directory of one block with a name that can be none, or that comes twice.
  func checkNames() throws(ReadError) {
    var names: Set<[UInt8]> = []
    names.reserveCapacity(links.count)
    for link in links {
      let name = link.name ?? []
      guard DirectoryName.isValid(name), names.insert(name).inserted else {
        throw .badName(cid, DirectoryName.text(name))
      }
    }
  }
}

extension DirectoryName {
  /// A name for a message, which a name of megabytes must not fill.
  static func text(_ name: [UInt8]) -> String {
    let shown = String(decoding: name.prefix(255), as: UTF8.self)
    return name.count > 255 ? "\(shown)…" : shown
  }
}
