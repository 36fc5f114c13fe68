import Hashing

@testable import GPUAttestation

/// The array in the memory of the host, filled cell by cell as `ArrayShape` says: what devices are held to, and what provers cheat with.
final class HostArray: FilledArray {
  let shape: ArrayShape
  var cells: [ArrayCell]
  /// What a prover writes who computes something else.
  var madeUp: (ArrayPlace) -> ArrayCell? = { _ in nil }
  /// Is called before a block is told.
  var beforeReading: (HostArray) -> Void = { _ in }

  init(_ shape: ArrayShape) {
    self.shape = shape
    cells = [ArrayCell](repeating: .zero, count: shape.cells)
  }

  func fill(pass: Int, key: ArrayKey) {
    for index in cells.indices {
      let place = ArrayPlace(pass: pass, index: index)
      if let cell = madeUp(place) {
        cells[index] = cell
        continue
      }
      let previous = shape.previous(of: place).map { cells[$0.index] } ?? .zero
      let parents = shape.parents(of: place, previous: previous).map { cells[$0.index] }
      cells[index] = .next(
        at: place, key: key, previous: previous,
        parents: parents.isEmpty ? (.zero, .zero) : (parents[0], parents[1]),
        old: pass == 2 ? cells[index] : .zero)
    }
  }

  func blockDigests() -> [Digest32] {
    (0..<shape.blocks).map { block in
      let first = block * ArrayShape.blockCells
      return MerkleTree.root(
        of: cells[first..<first + ArrayShape.blockCells].map { MerkleTree.leaf($0.bytes) })
    }
  }

  func block(_ index: Int) -> [UInt8] {
    beforeReading(self)
    let first = index * ArrayShape.blockCells
    return cells[first..<first + ArrayShape.blockCells].flatMap(\.bytes)
  }
}
