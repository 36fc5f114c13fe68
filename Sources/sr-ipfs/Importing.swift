import Commands
import Files
import IPFS
import Marketplace
import Records
import SystemPackage

/// One archive on its way into the repository.
///
/// What was proved stays there even where the archive turns out to be bad, as what was fetched from afar does: unpinned, told of to nobody,
/// for the next sweep to take.
struct Importing {
  private static let readLength = 1 << 20

  /// How messages name the archive.
  let name: String
  let repository: Repository
  let interruption: Interruption
  let batch: Batch

  init(_ path: String, in repository: Repository, until interruption: Interruption) {
    name = path == "-" ? "standard input" : path
    self.repository = repository
    self.interruption = interruption
    batch = repository.batch()
  }

  /// An archive that was read to its end, each root once, however often it names it.
  struct Archive {
    var roots: [CID]
    var blockCount: Int
    var stats: JSON
  }

  /// What a root leads to.
  struct Content {
    var blocks = 0
    var bytes: UInt64 = 0
    /// Why it is not known to be all there.
    var missing: String?
  }

  /// Reads an archive from a file.
  func read(_ path: FilePath, _ count: ProgressCount) throws(Failure) -> Archive {
    let file: OpenFile
    do throws(FileError) {
      guard try Files.status(path)?.type != .directory else {
        throw FileError("read", path, .isDirectory)
      }
      // A pipe that nobody writes to yet would keep us here.
      file = try OpenFile(path, .readOnly, options: .nonBlocking)
    } catch {
      throw Failure(error.errno == .isDirectory ? .data : .missingInput, "\(error)")
    }
    guard (try? file.isRegular()) == true else {
      return try read(DescriptorSource(file.descriptor.rawValue, until: interruption), count)
    }
    count.expect { try? file.size() }
    return try read(count) { () throws(Failure) in
      do {
        return try unsafe [UInt8](unsafeUninitializedCapacity: Self.readLength) { chunk, count in
          count = try unsafe file.descriptor.read(into: UnsafeMutableRawBufferPointer(chunk))
        }
      } catch {
        throw Failure(.io, "cannot read \(path): \(error)")
      }
    }
  }

  /// Reads an archive from standard input, or from another pipe.
  func read(_ input: any ByteSource, _ count: ProgressCount) throws(Failure) -> Archive {
    try read(count) { () throws(Failure) in try input.read(limit: Self.readLength) }
  }

  private func read(
    _ count: ProgressCount, _ next: () throws(Failure) -> [UInt8]
  ) throws(Failure) -> Archive {
    var limits = CARReader.Limits(blocks: .max)
    limits.allowsNoRoots = true
    var archive = CARStream(limits: limits)
    while true {
      if interruption.isRequested { throw .interrupted }
      let bytes = try next()
      do throws(CARError) {
        guard bytes.isEmpty else {
          let before = archive.blockCount
          try archive.feed(bytes) { (cid, block) throws(CARError) in
            do throws(RepositoryError) { try batch.put(block, of: cid) } catch {
              throw .repository(error)
            }
          }
          count.count(bytes: bytes.count, items: archive.blockCount - before)
          continue
        }
        try archive.finish()
      } catch {
        throw Self.failure(error, of: name)
      }
      do { try batch.commit() } catch { throw Failure(error) }
      let stats: JSONObject = [
        "version": .integer(archive.version ?? 1), "blocks": .integer(archive.blockCount),
        "bytes": .integer(archive.blockBytes),
      ]
      var known = CIDSet()
      return Archive(
        roots: archive.roots.filter { known.insert($0) }, blockCount: archive.blockCount,
        stats: .object(stats))
    }
  }

  private static func failure(_ error: CARError, of name: String) -> Failure {
    switch error {
    case .repository(let error): Failure(error)
    default: Failure(.data, "\(name): \(error)", code: "bad-archive")
    }
  }
}
