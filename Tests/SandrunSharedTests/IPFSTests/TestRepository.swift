import Files
import Hashing
import SystemPackage
import TestSupport

@testable import IPFS

/// A repository of a test's own, with small blocks that are known by names.
struct TestRepository {
  let scratch: Scratch
  let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
  }

  /// Opened anew, as another process would.
  func opened() throws -> Repository { try Repository(at: path) }

  func pack(_ number: UInt32) -> FilePath {
    path.appending("packs").appending(Pack.name(number))
  }

  static func bytes(_ name: String, count: Int = 500) -> [UInt8] {
    Array("\(name) ".utf8) + [UInt8](repeating: 7, count: count)
  }

  static func raw(_ name: String) -> CID { CID(hashing: bytes(name), codec: .raw) }

  /// The CID of a block by its SHA-512.
  static func named(_ name: String) throws -> CID {
    try CID(bytes: [1, 0x55, 0x13, 64] + SHA512.hash(bytes(name)))
  }

  func put(_ names: [String]) throws {
    let batch = try opened().batch()
    for name in names { try Self.put(Self.bytes(name), as: Self.raw(name), into: batch) }
    try batch.commit()
    batch.close()
  }

  static func put(_ bytes: [UInt8], as cid: CID, into batch: Batch) throws {
    try unsafe batch.put(bytes.span.bytes, of: cid)
  }

  /// A node with links to blocks.
  static func node(over cids: [CID]) -> (cid: CID, bytes: [UInt8]) {
    let links = cids.map { DAGNode.Link($0, name: [], cumulativeSize: 1) }
    let bytes = DAGNode(links: links, data: [8, 1]).bytes
    return (CID(hashing: bytes, codec: .dagPB), bytes)
  }

  func sweep(
    losing tell: (Repository.Loss) -> Void = { _ in }, isCancelled: () -> Bool = { false }
  ) throws -> Repository.Sweep {
    try opened().sweep(isCancelled: isCancelled, losing: tell)
  }

  func clearIndex() throws {
    let index = path.appending("index")
    for name in try Files.list(index) where name.extension == "seg" {
      try Files.removeTree(index.appending(name))
    }
  }

  /// Changes bytes of a file in place.
  func edit(_ file: FilePath, _ body: (inout [UInt8]) -> Void) throws {
    var bytes = try Files.read(file)
    body(&bytes)
    try Files.writeAtomically(bytes, to: file)
  }
}
