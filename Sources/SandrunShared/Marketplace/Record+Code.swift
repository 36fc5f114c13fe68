public import Files
public import IPFS
public import Records
internal import SystemPackage

extension Record {
  /// The record with `code`: its job's sources, where the user named them here, and its specification, imported into a sink.
  ///
  /// Unchanged where there is no job, or where it names no sources. Throws 77 for sources that were not named here.
  public func addingCode(
    _ folders: UserFolders, _ options: ImportOptions,
    into sink: () throws(Failure) -> any BlockSink
  ) throws(Failure) -> Record {
    guard let object = try object("job") else { return self }
    let job: Job
    do { job = try Job(object) } catch { throw Failure(.data, "\(error)") }
    guard let source = job.source else { return self }
    let specification: Specification
    do { specification = try Specification(of: object) } catch { throw Failure(.data, "\(error)") }
    let path = FilePath(source)
    let isKnown: Bool
    do throws(FileError) { isKnown = try SourceLedger(folders).knows(path, forJob: job.id) } catch {
      throw Failure(.io, "\(error)")
    }
    guard isKnown else {
      throw Failure(
        .permission, "the job names \(path), which was not named for it on this machine",
        code: "unknown-source", hint: "name the sources yourself: sr-job new")
    }
    let isFolder = try Self.type(of: path) == .directory
    if isFolder {
      let entrypoint = try Self.type(of: path.appending(job.entrypoint))
      guard entrypoint == .regular || entrypoint == .symbolicLink else {
        throw Failure(.missingInput, "no file \(job.entrypoint) in \(path), the job's entrypoint")
      }
    }
    let importer = Importer(options, into: try sink())
    do throws(ImportError) {
      // A single file gets a directory around it.
      let code =
        isFolder
        ? try importer.add(path) : try importer.add(tree: [(job.entrypoint, path)]).root
      let spec = try importer.add(block: specification.bytes, codec: .raw)
      return setting(
        "code",
        to: [
          "cid": .string("\(code.cid)"), "size": .integer(code.size), "spec": .string("\(spec)"),
        ])
    } catch { throw Failure(error) }
  }

  private static func type(of path: FilePath) throws(Failure) -> FileType? {
    do throws(FileError) { return try Files.status(path)?.type } catch {
      throw Failure(ImportError.file(error))
    }
  }
}
