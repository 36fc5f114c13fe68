import Commands
import Files
import IPFS
import Marketplace
import NodeClient
import Records
import Subprocess
import SystemPackage

/// A job's code and inputs as one tar.gz, made by tar(1), for a node that takes no CAR.
struct Archive: Sendable {
  private let world: World

  init(in world: World) { self.world = world }

  /// Lays the content out below the state folder and packs it; the file is the caller's to remove.
  func pack(_ code: CID, _ inputs: [Job.Input]) async throws(Failure) -> FilePath {
    let folders = try world.folders
    let folder = folders.state.appending("uploads").appending(Files.randomName())
    do throws(Failure) {
      let tree = folder.appending("job")
      try layOut(code, inputs, in: tree, from: folders)
      let archive = folders.state.appending("uploads")
        .appending("\(Files.randomName()).tar.gz")
      try await tar(tree, into: archive)
      try? Files.removeTree(folder)
      return archive
    } catch {
      try? Files.removeTree(folder)
      throw error
    }
  }

  private func layOut(
    _ code: CID, _ inputs: [Job.Input], in tree: FilePath, from folders: UserFolders
  ) throws(Failure) {
    let repository: Repository
    do throws(RepositoryError) {
      repository = try Repository(at: folders.data.appending("ipfs"))
    } catch {
      throw Failure(error)
    }
    let reader = ContentReader(repository)
    let interruption = world.interruption
    let limits = MaterialiseLimits(
      isSynced: false, isCancelled: { interruption.isRequested })
    do {
      try Files.makeDirectories(Files.parent(of: tree))
      try reader.materialise(code, to: tree, limits: limits)
      for input in inputs {
        guard let cid = try? CID(parsing: input.cid), let name = FilePath.Component(input.name)
        else { throw Failure(.data, "the input \(JSON.string(input.name).text) has no CID") }
        try reader.materialise(cid, to: tree.appending(name), limits: limits)
      }
    } catch let error as ReadError {
      throw Failure(error)
    } catch let error as FileError {
      throw Failure(.cannotCreate, "\(error)")
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.internalError, "\(error)")
    }
  }

  /// The same files make the same archive, so that a repeated submission is the same body.
  private func tar(_ tree: FilePath, into archive: FilePath) async throws(Failure) {
    let words = [
      "--create", "--gzip", "--file=\(archive)", "--directory=\(tree)", "--sort=name",
      "--mtime=@0", "--owner=0", "--group=0", "--numeric-owner", "--format=pax",
      "--pax-option=exthdr.name=%d/PaxHeaders/%f,delete=atime,delete=ctime", ".",
    ]
    do {
      let result = try await Subprocess.run(
        .name("tar"), arguments: Arguments(words),
        environment: .inherit.updating(["LC_ALL": "C", "GZIP": "-n"]), output: .discarded,
        error: .string(limit: 1 << 16))
      guard result.terminationStatus.isSuccess else {
        let said = result.standardError.split(separator: "\n").first.map(String.init) ?? ""
        throw Failure(.io, "tar cannot pack the job: \(said)")
      }
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw Failure(.unavailable, "tar is not on PATH", hint: "install tar")
    } catch let error as Failure {
      throw error
    } catch {
      throw Failure(.unavailable, "cannot run tar: \(error)")
    }
  }
}
