import Commands
import Files
import IPFS
import Marketplace
import Records
import Synchronization
import SystemPackage

/// A repository in another folder, where content is pinned, too.
final class RepositoryStore: Store {
  let name: String
  private let path: FilePath
  private let world: World
  private let opened = Mutex<Repository?>(nil)

  /// Names a folder; throws 64 where the repository there is the one that everything is added to.
  init(_ path: FilePath, besides own: Repository, in world: World) throws(Failure) {
    self.path = path
    self.world = world
    name = path.lexicallyNormalized().string
    if let there = try? Files.resolve(path), there == (try? Files.resolve(own.path)) {
      throw Failure(.usage, "--to \(path) is the repository that everything is added to")
    }
  }

  /// Copies all that roots lead to, each block proved, and pins them.
  func hold(_ roots: [CID], from repository: Repository) async throws(Failure) -> Held {
    let target = try open()
    let batch = target.batch()
    defer { batch.close() }
    let source = ReadAhead(repository)
    var walk = DAGWalk(roots, in: source, limit: .max, linkLimit: .max, followsCBOR: true)
    var held = Held()
    while let step = try next(&walk) {
      if world.interruption.isRequested || Task.isCancelled { throw .interrupted }
      do throws(RepositoryError) {
        guard step.cid.inlineBlock == nil else { continue }
        let isNew: Bool
        if let bytes = step.bytes {
          isNew = try copy(bytes, of: step.cid, to: target, batch)
        } else {
          isNew = try copy(source.block(step.cid), of: step.cid, to: target, batch)
        }
        held.blocks += 1
        held.size += step.length
        held.sent += isNew ? 1 : 0
      } catch { throw Failure(error) }
    }
    do throws(PinError) { try batch.pin(roots.map { Pin($0) }) } catch { throw Failure(error) }
    return held
  }

  /// Puts one block; says whether it was not there.
  private func copy(
    _ bytes: [UInt8], of cid: CID, to target: Repository, _ batch: Batch
  ) throws(RepositoryError) -> Bool {
    // One that lies there spoilt is noted as that when it is read, and then written anew.
    let isThere = try target.contains(cid) && (try? target.block(cid)) != nil
    try unsafe batch.put(bytes.span.bytes, of: cid)
    return !isThere
  }

  private func next(_ walk: inout DAGWalk) throws(Failure) -> DAGWalk.Step? {
    do throws(ReadError) { return try walk.next() } catch { throw Failure(error) }
  }

  // MARK: The folder

  /// The repository, opened once.
  private func open() throws(Failure) -> Repository {
    try opened.withLock { opened throws(Failure) in
      if let repository = opened { return repository }
      try check()
      do throws(RepositoryError) {
        let repository = try Repository(at: path)
        opened = repository
        return repository
      } catch .unknownFormat {
        throw Failure(.configuration, "\(path) is a repository of a format that is not known here")
      } catch { throw Failure(error) }
    }
  }

  /// Throws where the folder holds anything but a repository, be it one that is being made, or cannot be made.
  private func check() throws(Failure) {
    do throws(FileError) {
      guard try Files.status(path) != nil else {
        let above = Files.parent(of: path)
        guard (try? above.stat())?.type == .directory else {
          throw FileError("create", path, .noSuchFileOrDirectory)
        }
        return
      }
      let names = try Files.list(path).map(\.string)
      // Whoever was killed while he made one may have left the last file of all under its first name.
      let isBegun = names.allSatisfy {
        ["packs", "index"].contains($0) || $0.hasPrefix(".format.")
      }
      if names.contains("format") || isBegun { return }
    } catch { throw Failure(.cannotCreate, "\(error)") }
    throw Failure(
      .cannotCreate, "\(path) is a folder of something else than a repository",
      hint: "name one that is empty, or not there yet: \(path)/ipfs/")
  }
}
