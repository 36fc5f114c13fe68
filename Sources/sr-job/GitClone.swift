import Commands
import Files
import Marketplace
import Records
import SystemPackage

/// A repository fetched once by git, at one commit.
struct GitClone {
  var url: String
  var ref: String?

  /// Throws 64 for a URL that is not to be cloned; it is not quoted, since it may hold a password.
  init(url: String, ref: String?) throws(Failure) {
    do throws(JobError) {
      try Job.Repository.check(url: url)
    } catch {
      throw Failure(
        .usage, "--repository \(error.problem)",
        hint: error.problem == "holds credentials"
          ? "leave them to a credential helper: git help credentials"
          : "write such as https://example.org/group/project, ssh://git@example.org/project")
    }
    self.url = url
    self.ref = ref
  }

  /// Clones into a folder that must not exist yet, checks the ref out, and gives the commit in full.
  ///
  /// Only the files are kept: no `.git`, no submodules, no hooks run. The caller removes what a failure leaves.
  func check(out folder: FilePath, in world: World) async throws(Failure) -> String {
    do throws(FileError) {
      try Files.makeDirectories(Files.parent(of: folder))
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
    world.detail("cloning \(url)")
    let git = try await Git(for: url, in: world)
    let cloned = try await git.run([
      "clone", "--quiet", "--no-checkout", "--no-recurse-submodules", "--", url, folder.string,
    ])
    guard cloned.isSuccess else { throw failure(cloned) }
    let commit = try await resolve(by: git, in: folder)
    let checkedOut = try await git.run([
      "-C", folder.string, "checkout", "--quiet", "--detach", commit,
    ])
    guard checkedOut.isSuccess else {
      throw Failure(.data, "cannot check out \(commit) of \(url): \(checkedOut.reason)")
    }
    do { try Files.removeTree(folder.appending(".git")) } catch { throw Failure(.io, "\(error)") }
    return commit
  }

  private func resolve(by git: Git, in folder: FilePath) async throws(Failure) -> String {
    for candidate in candidates {
      let answer = try await git.run([
        "-C", folder.string, "rev-parse", "--verify", "--quiet", "--end-of-options",
        "\(candidate)^{commit}",
      ])
      let commit = String(answer.output.prefix { $0 != "\n" })
      guard answer.isSuccess, Job.Repository.isObjectName(commit) else { continue }
      // A whole object name is never the name of a branch or tag, nor of a tag object.
      if let ref, Job.Repository.isObjectName(ref), commit != ref.lowercased() { continue }
      return commit
    }
    guard let ref else { throw Failure(.missingInput, "\(url) has no commit yet") }
    throw Failure(.missingInput, "\(url) has no ref \(JSON.string(ref).text)")
  }

  private var candidates: [String] {
    guard let ref else { return ["HEAD"] }
    if Job.Repository.isObjectName(ref) { return [ref.lowercased()] }
    // A branch exists only under its remote's name in a fresh clone.
    return ["refs/remotes/origin/\(ref)", "refs/tags/\(ref)", ref]
  }

  /// None is to be taken up again: the record that carries the failure does not hold the URL.
  private func failure(_ answer: Git.Answer) -> Failure {
    // The URL is a stranger's word, and may spell any of the phrases.
    let said = answer.errors.replacing(url, with: "").lowercased()
    let missing = [
      "does not exist", "not found", "does not appear to be a git repository",
      "no such file or directory",
    ]
    let refused = [
      "authentication failed", "could not read username", "permission denied",
      "host key verification failed", "access denied",
    ]
    let status: Failure.Status
    var hint: String?
    if said.contains("could not resolve host") {
      status = .unavailable
    } else if refused.contains(where: said.contains) {
      status = .permission
      hint = "see that 'git ls-remote' of it works without asking"
    } else if missing.contains(where: said.contains) {
      status = .missingInput
    } else {
      status = .unavailable
    }
    return Failure(
      status, "cannot clone \(url): \(answer.reason)", hint: hint, isRetryable: false)
  }
}
