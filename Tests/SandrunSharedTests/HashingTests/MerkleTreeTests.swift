import Hashing
import Testing

@Suite struct MerkleTreeTests {
  private func leaves(_ count: Int) -> [Digest32] {
    (0..<count).map { MerkleTree.leaf([UInt8(truncatingIfNeeded: $0), UInt8($0 >> 8)]) }
  }

  /// The definition of RFC 6962, section 2.1, written down once more.
  private func expectedRoot(_ leaves: ArraySlice<Digest32>) -> Digest32 {
    if leaves.isEmpty { return SHA256.hash([]) }
    if leaves.count == 1 { return leaves[leaves.startIndex] }
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
    let leaves = leaves(2)
    let node = MerkleTree.root(of: leaves)
    #expect(MerkleTree.leaf(leaves[0].bytes + leaves[1].bytes) != node)
    #expect(MerkleTree.leaf([]) == SHA256.hash([0]))
  }

  /// Eight leaves and the root over each prefix of them, as hashlib computes them by the definition.
  @Test func knownTrees() throws {
    let leaves = try [
      "", "00", "10", "2021", "3031", "40414243", "5051525354555657",
      "606162636465666768696a6b6c6d6e6f",
    ].map { MerkleTree.leaf(try Hex.decode(digits: $0)) }
    let roots = [
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
      "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
      "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
      "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
      "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
      "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
      "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
    ]
    for (index, root) in roots.enumerated() {
      let found = MerkleTree.root(of: Array(leaves[...index]))
      #expect(Hex.digits(found.bytes) == root, "\(index + 1) leaves")
    }
  }
}
