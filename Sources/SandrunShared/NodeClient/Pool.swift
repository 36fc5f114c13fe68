internal import Commands
internal import Ethereum
internal import Files
public import Marketplace
public import Records
public import SystemPackage
internal import WideInteger

/// Nodes to choose from: a file of `node` records, as `sr-node discover` writes it.
public struct Pool: Equatable, Sendable {
  /// The nodes in the file's order, each once.
  public var nodes: [PoolNode]

  /// A pool of nodes.
  public init(_ nodes: [PoolNode]) { self.nodes = nodes }

  /// A file is at most so long: 100,000 nodes.
  private static let longest = 256 << 20

  /// Reads a file of JSON Lines; throws 66 where there is none, 65 naming the line that is no node.
  ///
  /// A record with `error` is a node that could not be had, and is left out.
  public init(_ path: FilePath) throws(Failure) {
    let bytes: [UInt8]
    do throws(FileError) { bytes = try Files.read(path, limit: Self.longest) } catch {
      let isMissing = error.errno == .noSuchFileOrDirectory
      throw Failure(isMissing ? .missingInput : .io, "\(error)")
    }
    nodes = []
    var known: Set<Address> = []
    for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated()
    where !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) {
      do throws(Failure) {
        let record = try Record(parsing: Array(line))
        if let error = try record["error"], error != .null { continue }
        guard let object = try record.object("node") else {
          throw Failure(.data, "the record has no 'node'")
        }
        let node = try PoolNode(object)
        // One key is one node, wherever it says that it is.
        if known.insert(node.address).inserted { nodes.append(node) }
      } catch {
        throw Failure(
          .data, "\(path), line \(index + 1): \(error.message)",
          hint: "make the file with 'sr-node discover'")
      }
    }
    guard !nodes.isEmpty else {
      throw Failure(.data, "\(path) holds no node", hint: "make it with 'sr-node discover'")
    }
  }

  /// The nodes that can run a job, the cheapest first, those without a price last; else in the file's order.
  ///
  /// `refused` is told of each other node why it is none.
  public func candidates(
    for job: Job, price: NodePrice? = nil, refused: (PoolNode, String) -> Void
  ) -> [PoolNode] {
    var fitting: [(cost: UInt256?, place: Int, node: PoolNode)] = []
    for (place, node) in nodes.enumerated() {
      if let obstacle = node.obstacle(to: job) {
        refused(node, obstacle)
      } else {
        fitting.append((node.cost(of: job, at: price), place, node))
      }
    }
    return fitting.sorted { one, other in
      switch (one.cost, other.cost) {
      case (let cost?, let next?) where cost != next: cost < next
      case (.some, nil): true
      case (nil, .some): false
      default: one.place < other.place
      }
    }.map(\.node)
  }
}
