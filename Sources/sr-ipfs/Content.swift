import Commands
import Files
import IPFS
import Marketplace
import Records
import SystemPackage

/// Content by its CID, in the local repository: what `cat`, `get` and `ls` read.
struct Content {
  let path: ContentPath
  let cid: CID
  let reader: ContentReader

  /// Follows an operand, `CID[/path]`, in a repository.
  init(_ operand: String, in repository: Repository) throws(Failure) {
    do {
      path = try ContentPath(parsing: operand)
    } catch {
      throw Failure(.data, "\(JSON.string(operand).text) is no CID: \(error)")
    }
    reader = ContentReader(repository)
    do { cid = try reader.resolve(path) } catch { throw Failure(error) }
  }

  /// The repository of a world.
  static func repository(in world: World) throws(Failure) -> Repository {
    let folder = try world.folders.data.appending("ipfs")
    do { return try Repository(at: folder) } catch { throw Failure(error) }
  }
}
