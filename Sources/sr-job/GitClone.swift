import Commands
import Files
import Marketplace
import Records
import Subprocess
import SystemPackage

/// A repository fetched once by git, at one commit.
struct GitClone {
  var url: String
  var ref: String?

  private static let schemes = ["https", "ssh", "file"]

  /// Clones into a folder that must not exist yet, checks the ref out, and gives the commit in full.
  ///
  /// Only the files are kept: no `.git`, no submodules, no hooks run.
  func check(out folder: FilePath, in world: World) async throws(Failure) -> String {
    guard let scheme = url.firstRange(of: "://").map({ String(url[..<$0.lowerBound]) }),
      Self.schemes.contains(scheme)
    else {
      throw Failure(
        .usage, "--repository \(JSON.string(url).text) is no https, ssh or file URL",
        hint: "write such as https://example.org/group/project")
    }
    do throws(FileError) {
      try Files.makeDirectories(Files.parent(of: folder))
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    do throws(Failure) {
      world.detail("cloning \(url)")
      _ = try await git(
        ["clone", "--quiet", "--no-checkout", "--no-recurse-submodules", "--", url, folder.string],
        in: world, failing: .unavailable)
      let commit = try await resolve(in: folder, world)
      _ = try await git(
        ["-C", folder.string, "checkout", "--quiet", "--detach", commit], in: world, failing: .data)
      try remove(folder.appending(".git"))
      return commit
    } catch {
      try? Files.removeTree(folder)
      throw error
    }
  }

  private func remove(_ path: FilePath) throws(Failure) {
    do { try Files.removeTree(path) } catch { throw Failure(.io, "\(error)") }
  }

  private func resolve(in folder: FilePath, _ world: World) async throws(Failure) -> String {
    guard let ref else { return try await commit("HEAD", in: folder, world) }
    // A branch exists only under its remote's name in a fresh clone.
    for candidate in ["refs/remotes/origin/\(ref)", "refs/tags/\(ref)", ref] {
      if let commit = try? await commit(candidate, in: folder, world) { return commit }
    }
    throw Failure(.missingInput, "\(url) has no ref \(JSON.string(ref).text)")
  }

  private func commit(
    _ name: String, in folder: FilePath, _ world: World
  ) async throws(Failure) -> String {
    let output = try await git(
      [
        "-C", folder.string, "rev-parse", "--verify", "--quiet", "--end-of-options",
        "\(name)^{commit}",
      ],
      in: world, failing: .missingInput)
    let commit = output.prefix { $0 != "\n" }
    guard commit.utf8.count >= 40, commit.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 })
    else { throw Failure(.missingInput, "\(url) has no commit at \(name)") }
    return String(commit)
  }

  private func git(
    _ arguments: [String], in world: World, failing status: Failure.Status
  ) async throws(Failure) -> String {
    let environment = Environment.inherit.updating([
      "GIT_ALLOW_PROTOCOL": "https:ssh:file", "GIT_TERMINAL_PROMPT": "0",
      "GIT_LFS_SKIP_SMUDGE": "1",
      "LC_ALL": "C",
    ])
    let result: ExecutionResult<Void, StringOutput<UTF8>, StringOutput<UTF8>>
    do {
      result = try await run(
        .name("git"), arguments: Arguments(["-c", "core.hooksPath=/dev/null"] + arguments),
        environment: environment, output: .string(limit: 1 << 20), error: .string(limit: 1 << 16))
    } catch {
      throw Failure(.unavailable, "cannot run git: \(error)", hint: "install git")
    }
    guard result.terminationStatus.isSuccess else {
      let said = result.standardError.split(separator: "\n").last ?? "no reason given"
      throw Failure(status, "cannot clone \(url): \(said)")
    }
    return result.standardOutput
  }
}
