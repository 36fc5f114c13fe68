import Commands
import Dispatch
import Files
import IPFS
import Marketplace
import NodeClient
import Records
import SystemPackage

/// What is fetched of a job while it is looked at: it lies apart, and is kept in the user's repository only where the job is taken.
final class TrialContent: Sendable {
  /// A job's content, on trial.
  struct Trial: Sendable {
    /// Where it is looked for and written: what is kept already is found, too.
    let store: ContentStore
    fileprivate let kept: Repository
    fileprivate let folder: FilePath

    /// Moves all that some roots lead to into the user's repository; it is on disk when this returns.
    func keep(_ roots: [CID]) async throws(Failure) {
      let result: Result<Void, ReadError> = await withCheckedContinuation { continuation in
        DispatchQueue(label: "sandrun.keep").async {
          continuation.resume(returning: self.copied(roots))
        }
      }
      do throws(ReadError) { try result.get() } catch { throw Failure(error) }
    }

    private func copied(_ roots: [CID]) -> Result<Void, ReadError> {
      do throws(ReadError) {
        let batch = kept.batch()
        var walk = DAGWalk(roots, in: store.source)
        while let step = try walk.next() {
          try Self.attempt { () throws(RepositoryError) in
            guard try !kept.contains(step.cid), let digest = step.cid.sha256 else { return }
            let block = try store.source.block(step.cid)
            try unsafe batch.put(block.span.bytes, as: digest)
          }
        }
        try Self.attempt { () throws(RepositoryError) in try batch.commit() }
        return .success(())
      } catch { return .failure(error) }
    }

    private static func attempt(_ body: () throws(RepositoryError) -> Void) throws(ReadError) {
      do throws(RepositoryError) { try body() } catch { throw .repository(error) }
    }

    /// Forgets what was not kept.
    func end() { try? Files.removeTree(folder) }
  }

  private let kept: Repository
  private let folder: FilePath
  /// Held as long as the process lives: who gets another's lock knows that nobody needs its folder.
  private let lock: OpenFile

  /// A place for trials beside the user's repository; what earlier runs left there when they were killed goes.
  init(in world: World) throws(Failure) {
    let path = try world.repositoryPath
    do throws(RepositoryError) { kept = try Repository(at: path) } catch { throw Failure(error) }
    let place = try world.folders.data.appending("ipfs-trials")
    do throws(FileError) {
      try Files.makeDirectories(place, mode: .ownerReadWriteExecute)
      Self.clean(place)
      (folder, lock) = try Self.take(in: place)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }

  deinit { Self.remove(folder) }

  /// A trial of one job.
  func trial() throws(Failure) -> Trial {
    let folder = folder.appending(Files.randomName())
    do throws(RepositoryError) {
      let fetched = try Repository(at: folder)
      let store = ContentStore(reading: BothSources(first: kept, second: fetched), writing: fetched)
      return Trial(store: store, kept: kept, folder: folder)
    } catch { throw Failure(error) }
  }

  // MARK: Folders

  private static let lockSuffix = ".lock"

  private static func take(in place: FilePath) throws(FileError) -> (FilePath, OpenFile) {
    while true {
      let name = Files.randomName()
      let path = place.appending(name + lockSuffix)
      let lock = try OpenFile(
        path, .readWrite, options: [.create, .exclusiveCreate], permissions: .ownerReadWrite)
      // Somebody may have taken it for one that was left.
      guard try lock.lock(waiting: false), try Files.status(path) != nil else { continue }
      return (place.appending(name), lock)
    }
  }

  private static func clean(_ place: FilePath) {
    for name in (try? Files.list(place)) ?? [] where name.string.hasSuffix(lockSuffix) {
      let path = place.appending(name)
      guard let lock = try? OpenFile(path, .readWrite), (try? lock.lock(waiting: false)) == true
      else { continue }
      remove(place.appending(String(name.string.dropLast(lockSuffix.count))))
    }
  }

  /// Its lock goes last: without one nobody would look for the folder.
  private static func remove(_ folder: FilePath) {
    guard (try? Files.removeTree(folder)) != nil else { return }
    try? Files.removeTree(FilePath(folder.string + lockSuffix))
  }
}

/// Looks for blocks in one place, then in another.
private struct BothSources: BlockSource {
  let first: Repository
  let second: Repository

  func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    do throws(RepositoryError) { return try first.block(cid) } catch .notFound {
      return try second.block(cid)
    } catch { throw error }
  }

  func unprovedBlock(_ cid: CID) throws(RepositoryError) -> [UInt8] {
    do throws(RepositoryError) { return try first.unprovedBlock(cid) } catch .notFound {
      return try second.unprovedBlock(cid)
    } catch { throw error }
  }

  func length(of cid: CID) throws(RepositoryError) -> Int {
    do throws(RepositoryError) { return try first.length(of: cid) } catch .notFound {
      return try second.length(of: cid)
    } catch { throw error }
  }
}
