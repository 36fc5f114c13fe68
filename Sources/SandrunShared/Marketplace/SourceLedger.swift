public import Files
public import SystemPackage

/// Which sources the user named on this machine: `sr-job new` writes a job's id and path down, `sr-ipfs add` asks.
///
/// A record from a stranger may name any path; only a path written down here is read (design, record rule 9).
public struct SourceLedger: Sendable {
  private let folder: FilePath

  /// The ledger in the user's state folder.
  public init(_ folders: UserFolders) { self.folder = folders.state.appending("sources") }

  /// Writes down that the user named these sources for this job.
  ///
  /// Throws `fileExists` where other sources are written down for the id: an id that a stranger chose must not
  /// point the user's own job elsewhere.
  public func remember(_ source: FilePath, for job: Job) throws(FileError) {
    guard try !knows(source, forJob: job.id) else { return }
    try Files.makeDirectories(folder)
    try Files.writeAtomically(
      Array(source.string.utf8), to: folder.appending(job.id), mode: .ownerReadWrite,
      replacing: false)
  }

  /// Whether the user named this path for this job, here.
  public func knows(_ source: FilePath, forJob id: String) throws(FileError) -> Bool {
    guard id.utf8.count == 32, id.utf8.allSatisfy({ $0 &- 0x30 < 10 || $0 &- 0x61 < 6 }) else {
      return false
    }
    let entry = folder.appending(id)
    guard try Files.status(entry) != nil else { return false }
    return try Files.read(entry, limit: 1 << 16) == Array(source.string.utf8)
  }
}
