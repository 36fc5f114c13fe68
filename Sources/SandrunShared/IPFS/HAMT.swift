internal import Hashing

/// How a directory that is too large for one block is spread over many: by the bits of its names' hashes (UnixFS, HAMT sharding).
struct HAMT {
  /// How many places a shard has: a power of two, eight at least.
  let fanout: Int

  /// The bits of a hash that one level uses up.
  var bitsPerLevel: Int { fanout.trailingZeroBitCount }

  /// How many hexadecimal digits a place takes, before the names in the links.
  var digits: Int { String(fanout - 1, radix: 16).count }

  /// Which place a hash has in a shard of a level, the root being level 0; nil where the hash has no bits left.
  func place(of hash: UInt64, level: Int) -> Int? {
    let used = (level + 1) * bitsPerLevel
    guard used <= 64 else { return nil }
    return Int(truncatingIfNeeded: hash >> UInt64(64 - used)) & (fanout - 1)
  }

  /// A place as the links are named.
  func prefix(of place: Int) -> [UInt8] {
    let text = String(place, radix: 16, uppercase: true)
    return Array((String(repeating: "0", count: digits - text.utf8.count) + text).utf8)
  }

  /// Makes the shards of a directory, each after those below it, and gives what `put` gave for the root.
  ///
  /// `put` takes a node and whether it is the root. The names must differ; those whose hashes are equal in every bit
  /// that the levels use cannot be told apart by any shard.
  func build(
    _ links: [DAGNode.Link], metadata: Metadata,
    put: (DAGNode, _ isRoot: Bool) throws(ImportError) -> Imported
  ) throws(ImportError) -> Imported {
    var entries = links.map { Entry(hash: Murmur3.hash64($0.name ?? []), link: $0) }
    // In the order of the hashes, what belongs to a shard of any level lies together.
    entries.sort { $0.hash < $1.hash }
    return try shard(entries[...], level: 0, metadata, put)
  }

  private struct Entry {
    var hash: UInt64
    var link: DAGNode.Link
  }

  private func shard(
    _ entries: ArraySlice<Entry>, level: Int, _ metadata: Metadata,
    _ put: (DAGNode, _ isRoot: Bool) throws(ImportError) -> Imported
  ) throws(ImportError) -> Imported {
    var links: [DAGNode.Link] = []
    // Bit 0 is the last of the last byte.
    var bits = [UInt8](repeating: 0, count: fanout / 8)
    var start = entries.startIndex
    while start < entries.endIndex {
      guard let place = place(of: entries[start].hash, level: level) else {
        throw .collidingNames(
          entries.prefix(2).map { String(decoding: $0.link.name ?? [], as: UTF8.self) })
      }
      var end = start + 1
      while end < entries.endIndex, self.place(of: entries[end].hash, level: level) == place {
        end += 1
      }
      bits[bits.count - 1 - place / 8] |= 1 << UInt8(place % 8)
      let prefix = prefix(of: place)
      if end - start == 1 {
        var link = entries[start].link
        link.name = prefix + (link.name ?? [])
        links.append(link)
      } else {
        let below = try shard(entries[start..<end], level: level + 1, Metadata(), put)
        links.append(
          DAGNode.Link(below.cid, name: prefix, cumulativeSize: below.cumulativeSize))
      }
      start = end
    }
    let data = UnixFSData(
      .hamtShard, data: Array(bits.drop { $0 == 0 }), hashType: ShardPlace.hashType,
      fanout: UInt64(fanout), mode: metadata.mode, modificationTime: metadata.modificationTime)
    return try put(DAGNode(links: links, data: data.bytes), level == 0)
  }
}
