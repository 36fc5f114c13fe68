/// The Merkle tree of RFC 6962, section 2.1, with SHA-256.
///
/// A leaf's hash is SHA-256(0x00 ‖ leaf), a node's SHA-256(0x01 ‖ left ‖ right); a tree of n leaves splits at the largest
/// power of two below n. The tree of no leaves is SHA-256 of nothing.
public enum MerkleTree {
  /// The hash of a leaf: any bytes.
  public static func leaf(_ bytes: [UInt8]) -> Digest32 {
    var hasher = SHA256()
    hasher.update([0x00])
    hasher.update(bytes)
    return hasher.finish()
  }

  /// The root over the leaves' hashes in their order.
  public static func root(of leaves: [Digest32]) -> Digest32 {
    var hasher = SHA256()
    guard !leaves.isEmpty else { return hasher.finish() }
    return root(of: leaves[...], with: &hasher)
  }

  /// The siblings on the way from a leaf's hash up to the root, lowest first; nil where there is no such leaf.
  public static func proof(ofLeaf index: Int, in leaves: [Digest32]) -> [Digest32]? {
    guard leaves.indices.contains(index) else { return nil }
    var hasher = SHA256()
    var proof: [Digest32] = []
    var slice = leaves[...]
    while slice.count > 1 {
      let middle = slice.startIndex + split(slice.count)
      if index < middle {
        proof.append(root(of: slice[middle...], with: &hasher))
        slice = slice[..<middle]
      } else {
        proof.append(root(of: slice[..<middle], with: &hasher))
        slice = slice[middle...]
      }
    }
    return proof.reversed()
  }

  /// Whether the proof leads from this leaf's hash, at this index of a tree of so many leaves, to the root.
  public static func verify(
    leaf: Digest32, at index: Int, of count: Int, proof: [Digest32], root: Digest32
  ) -> Bool {
    guard index >= 0, index < count else { return false }
    var hasher = SHA256()
    var hash = leaf
    // RFC 9162, section 2.1.3.2: the path is read off the bits of the index and of the last index.
    var position = index
    var last = count - 1
    for sibling in proof {
      guard last > 0 else { return false }
      if position & 1 == 1 || position == last {
        hash = node(sibling, hash, with: &hasher)
        while position & 1 == 0, position != 0 {
          position >>= 1
          last >>= 1
        }
      } else {
        hash = node(hash, sibling, with: &hasher)
      }
      position >>= 1
      last >>= 1
    }
    return last == 0 && hash == root
  }

  private static func root(of leaves: ArraySlice<Digest32>, with hasher: inout SHA256) -> Digest32 {
    if leaves.count == 1 { return leaves[leaves.startIndex] }
    let middle = leaves.startIndex + split(leaves.count)
    let left = root(of: leaves[..<middle], with: &hasher)
    let right = root(of: leaves[middle...], with: &hasher)
    return node(left, right, with: &hasher)
  }

  /// The largest power of two below a count of two or more.
  private static func split(_ count: Int) -> Int {
    1 << (Int.bitWidth - 1 - (count - 1).leadingZeroBitCount)
  }

  private static func node(
    _ left: Digest32, _ right: Digest32, with hasher: inout SHA256
  ) -> Digest32 {
    hasher.update([0x01] + left.bytes + right.bytes)
    return hasher.finish()
  }
}
