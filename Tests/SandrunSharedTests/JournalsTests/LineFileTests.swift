import Files
import SystemPackage
import TestSupport
import Testing

@testable import Journals

@Suite struct LineFileTests {
  private let scratch: Scratch
  private let path: FilePath
  private static let header = Array(#"{"version":1,"of":"lines"}"#.utf8)
  private static let texts = (1...4).map { Array(#"{"n":\#($0)}"#.utf8) }

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("lines")
  }

  /// What a new opening finds behind the header.
  private func found(header: [UInt8] = header) throws(JournalError) -> [[UInt8]] {
    var found: [[UInt8]] = []
    _ = try LineFile(path, header: header) { (line) throws(JournalError) in
      found.append(Array(line.text))
    }
    return found
  }

  private func write(_ texts: [[UInt8]]) throws {
    var file = try LineFile(path, header: Self.header) { _ in }
    try file.append(texts)
  }

  private func put(_ bytes: [UInt8]) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }

  @Test("what was written is read again, by whoever opens the file next")
  func roundTrip() throws {
    try write(Array(Self.texts[..<2]))
    try write(Array(Self.texts[2...]))
    #expect(try found() == Self.texts)
    #expect(try path.stat().permissions == .ownerReadWrite)
    let bytes = try Files.read(path)
    #expect(bytes.split(separator: 10).count == 5)
  }

  @Test("a cut at any byte leaves the lines before it")
  func cuts() throws {
    try write(Self.texts)
    let whole = try Files.read(path)
    let headerEnd = try #require(whole.firstIndex(of: 10)) + 1
    for length in 0..<whole.count {
      try put(Array(whole[..<length]))
      let lines = whole[..<length].filter { $0 == 10 }.count
      #expect(try found() == Array(Self.texts[..<max(0, lines - 1)]), "\(length)")
      // It was cut where the last whole line ends, and goes on from there.
      try write([Self.texts[0]])
      #expect(try found().last == Self.texts[0])
    }
    #expect(headerEnd < whole.count)
  }

  @Test("a flipped bit is refused, but in the last newline: a line without one is not whole")
  func flips() throws {
    try write(Self.texts)
    let whole = try Files.read(path)
    for bit in 0..<whole.count * 8 {
      var bytes = whole
      bytes[bit / 8] ^= 1 << UInt8(bit % 8)
      try put(bytes)
      do {
        let lines = try found()
        #expect(bit / 8 == whole.count - 1 && lines == Array(Self.texts[..<3]), "\(bit)")
      } catch {
        guard case .damaged = error else {
          Issue.record("\(bit): \(error)")
          continue
        }
        #expect(try Files.read(path) == bytes)
      }
    }
  }

  @Test("a block that never got to the disk ends the file")
  func zeros() throws {
    try write(Self.texts)
    var bytes = try Files.read(path)
    let end = bytes.count
    let line = try #require(bytes[..<(end - 1)].lastIndex(of: 10)) + 1
    for place in line + 4..<end - 2 { bytes[place] = 0 }
    try put(bytes)
    #expect(try found() == Array(Self.texts[..<3]))
    #expect(try Files.read(path).count == line)
    try put(Array(bytes[..<line]) + [UInt8](repeating: 0, count: 10_000))
    #expect(try found() == Array(Self.texts[..<3]))
  }

  @Test("lines removed or swapped are refused")
  func order() throws {
    try write(Self.texts)
    let lines = try Files.read(path).split(separator: 10)
    for removed in 0..<4 {
      var fewer = lines
      fewer.remove(at: removed)
      try put(Array(fewer.joined(separator: [10])) + [10])
      #expect(throws: JournalError.self) { try found() }
    }
    for first in 0..<3 {
      var swapped = lines
      swapped.swapAt(first, first + 1)
      try put(Array(swapped.joined(separator: [10])) + [10])
      #expect(throws: JournalError.self) { try found() }
      #expect(try Files.read(path).count == swapped.reduce(0) { $0 + $1.count + 1 })
    }
  }

  @Test("a file of somebody else's is left alone")
  func strangers() throws {
    for content in ["hello", "hello\n", "{}\n", "00000000 {}\n", "#!/bin/sh\nexit 1\n"] {
      try put(Array(content.utf8))
      #expect(throws: JournalError.self) { try found() }
      #expect(try Files.read(path) == Array(content.utf8))
    }
    try Files.removeTree(path)
    try write(Self.texts)
    #expect(throws: JournalError.otherHeader(path, found: #"{"version":1,"of":"lines"}"#)) {
      try found(header: Array(#"{"version":2}"#.utf8))
    }
  }

  @Test("a rewritten file holds the new lines and goes on from them")
  func rewriting() throws {
    var file = try LineFile(path, header: Self.header) { _ in }
    try file.append(Self.texts)
    #expect(file.count == 4)
    try file.rewrite([Self.texts[3]])
    #expect(file.count == 1)
    try file.append([Self.texts[0]], isSynced: false)
    #expect(try file.length == Files.read(path).count)
    #expect(throws: JournalError.self) { try found() }
    _ = consume file
    #expect(try found() == [Self.texts[3], Self.texts[0]])
    #expect(try Files.list(scratch.path).map(\.string) == ["lines"])
  }

  @Test("a text that would not be read again is not written")
  func texts() throws {
    var file = try LineFile(path, header: Self.header) { _ in }
    for text in ["", "1", "{\n}", "{} "] {
      #expect(throws: JournalError.self) { try file.append([Array(text.utf8)]) }
      #expect(throws: JournalError.self) { try file.rewrite([Array(text.utf8)]) }
    }
    _ = consume file
    #expect(try found().isEmpty)
  }
}
