import Files
import IPFS
import Records
import Sandbox
import SystemPackage

#if canImport(Glibc)
  import Glibc
#endif

/// All that running jobs needs on this machine.
struct Checkup {
  let folders: UserFolders
  let path: String
  let keyName: String

  func findings() -> [Finding] {
    var all = [program("bwrap", package: "bubblewrap")]
    if geteuid() == 0 { all.append(program("setpriv", package: "util-linux")) }
    all += [program("sh", package: "dash"), program("env", package: "coreutils"), namespaces()]
    all += [folder("state folder", folders.state), folder("data folder", folders.data)]
    if all.contains(where: { $0.status == .failed }) {
      all.append(Finding(name: "sandbox", status: .failed, detail: "not tried"))
    } else {
      all += trial()
    }
    return all + [repository(), key(), gpus()]
  }

  private func program(_ name: String, package: String) -> Finding {
    guard let found = HostProgram.onPath(name, path) else {
      return Finding(
        name: name, status: .failed, detail: "not on PATH", hint: "apt install \(package)")
    }
    return Finding(name: name, status: .ok, detail: found)
  }

  private func namespaces() -> Finding {
    let setting = "/proc/sys/user/max_user_namespaces"
    let text = (try? Files.read(FilePath(setting), limit: 64)) ?? []
    let limit = Int(String(decoding: text.prefix { $0 != 0x0A }, as: UTF8.self)) ?? 0
    guard limit > 0 else {
      return Finding(
        name: "user namespaces", status: .failed, detail: "none may be made",
        hint: "sysctl user.max_user_namespaces=10000")
    }
    return Finding(name: "user namespaces", status: .ok, detail: "up to \(limit)")
  }

  private func folder(_ name: String, _ path: FilePath) -> Finding {
    do throws(FileError) {
      try Files.makeDirectories(path)
      let probe = path.appending(".doctor.\(Files.randomName())")
      try Files.writeAtomically([], to: probe)
      try Files.removeTree(probe)
      return Finding(name: name, status: .ok, detail: path.string)
    } catch {
      return Finding(
        name: name, status: .failed, detail: "\(error)",
        hint: "make \(path) a folder that you can write to, or set XDG_STATE_HOME and XDG_DATA_HOME"
      )
    }
  }

  /// Runs jobs, which shows namespaces, mounts and the system call filter to work together.
  private func trial() -> [Finding] {
    let trial = SandboxTrial(path: path, below: folders.state)
    guard let enforcement = trial.enforcement else {
      return [
        Finding(
          name: "sandbox", status: .failed, detail: trial.failure?.message ?? "",
          hint: "user namespaces may be restricted (kernel.apparmor_restrict_unprivileged_userns, "
            + "kernel.unprivileged_userns_clone)")
      ]
    }
    var found = [
      Finding(name: "sandbox", status: .ok, detail: "a job ran in bubblewrap"),
      enforcement == "rlimit"
        ? Finding(
          name: "control groups", status: .absent, detail: "limits are watched over instead",
          hint: "let this user make control groups: systemd-run --user --scope -p Delegate=yes …")
        : Finding(name: "control groups", status: .ok, detail: enforcement),
    ]
    for one in trial.interpreters {
      found.append(
        Finding(name: one.name, status: .ok, detail: "\(one.path) \(one.version)".trimmed))
    }
    if !trial.interpreters.contains(where: { $0.name == "python3" }) {
      let reason = trial.unreachable.first { $0.name == "python3" }?.failure
      found.append(
        Finding(
          name: "python3", status: .absent, detail: reason?.message ?? "not on PATH",
          hint: reason?.hint ?? "apt install python3"))
    }
    return found
  }

  private func repository() -> Finding {
    do throws(RepositoryError) {
      let repository = try Repository(at: folders.data.appending("ipfs"))
      return Finding(name: "repository", status: .ok, detail: repository.path.string)
    } catch {
      let failure = Failure(error)
      return Finding(
        name: "repository", status: .failed, detail: failure.message,
        hint: "move \(folders.data.appending("ipfs")) away; a new one is made")
    }
  }

  /// Whether proofs can be signed; the key itself is not opened.
  private func key() -> Finding {
    let path =
      keyName.contains("/")
      ? FilePath(keyName) : folders.data.appending("keys").appending("\(keyName).json")
    guard let found = try? Files.status(path), unsafe access(path.string, R_OK) == 0 else {
      return Finding(
        name: "key", status: .absent, detail: "no key \(JSON.string(keyName).text) to sign with",
        hint: "make one with 'sr-chain key new'")
    }
    guard found.permissions.isDisjoint(with: [.groupReadWriteExecute, .otherReadWriteExecute])
    else {
      return Finding(
        name: "key", status: .failed, detail: "\(path) is open to others",
        hint: "chmod 600 \(path)")
    }
    return Finding(name: "key", status: .ok, detail: path.string)
  }

  private func gpus() -> Finding {
    let count = GPUDevices.count
    return count == 0
      ? Finding(name: "gpu", status: .absent, detail: "none; jobs that ask for one are refused")
      : Finding(name: "gpu", status: .ok, detail: "\(count)")
  }
}

extension String {
  fileprivate var trimmed: String { hasSuffix(" ") ? String(dropLast()) : self }
}
