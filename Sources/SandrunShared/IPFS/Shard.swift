internal import Hashing

/// Where a shard lies in a HAMT, and so what its block must be like (UnixFS specification, HAMT-sharded directories).
///
/// A name's place is told by its murmur3 hash, highest bits first, so many bits a level. Each link's name begins with its place in the
/// shard, in hexadecimal digits; a link of those alone leads to a shard below, any other is an entry.
///
/// As a name has one place only, no name can come twice; as no shard below the first is empty, a walk meets entries all the time, and
/// as each lies where its hash says, no shard can stand for many.
struct ShardPlace: Hashable {
  /// The number of the hash function in the multicodec table: `murmur3-x64-64`.
  static let hashType: UInt64 = 0x22

  /// The bits of the hash that one level takes.
  let bits: Int
  /// The bits of the hash that the levels above took, highest first, and how many they are.
  private var hash: UInt64 = 0
  private var depth = 0

  /// The place of the root of a HAMT, by what its block says.
  init(root node: UnixFSNode) throws(ReadError) {
    let fanout = node.data.fanout ?? 0
    guard (8...1024).contains(fanout), fanout.nonzeroBitCount == 1 else {
      throw .badShard(node.cid, .fanout(node.data.fanout))
    }
    bits = fanout.trailingZeroBitCount
  }

  private var fanout: Int { 1 << bits }
  /// How many digits a link's name begins with.
  var width: Int { (bits + 3) / 4 }

  /// The place of the shard that a link of this one leads to.
  func below(_ link: DAGNode.Link, of node: UnixFSNode) throws(ReadError) -> ShardPlace {
    guard depth + 2 * bits <= 64, let index = index(of: link) else {
      throw .badShard(node.cid, .tooDeep)
    }
    var place = self
    place.hash = hash << UInt64(bits) | UInt64(index)
    place.depth += bits
    return place
  }

  /// The link in whose place a name lies; nil where there is none.
  func link(for name: [UInt8], in node: UnixFSNode) -> DAGNode.Link? {
    let index = Int(truncatingIfNeeded: prefix(of: name) & UInt64(fanout - 1))
    return node.links.first { self.index(of: $0) == index }
  }

  /// The name that a link is the entry of; nil where it leads to a shard.
  func entryName(_ link: DAGNode.Link) -> [UInt8]? {
    guard let name = link.name, name.count > width else { return nil }
    return Array(name[width...])
  }

  /// Refuses a block that cannot lie here.
  func check(_ node: UnixFSNode) throws(ReadError) {
    guard node.data.kind == .hamtShard else { throw .badShard(node.cid, .notShard) }
    guard node.data.hashType == Self.hashType else {
      throw .badShard(node.cid, .hashFunction(node.data.hashType))
    }
    guard node.data.fanout == UInt64(fanout) else {
      throw .badShard(node.cid, .fanout(node.data.fanout))
    }
    guard depth == 0 || !node.links.isEmpty else { throw .badShard(node.cid, .empty) }
    let places = try self.places(node)
    guard places.count == node.links.count else { throw .badShard(node.cid, .bitfield) }
    for (link, place) in zip(node.links, places) {
      guard index(of: link) == place else {
        throw .badShard(node.cid, .prefix(DirectoryName.text(link.name ?? [])))
      }
      guard let name = entryName(link) else { continue }
      guard DirectoryName.isValid(name) else {
        throw .badName(node.cid, DirectoryName.text(name))
      }
      guard prefix(of: name) == hash << UInt64(bits) | UInt64(place) else {
        throw .badShard(node.cid, .misplaced(DirectoryName.text(name)))
      }
    }
  }

  /// The places that the bitfield says are taken, a number written big-endian.
  private func places(_ node: UnixFSNode) throws(ReadError) -> [Int] {
    let bitfield = node.data.data ?? []
    guard bitfield.count <= fanout / 8 else { throw .badShard(node.cid, .bitfield) }
    return bitfield.reversed().enumerated().flatMap { index, byte in
      (0..<8).filter { byte & 1 << UInt8($0) != 0 }.map { index * 8 + $0 }
    }
  }

  /// The bits of a name's hash down to this level.
  private func prefix(of name: [UInt8]) -> UInt64 {
    Murmur3.hash64(name) >> UInt64(64 - depth - bits)
  }

  /// The place that a link's name begins with, in digits as they must be.
  private func index(of link: DAGNode.Link) -> Int? {
    guard let name = link.name, name.count >= width else { return nil }
    var index = 0
    for byte in name.prefix(width) {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): index = index << 4 | Int(byte & 0xf)
      case UInt8(ascii: "A")...UInt8(ascii: "F"): index = index << 4 | Int(byte - 55)
      default: return nil
      }
    }
    return index
  }
}

/// Why a block is no shard of a directory, or not the one that must lie where it was found.
public enum ShardError: Error, Equatable, Sendable {
  /// What lies where a shard should is none.
  case notShard
  /// The fanout is no power of two from 8 to 1024, or another one than that of the shard above.
  case fanout(UInt64?)
  /// Names are spread by another hash function than murmur3-x64-64.
  case hashFunction(UInt64?)
  /// The bitfield is too long, or does not tell of so many links.
  case bitfield
  /// A link's name does not begin with its place.
  case prefix(String)
  /// An entry lies where its name's hash does not lead.
  case misplaced(String)
  /// It has no links, and is not the whole directory.
  case empty
  /// The name's hash has no bits for another level.
  case tooDeep
}

extension ShardError: CustomStringConvertible {
  /// What is wrong, to follow the block's name.
  public var description: String {
    switch self {
    case .notShard: "it is none"
    case .fanout(let fanout?): "its fanout cannot be \(fanout)"
    case .fanout(nil): "it tells no fanout"
    case .hashFunction(let function?):
      "its names are spread by hash function 0x\(String(function, radix: 16)), not murmur3-x64-64"
    case .hashFunction(nil): "it does not tell by which hash function its names are spread"
    case .bitfield: "its bitfield is not that of its links"
    case .prefix(let name): "the link \"\(name)\" does not begin with its place"
    case .misplaced(let name): "the entry \"\(name)\" is not where its hash leads"
    case .empty: "it is empty"
    case .tooDeep: "it leads deeper than a hash has bits"
    }
  }
}
