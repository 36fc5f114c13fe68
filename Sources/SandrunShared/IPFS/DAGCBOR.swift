/// The links in a DAG-CBOR block: each is tag 42 around a byte string of a zero and a CID (IPLD, DAG-CBOR specification).
enum DAGCBOR {
  /// All links, in their order; nothing else of the block is kept.
  ///
  /// Throws where the block breaks off, or is no DAG-CBOR.
  static func links(in bytes: [UInt8]) throws(BlockError) -> [CID] {
    var links: [CID] = []
    var offset = 0
    // Items that are still to come: so no depth of nesting costs anything.
    var left = 1
    var isLink = false
    while left > 0 {
      let start = offset
      let (major, value) = try head(bytes, at: &offset)
      left -= 1
      let wasLink = isLink
      isLink = false
      switch major {
      case 2, 3:
        guard value <= UInt64(bytes.count - offset) else { throw .truncated(offset: start) }
        let end = offset + Int(value)
        if wasLink {
          guard major == 2, value > 1, bytes[offset] == 0 else {
            throw .linkWithoutHash(offset: start)
          }
          do { links.append(try CID(bytes: bytes[(offset + 1)..<end])) } catch {
            throw .badLink(error, offset: start)
          }
        }
        offset = end
      case 4, 5:
        // Each item takes a byte at least.
        guard value <= UInt64(bytes.count - offset) else { throw .truncated(offset: start) }
        left += Int(value) * (major == 5 ? 2 : 1)
      case 6:
        guard value == 42 else { throw .badWireType(6, offset: start) }
        isLink = true
        left += 1
      default: break
      }
      if wasLink, major != 2 { throw .linkWithoutHash(offset: start) }
    }
    guard offset == bytes.count else { throw .truncated(offset: offset) }
    return links
  }

  private static func head(
    _ bytes: [UInt8], at offset: inout Int
  ) throws(BlockError) -> (major: UInt8, value: UInt64) {
    guard offset < bytes.count else { throw .truncated(offset: offset) }
    let first = bytes[offset]
    let small = first & 0x1f
    guard small >= 24 else {
      offset += 1
      return (first >> 5, UInt64(small))
    }
    guard small <= 27 else { throw .badNumber(offset: offset) }
    let count = 1 << Int(small - 24)
    guard offset + 1 + count <= bytes.count else { throw .truncated(offset: offset) }
    let value = bytes[(offset + 1)..<(offset + 1 + count)].reduce(0) { $0 << 8 | UInt64($1) }
    offset += 1 + count
    return (first >> 5, value)
  }
}
