internal import Files
internal import SystemPackage

/// The folder for uploads on their way in: each has a folder of its own there, which goes when it is done with.
struct Uploads: Sendable {
  let folder: FilePath

  /// Empties the folder: nothing in it outlives the process that took it in.
  init(in folder: FilePath) throws(FileError) {
    self.folder = folder
    try Files.removeTree(folder)
    try Files.makeDirectories(folder)
  }

  /// A new, empty folder.
  func begin() throws(FileError) -> FilePath {
    let path = folder.appending(Files.randomName())
    try Files.makeDirectories(path)
    return path
  }
}
