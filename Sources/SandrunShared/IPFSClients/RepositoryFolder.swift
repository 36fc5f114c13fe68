internal import Files
public import IPFS
public import Records
public import SystemPackage

/// A repository in another folder of this machine as a place that blocks come from.
public struct RepositoryFolder: BlockProvider {
  /// Its path.
  public let name: String

  private let repository: Repository

  /// Opens the repository in a folder; throws 66 where there is none.
  public init(_ path: FilePath) throws(Failure) {
    name = path.string
    // To open a folder without one is to open an empty one.
    guard (try? Files.status(path.appending("format"))) != nil else {
      throw Failure(.missingInput, "\(path) is a folder, and no repository")
    }
    do { repository = try Repository(at: path) } catch {
      throw Failure(.missingInput, "cannot read the repository \(path): \(error)")
    }
  }

  /// One block, as it lies there.
  public func block(_ cid: CID) async throws(Failure) -> [UInt8] {
    do throws(RepositoryError) { return try repository.block(cid) } catch {
      switch error {
      case .notFound:
        throw Failure(.unavailable, "\(name) has no block \(cid)", code: "not-found")
      case .unsupportedHash, .tooLarge: throw Failure(.data, "\(name): \(error)")
      case .corrupt, .unknownFormat, .file: throw Failure(.io, "\(name): \(error)")
      }
    }
  }
}
