import Hashing
import IPFS
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// The content that a row of the IPFS vectors describes: generated, never stored.
struct VectorContent {
  var kind: String
  var seed: String
  var length: Int

  init(_ row: JSON) throws {
    kind = try #require(row["kind"]?.string)
    seed = try #require(row["seed"]?.string)
    length = try #require(row["length"]?.integer)
  }

  /// The bytes of the generator `sha256ctr`, `zeros` or `text`.
  var bytes: [UInt8] {
    switch kind {
    case "zeros": return [UInt8](repeating: 0, count: length)
    case "text":
      var bytes: [UInt8] = []
      var line = 0
      while bytes.count < length {
        bytes += Array("line \(line)\n".utf8)
        line += 1
      }
      return Array(bytes.prefix(length))
    default:
      var bytes: [UInt8] = []
      bytes.reserveCapacity(length + 32)
      var hasher = SHA256()
      let seed = Array(seed.utf8)
      var counter: UInt64 = 0
      while bytes.count < length {
        hasher.update(seed)
        unsafe withUnsafeBytes(of: counter.bigEndian) { unsafe hasher.update($0.bytes) }
        unsafe withUnsafeBytes(of: hasher.finish().words) { unsafe bytes.append(contentsOf: $0) }
        counter += 1
      }
      return Array(bytes.prefix(length))
    }
  }

  /// Puts the content into a file; zeros cost nothing, whatever their length.
  func write(to path: FilePath) throws {
    let descriptor = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate],
      permissions: [.ownerReadWrite, .groupRead, .otherRead])
    defer { try? descriptor.close() }
    if kind == "zeros" {
      try #require(ftruncate(descriptor.rawValue, off_t(length)) == 0)
    } else {
      _ = try descriptor.writeAll(bytes)
    }
  }
}

/// Keeps a sink's blocks in memory.
final class MemoryStore: BlockSink, BlockSource {
  private let blocks = Mutex<[Digest32: [UInt8]]>([:])

  func put(_ bytes: RawSpan, as digest: Digest32) {
    let copy = unsafe bytes.withUnsafeBytes { unsafe Array($0) }
    blocks.withLock { $0[digest] = copy }
  }

  func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    if let inline = cid.inlineBlock { return inline }
    guard let digest = cid.sha256, let block = blocks.withLock({ $0[digest] }) else {
      throw .notFound(cid)
    }
    return block
  }

  func keep(_ bytes: [UInt8], codec: CID.Codec) -> CID {
    let digest = SHA256.hash(bytes)
    blocks.withLock { $0[digest] = bytes }
    return CID(digest, codec: codec)
  }

  var count: Int { blocks.withLock { $0.count } }
  var size: Int { blocks.withLock { $0.values.reduce(0) { $0 + $1.count } } }
}
