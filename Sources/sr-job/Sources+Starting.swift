import Files
import Marketplace
import Records
import SystemPackage

// What sources say of how they are run.

extension Sources {
  /// Puts into a job what the sources say where the options say nothing, and checks that it can start from them.
  func complete(_ job: inout Job, _ options: JobOptions) throws(Failure) {
    if let named = options.entrypoint {
      job.entrypoint = named
    } else {
      job.entrypoint = try entrypoint()
    }
    let found = Interpreter.find(name: job.entrypoint, head: try head(of: job.entrypoint))
    if options.interpreter == nil {
      job.interpreter = try interpreter(of: job.entrypoint, found)
    } else if job.interpreter == nil {
      try requireProgram(job.entrypoint)
    }
    job.source = path.string
    job.repository = repository
    try requireFree(job.inputs)
    do throws(JobError) {
      try job.check()
    } catch {
      throw Failure(error.member.hasPrefix("job.inputs") ? .usage : .data, "\(error)")
    }
  }

  /// The file that is run where the user named none.
  private func entrypoint() throws(Failure) -> String {
    guard isFolder else { return path.lastComponent?.string ?? "" }
    var names: [String] = []
    do throws(FileError) {
      for name in try Files.list(path)
      where try Files.status(path.appending(name))?.type == .regular { names.append(name.string) }
    } catch {
      throw Failure(.io, "\(error)")
    }
    let usual = names.filter(Interpreter.isUsualEntrypoint)
    if usual.count == 1 { return usual[0] }
    if usual.isEmpty, names.count == 1 { return names[0] }
    throw Failure(
      .data,
      usual.isEmpty
        ? "nothing tells which file of \(path) is run"
        : "\(usual.joined(separator: " and ")) of \(path) could both be run",
      hint: "name it with --entrypoint")
  }

  /// The beginning of the entrypoint, which must be a regular file among the sources.
  private func head(of entrypoint: String) throws(Failure) -> [UInt8] {
    let file = try file(of: entrypoint)
    do throws(FileError) {
      return try Files.head(file, count: 256)
    } catch {
      throw Failure(error.errno == .noSuchFileOrDirectory ? .missingInput : .io, "\(error)")
    }
  }

  private func file(of entrypoint: String) throws(Failure) -> FilePath {
    guard isFolder else {
      let name = path.lastComponent?.string ?? "the file"
      guard name.utf8.elementsEqual(entrypoint.utf8) else {
        throw Failure(
          .usage, "--entrypoint \(JSON.string(entrypoint).text) is not \(name)",
          hint: "a single file is its own entrypoint; give the folder")
      }
      return path
    }
    let file = path.pushing(FilePath(entrypoint))
    let kind = try kind(of: file)
    guard let kind else { throw Failure(.missingInput, "\(path) holds no \(entrypoint)") }
    guard kind == .regular else {
      throw Failure(
        .data, "\(file) is \(kind == .symbolicLink ? "a link" : "no regular file")",
        hint: "name the file that is run with --entrypoint")
    }
    // Through a folder that is a link.
    guard UserFolders.contains(path, file) else {
      throw Failure(.data, "\(file) lies outside \(path)", hint: "copy it in")
    }
    return file
  }

  /// The program that runs a file, nil where it runs by itself.
  private func interpreter(
    of entrypoint: String, _ found: Interpreter.Answer
  ) throws(Failure) -> String? {
    switch found {
    case .program(let program): return program
    case .itself: return nil
    case .unknown:
      throw Failure(
        .data, "nothing tells which program runs \(entrypoint)",
        hint: "name it with --interpreter, or begin the file with #!")
    }
  }

  private func requireProgram(_ entrypoint: String) throws(Failure) {
    let head = try head(of: entrypoint)
    guard Interpreter.find(name: "", head: head) == .itself || head.starts(with: "#!".utf8) else {
      throw Failure(
        .data, "\(entrypoint) cannot run by itself: it is no ELF program and has no #! line",
        hint: "name what runs it with --interpreter")
    }
  }

  /// An input is bound beside the sources, never over them.
  private func requireFree(_ inputs: [Job.Input]) throws(Failure) {
    guard isFolder else { return }
    for input in inputs {
      var place = path
      let parts = FilePath(input.name).components
      for (index, part) in parts.enumerated() {
        place.append(part)
        guard let kind = try kind(of: place) else { break }
        guard kind == .directory, index < parts.count - 1 else {
          throw Failure(
            .usage, "--input \(JSON.string(input.name).text) would lie over \(place)",
            hint: "give it another name: CID:NAME")
        }
      }
    }
  }

  private func kind(of path: FilePath) throws(Failure) -> FileType? {
    do { return try Files.status(path)?.type } catch { throw Failure(.io, "\(error)") }
  }
}
