import Files
import Journals
import SystemPackage
import TestSupport

/// A journal of a test's own, and what was written to it.
struct Ledger {
  let scratch: Scratch
  let path: FilePath
  static let header = Array(#"{"version":1,"of":"tests"}"#.utf8)

  /// Where its head is.
  var head: FilePath { JournalFile.headPath(of: path) }

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("some/folders/a.journal")
  }

  static func text(_ number: Int) -> [UInt8] { Array(#"{"n":\#(number)}"#.utf8) }

  static func texts(_ numbers: some Sequence<Int>) -> [[UInt8]] { numbers.map(text) }

  /// Another user of the journal, with nothing read.
  func opened(header: [UInt8] = header) -> JournalFile { JournalFile(path, header: header) }

  /// Appends lines as a process of their own would; they are certain unless `isCommitted` is false.
  func append(_ numbers: some Sequence<Int>, isCommitted: Bool = true) throws {
    var file = opened()
    try file.append(numbers, isCommitted: isCommitted)
  }

  /// What a new user finds with the lock.
  func found() throws(JournalError) -> [[UInt8]] {
    var file = opened()
    return try file.lockAndRead()
  }

  /// The bytes of the journal and of its head.
  func snapshot() throws -> (lines: [UInt8], head: [UInt8]) {
    (try Files.read(path), try Files.read(head))
  }

  /// Puts other bytes into the files.
  func put(_ lines: [UInt8]? = nil, head: [UInt8]? = nil) throws {
    if let lines { try put(lines, into: path) }
    if let head { try put(head, into: self.head) }
  }

  private func put(_ bytes: [UInt8], into path: FilePath) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }
}

extension JournalFile {
  /// Takes the lock, which a program that is just being started may share for a moment.
  mutating func lockPatiently() throws(JournalError) {
    while try !tryLock() {}
  }

  mutating func lockAndRead() throws(JournalError) -> [[UInt8]] {
    var found: [[UInt8]] = []
    try lockPatiently()
    do throws(JournalError) {
      try read { (line) throws(JournalError) in found.append(Array(line.text)) }
    } catch {
      unlock()
      throw error
    }
    return found
  }

  mutating func append(_ numbers: some Sequence<Int>, isCommitted: Bool = true) throws {
    try lockPatiently()
    try read { _ in }
    _ = try append(Ledger.texts(numbers))
    if isCommitted, let commit = commit() {
      try commit.run()
      finished(commit)
    }
    unlock()
  }
}
