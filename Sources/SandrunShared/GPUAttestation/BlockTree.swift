internal import Hashing

/// The part of the Merkle tree (RFC 6962) that the host keeps: from the digests of whole blocks up to the root.
///
/// A leaf of the tree is a cell. A block has a power of two of them and starts at a multiple of that, so that its own root is a node of the
/// tree; a last node without a neighbour goes up as it is.
struct BlockTree {
  private let levels: [[Digest32]]

  /// Builds it upon the blocks' digests, of which there is one at least.
  init(_ blocks: [Digest32]) {
    var levels = [blocks]
    var hasher = SHA256()
    while let below = levels.last, below.count > 1 {
      var level: [Digest32] = []
      level.reserveCapacity((below.count + 1) / 2)
      for left in stride(from: 0, to: below.count - 1, by: 2) {
        hasher.update([0x01] + below[left].bytes + below[left + 1].bytes)
        level.append(hasher.finish())
      }
      if below.count % 2 == 1 { level.append(below[below.count - 1]) }
      levels.append(level)
    }
    self.levels = levels
  }

  /// The blocks' digests.
  var blocks: [Digest32] { levels[0] }

  var root: Digest32 { levels[levels.count - 1][0] }

  /// A cell of a block with its way up to the root.
  func witness(ofCell cell: Int, in block: [UInt8]) -> ArrayWitness {
    let cells = ArrayShape.blockCells
    let leaves = (0..<cells).map { place in
      MerkleTree.leaf(Array(block[ArrayCell.length * place..<ArrayCell.length * (place + 1)]))
    }
    let inner = cell % cells
    var path = MerkleTree.proof(ofLeaf: inner, in: leaves) ?? []
    var place = cell / cells
    for level in levels.dropLast() {
      if place ^ 1 < level.count { path.append(level[place ^ 1]) }
      place >>= 1
    }
    return ArrayWitness(cell: ArrayCell(block, at: inner * ArrayCell.length), path: path)
  }
}
