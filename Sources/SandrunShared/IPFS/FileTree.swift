/// Gathers the leaves of a file, given in order, under the nodes of a layout.
struct FileTree {
  // One of the two: both grow where they are, which the payload of an enumeration cannot.
  private var balanced: BalancedTree?
  private var trickle: TrickleTree?

  init(_ writer: BlockWriter) {
    switch writer.options.layout {
    case .balanced: balanced = BalancedTree(writer)
    case .trickle: trickle = TrickleTree(writer)
    }
  }

  mutating func append(_ leaf: Imported) throws(RepositoryError) {
    try balanced?.append(leaf)
    try trickle?.append(leaf)
  }

  /// The root over all leaves, which a lone leaf may be itself; nil where a balanced layout has none.
  mutating func finish(_ metadata: Metadata) throws(RepositoryError) -> Imported? {
    if trickle != nil { return try trickle?.finish(metadata) }
    return try balanced?.finish(metadata)
  }
}

/// All leaves at one depth, each node full before the next.
struct BalancedTree {
  private let writer: BlockWriter
  /// Nodes that wait for a parent, leaves first.
  private var levels: [[Imported]] = []

  init(_ writer: BlockWriter) { self.writer = writer }

  mutating func append(_ leaf: Imported) throws(RepositoryError) {
    try append(leaf, at: 0)
  }

  private mutating func append(_ node: Imported, at level: Int) throws(RepositoryError) {
    if level == levels.count { levels.append([]) }
    // A full node gets its parent only when a sibling comes: else it may be the root.
    if levels[level].count == writer.options.maximumFileLinks {
      let parent = try writer.put(parentOf: levels[level])
      levels[level] = []
      try append(parent, at: level + 1)
    }
    levels[level].append(node)
  }

  mutating func finish(_ metadata: Metadata) throws(RepositoryError) -> Imported? {
    var level = 0
    while level < levels.count - 1 {
      let parent = try writer.put(parentOf: levels[level])
      levels[level] = []
      try append(parent, at: level + 1)
      level += 1
    }
    guard let nodes = levels.last else { return nil }
    return nodes.count == 1 ? nodes[0] : try writer.put(parentOf: nodes, metadata)
  }
}

/// Leaves high up first: each node takes leaves until it is full, then nodes below it, four of each depth.
struct TrickleTree {
  /// How many nodes of a depth follow each other, as everywhere.
  private static let repetitions = 4

  private struct Node {
    /// How deep it may be, leaves alone being 1 deep; nil for the root, which may be as deep as it likes.
    var depth: Int?
    var children: [Imported] = []
  }

  private let writer: BlockWriter
  /// The nodes that still grow, the root first.
  private var open = [Node()]

  init(_ writer: BlockWriter) { self.writer = writer }

  mutating func append(_ leaf: Imported) throws(RepositoryError) {
    while true {
      let node = open[open.count - 1]
      let below = node.children.count - writer.options.maximumFileLinks
      if below < 0 { break }
      let depth = below / Self.repetitions + 1
      if let limit = node.depth, depth >= limit {
        try close()
      } else {
        open.append(Node(depth: depth))
      }
    }
    open[open.count - 1].children.append(leaf)
  }

  private mutating func close() throws(RepositoryError) {
    let full = open.removeLast()
    let node = try writer.put(parentOf: full.children)
    open[open.count - 1].children.append(node)
  }

  mutating func finish(_ metadata: Metadata) throws(RepositoryError) -> Imported {
    while open.count > 1 { try close() }
    return try writer.put(parentOf: open[0].children, metadata)
  }
}

extension BlockWriter {
  /// Puts the node of a file over these leaves or nodes.
  fileprivate func put(
    parentOf nodes: [Imported], _ metadata: Metadata = Metadata()
  ) throws(RepositoryError) -> Imported {
    let size = nodes.reduce(0) { $0 + $1.size }
    let data = UnixFSData(
      .file, fileSize: size, blockSizes: nodes.map(\.size), mode: metadata.mode,
      modificationTime: metadata.modificationTime)
    return try put(
      DAGNode(
        links: nodes.map { DAGNode.Link($0.cid, name: [], cumulativeSize: $0.cumulativeSize) },
        data: data.bytes),
      size: size)
  }
}
