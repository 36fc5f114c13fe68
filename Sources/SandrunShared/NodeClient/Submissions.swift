public import Files
public import NodeAPI
public import Records
internal import SystemPackage

/// What was submitted from here, with its last known state: one file a job below the state folder.
public struct Submissions: Sendable {
  private let folder: FilePath

  /// The list in the user's state folder.
  public init(_ folders: UserFolders) { folder = folders.state.appending("submitted") }

  /// A record is at most so long.
  private static let longest = 16 << 20

  /// Sees that there is a place to write to, before anything is sent that would have to be written down; throws 73.
  public func prepare() throws(Failure) {
    do throws(FileError) {
      try Files.makeDirectories(folder)
      let probe = folder.appending(".\(Files.randomName())")
      try Files.writeAtomically([], to: probe)
      try Files.removeTree(probe)
    } catch {
      throw Failure(
        .cannotCreate, "\(error)", hint: "make it writable, or set XDG_STATE_HOME elsewhere")
    }
  }

  /// Writes a submitted record down, or what is newly known of it.
  ///
  /// Under the id of its first node; throws 73 or 74.
  public func remember(_ record: Record) throws(Failure) {
    guard let first = try record.jobReferences().first else { return }
    do throws(FileError) {
      try Files.makeDirectories(folder)
      try Files.writeAtomically(
        record.bytes + [0x0A], to: folder.appending("\(first.id).json"), mode: .ownerReadWrite)
    } catch {
      throw Failure(.cannotCreate, "\(error)")
    }
  }

  /// The record of a job by the node's id of it, or by the job's own; nil where none was submitted from here.
  public func find(_ id: JobID) throws(Failure) -> Record? {
    let path = folder.appending("\(id).json")
    if let record = try read(path) { return record }
    return try all().last { (try? $0.object("job"))?["id"]?.string == id.description }
  }

  /// All records, the earliest submission first.
  public func all() throws(Failure) -> [Record] {
    var found: [(time: String, record: Record)] = []
    for name in try names() {
      guard let record = try read(folder.appending(name)) else { continue }
      let run = try? record.object("run")
      found.append((run?["submitted"]?.string ?? "", record))
    }
    return found.sorted { $0.time < $1.time }.map(\.record)
  }

  private func names() throws(Failure) -> [FilePath.Component] {
    do throws(FileError) {
      return try Files.list(folder).filter { $0.extension == "json" }
    } catch {
      guard error.errno == .noSuchFileOrDirectory else { throw Failure(.io, "\(error)") }
      return []
    }
  }

  /// A file that another process has removed meanwhile is none.
  private func read(_ path: FilePath) throws(Failure) -> Record? {
    var bytes: [UInt8]
    do throws(FileError) {
      bytes = try Files.read(path, limit: Self.longest + 1)
    } catch {
      if error.errno == .noSuchFileOrDirectory { return nil }
      throw Failure(.io, "\(error)")
    }
    if bytes.last == 0x0A { bytes.removeLast() }
    do throws(Failure) {
      return try Record(parsing: bytes)
    } catch {
      throw Failure(.io, "\(path) is damaged: \(error.message)", hint: "remove it")
    }
  }
}
