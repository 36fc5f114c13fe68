/// BLAKE3 in its plain mode, without key or context: for blocks that others named by it.
///
/// A message is cut into chunks of 1024 bytes, the leaves of a binary tree whose left side is always the largest full one; each node is
/// made by one compression function, the root with a flag of its own and a counter that yields output of any length (BLAKE3, one function,
/// fast everywhere, sections 2.1 to 2.6).
public enum BLAKE3 {
  /// The usual length of a digest, in bytes.
  public static let length = 32

  private static let chunkLength = 1024

  /// The digest of one message, of any length.
  public static func hash(_ bytes: RawSpan, length: Int = Self.length) -> [UInt8] {
    // Chaining values of full subtrees, the largest first: one for each bit set in the number of chunks before this one.
    var stack: [InlineArray<8, UInt32>] = []
    var chunk: UInt64 = 0
    var offset = 0
    while bytes.byteCount - offset > chunkLength {
      var value = self.chunk(bytes.extracting(offset..<offset + chunkLength), number: chunk).value
      chunk += 1
      offset += chunkLength
      var chunks = chunk
      while chunks & 1 == 0, let left = stack.popLast() {
        value = BLAKE3Node(joining: left, value).value
        chunks >>= 1
      }
      stack.append(value)
    }
    var root = self.chunk(bytes.extracting(offset..<bytes.byteCount), number: chunk)
    while let left = stack.popLast() { root = BLAKE3Node(joining: left, root.value) }
    return root.output(length)
  }

  /// The digest of one message, of any length.
  public static func hash(_ bytes: [UInt8], length: Int = Self.length) -> [UInt8] {
    unsafe hash(bytes.span.bytes, length: length)
  }

  /// A chunk's last block, its others already taken in.
  private static func chunk(_ bytes: RawSpan, number: UInt64) -> BLAKE3Node {
    var value = BLAKE3Node.initial
    var flags = BLAKE3Node.chunkStart
    var offset = 0
    while bytes.byteCount - offset > BLAKE3Node.blockLength {
      value =
        BLAKE3Node(
          value, block: bytes.extracting(offset..<offset + BLAKE3Node.blockLength), counter: number,
          flags: flags
        ).value
      flags = 0
      offset += BLAKE3Node.blockLength
    }
    return BLAKE3Node(
      value, block: bytes.extracting(offset..<bytes.byteCount), counter: number,
      flags: flags | BLAKE3Node.chunkEnd)
  }
}
