internal import Files
internal import HTTPTypes
internal import Marketplace
internal import SystemPackage

#if canImport(Glibc)
  internal import Glibc
#else
  internal import Darwin
#endif

/// The folder of code that a submission's files make.
struct JobFolder: Sendable {
  let path: FilePath

  /// Puts single files into place; no name may be taken, and none may go through a link.
  func place(_ files: [Intake.File]) throws {
    do {
      try Files.makeDirectories(path)
      for file in files {
        var place = path
        let parts = FilePath(file.name).components
        for part in parts.dropLast() {
          place.append(part)
          guard try Files.status(place)?.type ?? .directory == .directory else {
            throw RequestError(
              .badRequest, "a file's name goes through another", details: file.name)
          }
          try Files.makeDirectories(place)
        }
        guard let last = parts.last else { continue }
        place.append(last)
        guard try Files.status(place) == nil else {
          throw RequestError(.badRequest, "two files have one name", details: file.name)
        }
        guard unsafe rename(file.path.string, place.string) == 0 else {
          throw FileError("create", place, Errno(rawValue: errno))
        }
      }
    } catch let error as FileError {
      throw RequestError(error)
    }
  }

  /// The file that is run, where the manifest names none.
  func entrypoint() throws -> String {
    var names: [String] = []
    do throws(FileError) {
      for name in try Files.list(path)
      where try Files.status(path.appending(name))?.type == .regular { names.append(name.string) }
    } catch {
      throw RequestError(error)
    }
    let usual = names.filter(Interpreter.isUsualEntrypoint)
    if usual.count == 1 { return usual[0] }
    if usual.isEmpty, names.count == 1 { return names[0] }
    throw Manifest.wrong("entrypoint", "is missing: nothing else tells which file is run")
  }

  /// The beginning of the entrypoint, which must be a regular file of the folder.
  func head(of entrypoint: String) throws -> [UInt8] {
    guard FileName.checked(entrypoint) != nil else {
      throw Manifest.wrong("entrypoint", "is no path inside the job's folder")
    }
    let file = path.pushing(FilePath(entrypoint))
    do {
      guard let found = try Files.status(file), found.type == .regular,
        UserFolders.contains(path, file)
      else { throw Manifest.wrong("entrypoint", "names no file that was sent") }
      return try Files.head(file, count: 256)
    } catch let error as FileError {
      throw RequestError(error)
    }
  }
}

extension RequestError {
  /// What a client is told where a file of ours cannot be written.
  init(_ error: FileError) {
    self =
      error.errno == .noSpace || error.errno == .diskQuotaExceeded ? .diskFull : .inside
  }
}
