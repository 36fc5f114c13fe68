import Hashing
import Testing

@Suite struct MerkleTreeTests {
  private func leaves(_ count: Int) -> [Digest32] {
    (0..<count).map { SHA256.hash([UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]) }
  }

  /// The definition of RFC 6962, section 2.1, written down once more.
  private func expectedRoot(_ leaves: ArraySlice<Digest32>) -> Digest32 {
    if leaves.isEmpty { return SHA256.hash([]) }
    if leaves.count == 1 { return SHA256.hash([0] + leaves[leaves.startIndex].bytes) }
    var split = 1
    while split * 2 < leaves.count { split *= 2 }
    let left = expectedRoot(leaves.prefix(split))
    let right = expectedRoot(leaves.dropFirst(split))
    return SHA256.hash([1] + left.bytes + right.bytes)
  }

  @Test(arguments: [0, 1, 2, 3, 4, 5, 7, 8, 9, 31, 32, 33, 100])
  func everyLeafIsProved(count: Int) throws {
    let leaves = leaves(count)
    let root = MerkleTree.root(of: leaves)
    #expect(root == expectedRoot(leaves[...]))
    for index in leaves.indices {
      let proof = try #require(MerkleTree.proof(ofLeaf: index, in: leaves))
      func verify(
        _ leaf: Digest32, _ index: Int, _ count: Int, _ proof: [Digest32], _ root: Digest32
      ) -> Bool {
        MerkleTree.verify(leaf: leaf, at: index, of: count, proof: proof, root: root)
      }
      #expect(verify(leaves[index], index, count, proof, root))
      #expect(!verify(.zero, index, count, proof, root))
      #expect(!verify(leaves[index], index, count, proof, .zero))
      #expect(!verify(leaves[index], index, count, proof + [.zero], root))
      #expect(!verify(leaves[index], count, count, proof, root))
      #expect(!verify(leaves[index], -1, count, proof, root))
      if count > 1 {
        #expect(!verify(leaves[index], (index + 1) % count, count, proof, root))
        #expect(!verify(leaves[index], index, count, Array(proof.dropLast()), root))
      }
    }
    #expect(MerkleTree.proof(ofLeaf: count, in: leaves) == nil)
  }

  /// A node's hash must not pass for a leaf's.
  @Test func nodesAreNoLeaves() {
    let leaves = leaves(4)
    let left = MerkleTree.root(of: Array(leaves[..<2]))
    let right = MerkleTree.root(of: Array(leaves[2...]))
    #expect(MerkleTree.root(of: [left, right]) != MerkleTree.root(of: leaves))
  }
}
