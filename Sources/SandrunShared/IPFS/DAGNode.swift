/// A DAG-PB node: links to other blocks, and data (IPLD, DAG-PB specification).
public struct DAGNode: Equatable, Sendable {
  /// A link to another block.
  public struct Link: Equatable, Sendable {
    /// The block it leads to.
    public var cid: CID
    /// Its name: bytes that are mostly, but not by necessity, UTF-8; nil where the field is absent.
    public var name: [UInt8]?
    /// The bytes of the whole DAG below, repeated blocks counted each time, as its maker says; never to be trusted.
    public var cumulativeSize: UInt64?

    /// Makes a link from its three fields.
    public init(_ cid: CID, name: [UInt8]?, cumulativeSize: UInt64?) {
      self.cid = cid
      self.name = name
      self.cumulativeSize = cumulativeSize
    }
  }

  /// The links, in the order of the block.
  public var links: [Link]
  /// The data; nil where the field is absent.
  public var data: [UInt8]?

  /// Makes a node from its two fields.
  public init(links: [Link] = [], data: [UInt8]?) {
    self.links = links
    self.data = data
  }

  /// The block: links first, sorted by name where they were not, then the data.
  public var bytes: [UInt8] {
    let empty: [UInt8] = []
    var sorted = links
    let isSorted = zip(links, links.dropFirst()).allSatisfy {
      !($1.name ?? empty).lexicographicallyPrecedes($0.name ?? empty)
    }
    if !isSorted {
      // Stable, as the order of equal names is part of the block.
      sorted = links.enumerated().sorted { one, other in
        let (first, second) = (one.element.name ?? empty, other.element.name ?? empty)
        return first == second
          ? one.offset < other.offset : first.lexicographicallyPrecedes(second)
      }.map(\.element)
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.length(of: sorted, dataCount: data?.count))
    for link in sorted {
      ProtobufWriter.header(ofBytes: Self.length(of: link), field: 2, to: &bytes)
      ProtobufWriter.bytes(link.cid.bytes, field: 1, to: &bytes)
      if let name = link.name { ProtobufWriter.bytes(name, field: 2, to: &bytes) }
      if let size = link.cumulativeSize { ProtobufWriter.number(size, field: 3, to: &bytes) }
    }
    if let data { ProtobufWriter.bytes(data, field: 1, to: &bytes) }
    return bytes
  }

  /// The length of the block that these links and so much data make.
  static func length(of links: [Link], dataCount: Int?) -> Int {
    var total = dataCount.map { 1 + ProtobufWriter.length(of: UInt64($0)) + $0 } ?? 0
    for link in links {
      let length = length(of: link)
      total += 1 + ProtobufWriter.length(of: UInt64(length)) + length
    }
    return total
  }

  private static func length(of link: Link) -> Int {
    // No CID here is longer than 127 bytes by much, but its length is written as any other.
    let hash = link.cid.byteCount
    var total = 1 + ProtobufWriter.length(of: UInt64(hash)) + hash
    if let name = link.name {
      total += 1 + ProtobufWriter.length(of: UInt64(name.count)) + name.count
    }
    if let size = link.cumulativeSize { total += 1 + ProtobufWriter.length(of: size) }
    return total
  }
}

extension DAGNode {
  /// Reads a block as Kubo does: fields in the order hash, name, size in a link, links together, nothing unknown.
  ///
  /// Data may stand before the links, and links may come in any order: old blocks have them so.
  public init(parsing bytes: [UInt8]) throws(BlockError) {
    var links: [Link] = []
    var data: [UInt8]?
    var linksEnded = false
    var reader = ProtobufReader(bytes)
    while let (field, value, offset) = try reader.next() {
      switch (field, value) {
      case (1, .bytes(let slice)):
        guard data == nil else { throw .misplacedField(1, offset: offset) }
        data = Array(slice)
        linksEnded = !links.isEmpty
      case (2, .bytes(let slice)):
        guard !linksEnded else { throw .misplacedField(2, offset: offset) }
        links.append(try Self.link(slice, of: bytes))
      case (1, _), (2, _):
        throw .badWireType(0, offset: offset)
      default:
        throw .unknownField(field, offset: offset)
      }
    }
    self.init(links: links, data: data)
  }

  private static func link(
    _ slice: ArraySlice<UInt8>, of bytes: [UInt8]
  ) throws(BlockError) -> Link {
    var cid: CID?
    var name: [UInt8]?
    var size: UInt64?
    var last: UInt64 = 0
    var reader = ProtobufReader(slice, of: bytes)
    while let (field, value, offset) = try reader.next() {
      guard field > last else { throw .misplacedField(field, offset: offset) }
      last = field
      switch (field, value) {
      case (1, .bytes(let hash)):
        guard !hash.isEmpty else { throw .linkWithoutHash(offset: offset) }
        do { cid = try CID(bytes: hash) } catch { throw .badLink(error, offset: offset) }
      case (2, .bytes(let text)): name = Array(text)
      case (3, .number(let number)): size = number
      case (1, _), (2, _): throw .badWireType(0, offset: offset)
      case (3, _): throw .badWireType(2, offset: offset)
      default: throw .unknownField(field, offset: offset)
      }
    }
    guard let cid else { throw .linkWithoutHash(offset: slice.startIndex) }
    return Link(cid, name: name, cumulativeSize: size)
  }
}
