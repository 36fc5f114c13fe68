internal import Hashing
internal import IPFS
internal import Synchronization

/// A node that is read is written as a block that says the same, and that block no longer changes.
func checkDAGPBProperties(_ bytes: [UInt8]) {
  guard let node = try? DAGNode(parsing: bytes) else { return }
  let written = node.bytes
  guard let again = try? DAGNode(parsing: written) else { fatalError("own output is refused") }
  precondition(again.bytes == written, "writing is not stable")
  precondition(again.data == node.data, "other data")
  precondition(again.links.count == node.links.count, "other links")
  for link in node.links { precondition(again.links.contains(link), "a link is lost") }
}

/// UnixFS data that is read is written as data that says the same.
func checkUnixFSProperties(_ bytes: [UInt8]) {
  guard let data = try? UnixFSData(parsing: bytes) else { return }
  let written = data.bytes
  guard let again = try? UnixFSData(parsing: written) else { fatalError("own output is refused") }
  precondition(again == data, "data changed on its way through bytes")
  precondition(again.bytes == written, "writing is not stable")
}

/// Whatever blocks a directory or a file is made of, readers of it end, in an error or not, within the blocks that they asked for.
///
/// The input is blocks, each behind its length in two bytes; the first is the root, and the others stand for whatever it leads to: so
/// that the fuzzer need find no hashes.
func checkHAMTProperties(_ bytes: [UInt8]) {
  let blocks = FuzzBlocks(bytes)
  guard let first = blocks.blocks.first else { return }
  let root = CID(hashing: first, codec: .dagPB)
  blocks.root = root
  let reader = ContentReader(blocks)
  if case .directory(var entries)? = try? reader.node(root) {
    var last: [UInt8] = []
    for _ in 0..<500 {
      guard let entry = try? entries.next() else { break }
      precondition(!entry.name.isEmpty && !entry.name.contains(UInt8(ascii: "/")), "a bad name")
      last = entry.name
    }
    _ = try? reader.resolve(ContentPath(root, names: [last]))
    _ = try? reader.resolve(ContentPath(root, names: [Array("a".utf8), last]))
    walk(DAGPart(ContentPath(root, names: [last]), scope: .entity), blocks)
  }
  if var cursor = try? FileCursor(root, in: blocks) {
    cursor.narrow(to: 3..<9)
    for _ in 0..<500 { guard (try? cursor.next()) != nil else { break } }
  }
  for scope in DAGPart.Scope.allCases { walk(DAGPart(ContentPath(root), scope: scope), blocks) }
  let bytes = DAGPart.Bytes(from: -5, to: -2)
  walk(DAGPart(ContentPath(root), scope: .entity, bytes: bytes), blocks)
}

private func walk(_ part: DAGPart, _ blocks: FuzzBlocks) {
  var walk = PartWalk(part, limit: 500, linkLimit: 5000)
  var count = 0
  while (try? walk.next(from: blocks)) != nil { count += 1 }
  precondition(count <= 500, "more blocks than the limit")
}

/// A source that has a block for every CID, and for each the same one.
private final class FuzzBlocks: BlockSource {
  let blocks: [[UInt8]]
  private let rootCID = Mutex<CID?>(nil)

  var root: CID? {
    get { rootCID.withLock { $0 } }
    set { rootCID.withLock { $0 = newValue } }
  }

  init(_ bytes: [UInt8]) {
    var blocks: [[UInt8]] = []
    var rest = bytes[...]
    while rest.count >= 2, blocks.count < 64 {
      let length = Int(rest[rest.startIndex]) | Int(rest[rest.startIndex + 1]) << 8
      rest = rest.dropFirst(2)
      blocks.append(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    self.blocks = blocks
  }

  func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    if cid == root { return blocks[0] }
    guard blocks.count > 1 else { throw .notFound(cid) }
    return blocks[1 + Int(cid.digest.last ?? 0) % (blocks.count - 1)]
  }
}
