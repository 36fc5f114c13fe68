import Files
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Whole-file operations happen completely or not at all.
@Suite struct FilesTests {
  @Test func writesAreReadBackAndReplace() throws {
    let scratch = try Scratch()
    let file = scratch.path.appending("a")
    try Files.writeAtomically([1, 2, 3], to: file, mode: .ownerReadWrite)
    #expect(try Files.read(file) == [1, 2, 3])
    #expect(try Files.status(file)?.permissions == .ownerReadWrite)
    try Files.writeAtomically([4], to: file)
    #expect(try Files.read(file) == [4])
    #expect(try Files.list(scratch.path).map(\.string) == ["a"])
  }

  @Test func anExistingFileIsKeptWhereAsked() throws {
    let scratch = try Scratch()
    let file = scratch.path.appending("a")
    try Files.writeAtomically([1], to: file, replacing: false)
    let error = #expect(throws: FileError.self) {
      try Files.writeAtomically([2], to: file, replacing: false)
    }
    #expect(error?.errno == .fileExists)
    #expect(try Files.read(file) == [1])
    #expect(try Files.list(scratch.path).map(\.string) == ["a"])
  }

  @Test func errorsNameThePath() throws {
    let scratch = try Scratch()
    let error = #expect(throws: FileError.self) { try Files.read(scratch.path.appending("none")) }
    #expect(error?.description == "cannot open \(scratch.path)/none: No such file or directory")
    #expect(throws: FileError.self) {
      try Files.writeAtomically([], to: scratch.path.appending("no/folder"))
    }
    try Files.writeAtomically([0, 0], to: scratch.path.appending("two"))
    let large = #expect(throws: FileError.self) {
      try Files.read(scratch.path.appending("two"), limit: 1)
    }
    #expect(large?.errno == .fileTooLarge)
  }

  @Test func theHeadOfAPipeIsNotWaitedFor() throws {
    let scratch = try Scratch()
    let (file, pipe) = (scratch.path.appending("a"), scratch.path.appending("pipe"))
    try Files.writeAtomically([1, 2, 3], to: file)
    #expect(try Files.head(file, count: 2) == [1, 2])
    #expect(try Files.head(file, count: 9) == [1, 2, 3])
    #expect(try Files.readRegular(file, limit: 3) == [1, 2, 3])
    try #require(unsafe mkfifo(pipe.string, 0o600) == 0)
    for path in [pipe, scratch.path, "/dev/null"] {
      let error = #expect(throws: FileError.self) { try Files.head(path, count: 1) }
      #expect(error?.errno == .invalidArgument)
      let whole = #expect(throws: FileError.self) { try Files.readRegular(path, limit: 9) }
      #expect(whole?.errno == .invalidArgument)
    }
  }

  @Test func foldersAreMadeAndRemoved() throws {
    let scratch = try Scratch()
    let deep = scratch.path.appending("a/b/c")
    try Files.makeDirectories(deep)
    try Files.makeDirectories(deep)
    try Files.writeAtomically([1], to: deep.appending("file"))
    #expect(throws: FileError.self) { try Files.makeDirectories(deep.appending("file/x")) }
    #expect(throws: FileError.self) { try Files.makeDirectories(deep.appending("file")) }
    try Files.removeTree(scratch.path.appending("a"))
    try Files.removeTree(scratch.path.appending("a"))
    #expect(try Files.list(scratch.path).isEmpty)
  }

  @Test func containmentSeesThroughLinks() throws {
    let scratch = try Scratch()
    let inside = scratch.path.appending("in")
    try Files.makeDirectories(inside)
    try Files.writeAtomically([1], to: inside.appending("file"))
    try Files.writeAtomically([1], to: scratch.path.appending("out"))
    #expect(UserFolders.contains(inside, inside.appending("file")))
    #expect(!UserFolders.contains(inside, inside))
    #expect(!UserFolders.contains(inside, inside.appending("../out")))
    #expect(!UserFolders.contains(inside, inside.appending("none")))
    #expect(!UserFolders.contains(inside, scratch.path.appending("in-not")))
  }

  @Test func foldersFollowTheXDGVariables() {
    let plain = UserFolders(environment: ["HOME": "/h"])
    #expect(plain?.data == "/h/.local/share/sandrun")
    #expect(plain?.state == "/h/.local/state/sandrun")
    #expect(plain?.config == "/h/.config/sandrun")
    let set = UserFolders(environment: [
      "HOME": "/h", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "rel",
    ])
    #expect(set?.data == "/d/sandrun")
    #expect(set?.state == "/h/.local/state/sandrun")
    #expect(UserFolders(environment: [:]) == nil)
    #expect(UserFolders(environment: ["HOME": "rel"]) == nil)
  }
}
