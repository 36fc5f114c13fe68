internal import Files
internal import SystemPackage

/// A place on disk for something that gets its name when it is whole, and not before.
///
/// Until then it lies beside the name, as `.NAME.sr-get`, locked; where another process is at that, as `.NAME.sr-get.1`, and so on. A
/// process that was killed leaves that behind, with no lock; the next one that writes to the same name takes it away. A link is whole when
/// it is made, and gets its name at once.
struct Placement {
  /// So many can write to one name at a time.
  private static let places = 256

  private let folder: OutputFolder
  private let path: FilePath
  private let name: [UInt8]
  /// What lies there now of ours, and is to be taken away where it is abandoned.
  private var made: (name: [UInt8], lock: OpenFile?)?

  /// Opens the folder of a path; throws `file` with `fileExists` where the path is taken.
  init(for path: FilePath) throws(ReadError) {
    self.path = path
    name = path.lastComponent?.bytes ?? []
    folder = try OutputFolder(Files.parent(of: path))
    do throws(FileError) {
      guard try Files.status(path) == nil else { throw FileError("create", path, .fileExists) }
    } catch { throw .file(error) }
  }

  /// Makes an empty file.
  mutating func makeFile() throws(ReadError) -> OpenFile {
    try make({ [folder] (name) throws(ReadError) in try folder.create(name) }, lockedBy: { $0 })
  }

  /// Makes an empty directory.
  mutating func makeFolder() throws(ReadError) -> OutputFolder {
    try make({ [folder] (name) throws(ReadError) in try folder.makeFolder(name) }, lockedBy: \.file)
  }

  /// Makes a symbolic link with its time, where one was kept.
  mutating func makeLink(_ item: TreeCursor.Item, to target: [UInt8]) throws(ReadError) {
    try folder.link(name, to: target)
    made = (name, nil)
    try folder.setLinkTime(name, item)
  }

  /// Gives what was made its name, unless that is taken by now.
  func commit(isSynced: Bool) throws(ReadError) {
    if isSynced { try folder.syncAll() }
    if let made, made.lock != nil { try folder.rename(made.name, to: path) }
    if isSynced { try folder.sync() }
  }

  /// Takes away what was made.
  func abandon() {
    guard let made else { return }
    try? Files.removeTree(folder.path(of: made.name))
  }

  /// Makes something under the first temporary name that nobody holds.
  private mutating func make<Made>(
    _ body: ([UInt8]) throws(ReadError) -> Made, lockedBy file: (Made) -> OpenFile
  ) throws(ReadError) -> Made {
    let stem = Files.hiddenStem(of: name) + Array(".sr-get".utf8)
    for number in 0..<Self.places {
      let temporary = number == 0 ? stem : stem + Array(".\(number)".utf8)
      // Twice where there was something to take away.
      for _ in 0..<2 {
        do throws(ReadError) {
          let made = try body(temporary)
          if try claim(file(made), temporary) { return made }
          break
        } catch .file(let error) where error.errno == .fileExists {
          guard clear(temporary) else { break }
        }
      }
    }
    throw .file(FileError("create", folder.path(of: stem), .fileExists))
  }

  /// Takes away what a killed process left; false where a process is at it, or where it is not ours to take away.
  private func clear(_ temporary: [UInt8]) -> Bool {
    do {
      guard let left = try folder.look(temporary) else { return folder.remove(temporary) }
      guard try left.lock(waiting: false), try left.isAt(left.path) else { return false }
      try Files.removeTree(left.path)
      return true
    } catch {
      return false
    }
  }

  /// Locks what was made; false where somebody took it for something left behind, between the making and the locking.
  private mutating func claim(
    _ file: OpenFile, _ temporary: [UInt8]
  ) throws(ReadError) -> Bool {
    do throws(FileError) {
      guard try file.lock(waiting: false), try file.isAt(file.path) else { return false }
    } catch { throw .file(error) }
    made = (temporary, file)
    return true
  }
}
