import IPFS
import Records
import Sandbox

extension Failure {
  /// What a tool says where a command could not be run.
  init(_ error: SandboxError) {
    switch error {
    case .programMissing(let name):
      let package = name == "bwrap" ? "bubblewrap" : "util-linux"
      self.init(
        .unavailable, "\(name) is not on PATH", code: "no-sandbox",
        hint: "install it (apt install \(package)); --sandbox none runs jobs that are trusted "
          + "without a sandbox")
    case .setup(let words):
      self.init(
        .unavailable, "the sandbox cannot be set up: \(words)", code: "no-sandbox",
        hint: "'sr-node doctor' tells what is missing")
    case .interpreterMissing(let name):
      self.init(
        .unavailable, "no program \(JSON.string(name).text) on this machine",
        code: "no-interpreter", hint: "install it under /usr or /opt, or run the job elsewhere")
    case .interpreterUnreachable(let name, let path):
      self.init(
        .unavailable, "\(JSON.string(name).text) is \(path), where a sandbox must not reach",
        code: "no-interpreter",
        hint: "install it under /usr or /opt: homes and system folders are kept out")
    case .tooManyWords:
      self.init(
        .data, "the arguments, variables and inputs are more than a program can be started with",
        hint: "put them into a file of the job's folder")
    case .noGPU: self.init(.unavailable, "this machine has no GPU", code: "no-gpu")
    case .system(let action, let reason): self.init(.io, "cannot \(action): \(reason)")
    case .badFile(let problem, let path): self.init(.data, "\(path): \(problem)")
    case .filesTooLarge(let limit):
      self.init(.data, "the files hold more than \(limit) bytes together")
    }
  }

  /// What a tool says where a job's content cannot be laid out.
  init(_ error: ReadError, of what: String, _ cid: CID) {
    switch error {
    case .repository(.notFound(let block)):
      let part = block == cid ? "" : ": its block \(block) is missing"
      self.init(
        .missingInput, "\(what), \(cid), is not in the local repository\(part)",
        hint: "add it with 'sr-ipfs add'")
    case .repository(let error): self.init(error)
    case .file(let error): self.init(.io, "\(error)")
    case .overLimit(.bytes(let limit)):
      self.init(
        .data, "\(what), \(cid), holds more than \(limit) bytes",
        hint: "half of the job's memory may be files: raise it with 'sr-job set --memory'")
    case .overLimit(.entries(let limit)):
      self.init(.data, "\(what), \(cid), holds more than \(limit) files")
    case .overLimit(.depth(let limit)):
      self.init(.data, "\(what), \(cid), has folders more than \(limit) deep")
    case .notDirectory: self.init(.data, "\(what), \(cid), is no folder")
    case .linkLeadsOut(let name, let target):
      self.init(
        .data,
        "\(what), \(cid), has a link out of its folder: "
          + "\(JSON.string(name).text) to \(JSON.string(target).text)")
    default: self.init(.data, "\(what), \(cid), cannot be read: \(error)")
    }
  }

  /// What a tool says where the local repository fails.
  init(_ error: RepositoryError) {
    switch error {
    case .notFound(let cid): self.init(.missingInput, "\(cid) is not in the local repository")
    case .corrupt(let cid, let pack, let offset):
      self.init(.io, "the block \(cid) is spoiled in \(pack) at \(offset)")
    case .unsupportedHash(let cid): self.init(.data, "the hash of \(cid) is not known here")
    case .tooLarge(let size): self.init(.data, "a block of \(size) bytes is too large")
    case .unknownFormat(let path):
      self.init(.configuration, "\(path) is no repository of this version")
    case .file(let error): self.init(.io, "\(error)")
    }
  }

  /// What a tool says where outputs cannot be stored.
  init(_ error: ImportError) {
    switch error {
    case .file(let error): self.init(.io, "\(error)")
    case .repository(let error): self.init(error)
    default: self.init(.data, "the outputs cannot be stored: \(error)")
    }
  }
}
