import Commands
import Files
import IPFS
import Marketplace
import Records
import SystemPackage

/// A CAR of version 1 that holds what one record names, as `export` writes it; it has its name only once it is whole.
struct ArchiveStore: Store {
  let name: String
  private let path: FilePath
  private let world: World

  init(_ path: FilePath, in world: World) {
    self.path = path
    self.world = world
    name = path.lexicallyNormalized().string
  }

  /// Writes the archive; one that is there already, byte for byte the same, is left as it is, and nothing else is overwritten.
  func hold(_ roots: [CID], from repository: Repository) async throws(Failure) -> Held {
    guard roots.count <= CARExport.maximumRoots else {
      throw Failure(
        .data, "\(path): an archive has at most \(CARExport.maximumRoots) roots, not \(roots.count)"
      )
    }
    var archive = CARExport(roots, from: ReadAhead(repository))
    if (try? path.stat())?.type == .regular {
      guard try isThere(&archive) else {
        throw Failure(
          .cannotCreate, "cannot create \(path): it is there, and holds something else",
          hint: "an archive takes what one record names")
      }
      return Held(blocks: archive.blockCount, size: archive.blockBytes)
    }
    _ = try NewFile.write(path) { () throws(Failure) in try next(&archive) }
    return Held(
      blocks: archive.blockCount, size: archive.blockBytes, sent: archive.blockCount)
  }

  /// The next piece, each block in it proved; nil at the end.
  private func next(_ archive: inout CARExport) throws(Failure) -> [UInt8]? {
    if world.interruption.isRequested || Task.isCancelled { throw .interrupted }
    do throws(ReadError) { return try archive.piece() } catch { throw Failure(error) }
  }

  /// Whether the file holds just an archive's bytes.
  private func isThere(_ archive: inout CARExport) throws(Failure) -> Bool {
    do {
      let file = try OpenFile(path, .readOnly)
      var offset = 0
      while let piece = try next(&archive) {
        guard try file.read(at: offset, count: piece.count) == piece else { return false }
        offset += piece.count
      }
      return try file.size() == offset
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.io, "\(error)")
    }
  }
}
