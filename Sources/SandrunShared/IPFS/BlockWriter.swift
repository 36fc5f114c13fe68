internal import Hashing

/// Makes the blocks of an import by its options, and hands them to a sink.
struct BlockWriter: Sendable {
  let options: ImportOptions
  let sink: any BlockSink
  /// Told of bytes of content and of files that are done, by any thread.
  let counting: (@Sendable (_ bytes: Int, _ files: Int) -> Void)?

  /// Puts a node and gives what a link to it needs; `size` is the content in and below it.
  func put(_ node: DAGNode, size: UInt64) throws(RepositoryError) -> Imported {
    let bytes = node.bytes
    guard bytes.count <= Block.maximumLength else { throw .tooLarge(bytes.count) }
    let below = node.links.reduce(0) { $0 + ($1.cumulativeSize ?? 0) }
    var hasher = SHA256()
    return Imported(
      cid: try put(bytes.span, codec: .dagPB, with: &hasher), size: size,
      cumulativeSize: UInt64(bytes.count) + below)
  }

  /// Puts one chunk of a file, hashed with a hasher that the caller reuses.
  ///
  /// A leaf that is the whole of its file keeps `metadata`, unless its layout puts a root over it all the same.
  func put(
    chunk: Span<UInt8>, metadata: Metadata = Metadata(), with hasher: inout SHA256
  ) throws(RepositoryError) -> Imported {
    let size = UInt64(chunk.count)
    defer { counting?(chunk.count, 0) }
    if options.rawLeaves {
      return Imported(
        cid: try put(chunk, codec: .raw, with: &hasher), size: size, cumulativeSize: size)
    }
    // What DAGNode and UnixFSData would write, without taking the chunk apart and together again. Kubo marks the
    // leaves of a balanced layout as files by an old mistake that no CID forgets.
    let isBalanced = options.layout == .balanced
    let fields = UnixFSData(
      isBalanced ? .file : .raw, fileSize: size, mode: isBalanced ? metadata.mode : nil,
      modificationTime: isBalanced ? metadata.modificationTime : nil
    ).bytes
    var head = Array(fields.prefix(2))
    if size > 0 { ProtobufWriter.header(ofBytes: chunk.count, field: 2, to: &head) }
    let tail = fields.dropFirst(2)
    var block: [UInt8] = []
    block.reserveCapacity(head.count + chunk.count + tail.count + 8)
    ProtobufWriter.header(
      ofBytes: head.count + chunk.count + tail.count, field: 1, to: &block)
    block += head
    unsafe chunk.withUnsafeBufferPointer { unsafe block.append(contentsOf: $0) }
    block += tail
    return Imported(
      cid: try put(block.span, codec: .dagPB, with: &hasher), size: size,
      cumulativeSize: UInt64(block.count))
  }

  private func put(
    _ block: Span<UInt8>, codec: CID.Codec, with hasher: inout SHA256
  ) throws(RepositoryError) -> CID {
    if let limit = options.inlineLimit, block.count <= limit {
      return CID(inlining: unsafe block.withUnsafeBufferPointer { unsafe Array($0) }, codec: codec)
    }
    unsafe hasher.update(block.bytes)
    let digest = hasher.finish()
    try unsafe sink.put(block.bytes, as: digest)
    return CID(digest, codec: codec, version: options.cidVersion)
  }
}
