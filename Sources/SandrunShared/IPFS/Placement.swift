internal import Files
internal import SystemPackage

/// A place on disk for something that gets its name when it is whole, and not before.
///
/// Until then it lies beside the name, as `.NAME.sr-get`, locked. A process that was killed leaves that behind, with no lock; the next one
/// that writes to the same name takes it away.
struct Placement {
  private let folder: OutputFolder
  private let path: FilePath
  private var temporary: [UInt8]
  /// What was made; open as long as it is ours.
  private var made: OpenFile?
  private var exists = false

  /// Opens the folder of a path; throws `file` with `fileExists` where the path is taken.
  init(for path: FilePath) throws(ReadError) {
    self.path = path
    let name = path.lastComponent?.bytes ?? Array("content".utf8)
    temporary = [UInt8(ascii: ".")] + name.prefix(200) + Array(".sr-get".utf8)
    folder = try OutputFolder(Files.parent(of: path))
    do throws(FileError) {
      guard try Files.status(path) == nil else { throw FileError("create", path, .fileExists) }
    } catch { throw .file(error) }
  }

  /// Makes an empty file.
  mutating func makeFile() throws(ReadError) -> OpenFile {
    while true {
      guard let file = try make({ (folder, name) throws(ReadError) in try folder.create(name) })
      else { continue }
      if try claim(file) { return file }
    }
  }

  /// Makes an empty directory.
  mutating func makeFolder() throws(ReadError) -> OutputFolder {
    while true {
      guard
        let inner = try make({ (folder, name) throws(ReadError) in try folder.makeFolder(name) })
      else { continue }
      if try claim(inner.file) { return inner }
    }
  }

  /// Makes a symbolic link.
  mutating func makeLink(to target: [UInt8]) throws(ReadError) {
    while try make({ (folder, name) throws(ReadError) in try folder.link(name, to: target) }) == nil
    {
    }
    exists = true
  }

  /// Gives what was made its name, unless that is taken by now.
  func commit(isSynced: Bool) throws(ReadError) {
    if isSynced { try folder.syncAll() }
    try folder.rename(temporary, to: path)
    if isSynced { try folder.sync() }
  }

  /// Takes away what was made.
  func abandon() {
    guard exists else { return }
    try? Files.removeTree(folder.path(of: temporary))
  }

  /// Sets mode and time of what was made, where it is a link.
  func setLinkTime(_ item: TreeCursor.Item) throws(ReadError) {
    try folder.setLinkTime(temporary, item)
  }

  /// Makes something under the temporary name; nil where the name has to be freed, or another one taken, first.
  private mutating func make<T>(
    _ body: (OutputFolder, [UInt8]) throws(ReadError) -> T
  ) throws(ReadError) -> T? {
    do throws(ReadError) {
      return try body(folder, temporary)
    } catch .file(let error) where error.errno == .fileExists {
      guard let left = try folder.look(temporary) else {
        folder.remove(temporary)
        return nil
      }
      do throws(FileError) {
        if try left.lock(waiting: false) {
          if try left.isAt(left.path) { try Files.removeTree(left.path) }
        } else {
          // Another process writes to the same name at this moment; who is first to end gets it.
          temporary += Array(".\(Files.randomName())".utf8)
        }
      } catch { throw .file(error) }
      return nil
    }
  }

  /// Locks what was made; false where somebody took it for something left behind, between the making and the locking.
  private mutating func claim(_ file: OpenFile) throws(ReadError) -> Bool {
    do throws(FileError) {
      guard try file.lock(waiting: false), try file.isAt(file.path) else { return false }
    } catch { throw .file(error) }
    made = file
    exists = true
    return true
  }
}
