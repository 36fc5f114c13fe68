internal import Hashing

/// Gathers the blocks of a file, given in order, under balanced nodes: each full, all leaves at one depth.
struct FileTree {
  private let options: ImportOptions
  private let sink: any BlockSink
  /// Nodes that wait for a parent, leaves first.
  private var levels: [[Imported]] = []

  init(_ options: ImportOptions, into sink: any BlockSink) {
    self.options = options
    self.sink = sink
  }

  mutating func append(_ leaf: Imported) throws(RepositoryError) {
    try append(leaf, at: 0)
  }

  private mutating func append(_ node: Imported, at level: Int) throws(RepositoryError) {
    if level == levels.count { levels.append([]) }
    // A full node gets its parent only when a sibling comes: else it may be the root.
    if levels[level].count == options.maximumFileLinks {
      let parent = try parent(of: levels[level])
      levels[level] = []
      try append(parent, at: level + 1)
    }
    levels[level].append(node)
  }

  /// The root over all leaves; there must be one at least.
  mutating func finish() throws(RepositoryError) -> Imported? {
    var level = 0
    while level < levels.count {
      let nodes = levels[level]
      if level == levels.count - 1, nodes.count == 1 { return nodes[0] }
      let parent = try parent(of: nodes)
      levels[level] = []
      try append(parent, at: level + 1)
      level += 1
    }
    return nil
  }

  private func parent(of nodes: [Imported]) throws(RepositoryError) -> Imported {
    let size = nodes.reduce(0) { $0 + $1.size }
    let data = UnixFSData(.file, fileSize: size, blockSizes: nodes.map(\.size))
    return try sink.put(
      DAGNode(
        links: nodes.map { DAGNode.Link($0.cid, name: [], cumulativeSize: $0.cumulativeSize) },
        data: data.bytes),
      size: size, options)
  }
}

extension BlockSink {
  /// Puts a node and gives what a link to it needs.
  func put(
    _ node: DAGNode, size: UInt64, _ options: ImportOptions
  ) throws(RepositoryError) -> Imported {
    let bytes = node.bytes
    let digest = SHA256.hash(bytes)
    guard bytes.count <= Block.maximumLength else { throw .tooLarge(bytes.count) }
    try unsafe put(bytes.span.bytes, as: digest)
    let below = node.links.reduce(0) { $0 + ($1.cumulativeSize ?? 0) }
    return Imported(
      cid: CID(digest, codec: .dagPB, version: options.cidVersion), size: size,
      cumulativeSize: UInt64(bytes.count) + below)
  }

  /// Puts one chunk of a file, hashed with a hasher that the caller reuses.
  func put(
    chunk: Span<UInt8>, with hasher: inout SHA256, _ options: ImportOptions
  ) throws(RepositoryError) -> Imported {
    let size = UInt64(chunk.count)
    if options.rawLeaves {
      unsafe hasher.update(chunk.bytes)
      let digest = hasher.finish()
      try unsafe put(chunk.bytes, as: digest)
      return Imported(cid: CID(digest, codec: .raw), size: size, cumulativeSize: size)
    }
    // What DAGNode and UnixFSData would write, without taking the chunk apart and together again.
    var head: [UInt8] = []
    ProtobufWriter.number(UnixFSData.Kind.file.rawValue, field: 1, to: &head)
    if size > 0 { ProtobufWriter.header(ofBytes: chunk.count, field: 2, to: &head) }
    var tail: [UInt8] = []
    ProtobufWriter.number(size, field: 3, to: &tail)
    var block: [UInt8] = []
    block.reserveCapacity(head.count + chunk.count + tail.count + 8)
    ProtobufWriter.header(
      ofBytes: head.count + chunk.count + tail.count, field: 1, to: &block)
    block += head
    unsafe chunk.withUnsafeBufferPointer { unsafe block.append(contentsOf: $0) }
    block += tail
    hasher.update(block)
    let digest = hasher.finish()
    try unsafe put(block.span.bytes, as: digest)
    return Imported(
      cid: CID(digest, codec: .dagPB, version: options.cidVersion), size: size,
      cumulativeSize: UInt64(block.count))
  }
}
