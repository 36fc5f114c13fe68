import Files
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import Journals

@Suite struct JournalFileTests {
  private let ledger: Ledger

  init() throws { ledger = try Ledger() }

  @Test("what several users append, each of them reads")
  func sharing() throws {
    var one = ledger.opened()
    var other = ledger.opened()
    try one.append(1...3)
    try other.append(4...4)
    try one.append(5...6)
    #expect(try ledger.found() == Ledger.texts(1...6))
    var rest: [[UInt8]] = []
    try other.lockPatiently()
    try other.read { rest.append(Array($0.text)) }
    #expect(rest == Ledger.texts(5...6))
    let isFree = try one.tryLock()
    #expect(!isFree)
    let holder = one.holder
    #expect(holder == nil || holder == getpid())
    other.unlock()
    try one.lockPatiently()
  }

  @Test("who has a lock is told by device and number; another container's process has none")
  func holders() {
    let table = """
      1: POSIX  ADVISORY  WRITE 11 fe:00:77 0 EOF
      2: FLOCK  ADVISORY  WRITE 12 08:01:77 0 EOF
      3: FLOCK  ADVISORY  WRITE 13 fe:00:77 0 EOF
      4: FLOCK  ADVISORY  WRITE -1 fe:00:78 0 EOF
      5: FLOCK  ADVISORY  WRITE 0 fe:00:79 0 EOF
      6: FLOCK  ADVISORY  WRITE 16 103:12345:80 0 EOF
      """
    func holder(_ device: UInt64, _ number: UInt64) -> Int32? {
      LockHolder.process(in: table, at: (device: device, number: number))
    }
    #expect(holder(0xfe00, 77) == 13 && holder(0x801, 77) == 12)
    #expect(holder(0xfe01, 77) == nil && holder(0xfe00, 78) == nil && holder(0xfe00, 79) == nil)
    #expect(holder(0x1231_0345, 80) == 16)
  }

  @Test("a head's number leaves room for those that follow")
  func headNumbers() {
    var head = JournalHead()
    head.sequence = (1 << 63) - 1
    #expect(JournalHead(head.bytes, at: head.offset) == head)
    let next = head.next(length: 1, checksum: 2)
    #expect(JournalHead(next.bytes, at: next.offset) == nil)
  }

  @Test("files are the user's alone")
  func modes() throws {
    try ledger.append(1...1)
    #expect(try ledger.path.stat().permissions == .ownerReadWrite)
    #expect(try ledger.head.stat().permissions == .ownerReadWrite)
    #expect(try Files.parent(of: ledger.path).stat().permissions == .ownerReadWriteExecute)
    #expect(try JournalFile.names(in: Files.parent(of: ledger.path)).map(\.string) == ["a.journal"])
    #expect(try JournalFile.names(in: "/nowhere").isEmpty)
  }

  @Test("without the lock certain lines are read, and nothing is made")
  func looking() throws {
    var looker = ledger.opened()
    var seen: [[UInt8]] = []
    try looker.read { seen.append(Array($0.text)) }
    #expect(try Files.list(ledger.scratch.path).isEmpty)
    try ledger.append(1...2)
    try ledger.append(3...3, isCommitted: false)
    var holder = ledger.opened()
    try holder.lockPatiently()
    try looker.read { seen.append(Array($0.text)) }
    #expect(seen == Ledger.texts(1...2))
    holder.unlock()
    try ledger.append(4...4)
    try looker.read { seen.append(Array($0.text)) }
    #expect(seen == Ledger.texts(1...4))
  }

  @Test("a text that was appended is read back from its place")
  func extents() throws {
    var file = ledger.opened()
    try file.lockPatiently()
    try file.read { _ in }
    let extents = try file.append(Ledger.texts(1...3))
    for (number, extent) in zip(1...3, extents) {
      let text = try file.text(at: extent)
      #expect(text == Ledger.text(number))
    }
    let first = file.commit()
    let commit = try #require(first)
    // What comes in meanwhile waits for the next one.
    let late = try file.append([Ledger.text(4)])
    try commit.run()
    file.finished(commit)
    let (certain, isMoreThere) = (file.certainLength, file.hasUncertainLines)
    #expect(certain == extents[2].offset + extents[2].count + 1)
    #expect(isMoreThere)
    let text = try file.text(at: late[0])
    #expect(text == Ledger.text(4))
    file.unlock()
    #expect(try ledger.found() == Ledger.texts(1...4))
  }

  @Test("nothing is appended without the lock, nor what would not be read again")
  func refusals() throws {
    var file = ledger.opened()
    #expect(throws: JournalError.self) { try file.append([Ledger.text(1)]) }
    try file.lockPatiently()
    for text in ["", "{", "[]", "{\n}"] {
      #expect(throws: JournalError.self) { try file.append([Array(text.utf8)]) }
    }
    file.unlock()
    #expect(try ledger.found().isEmpty)
  }

  @Test("a journal of another account is refused, and so is what is no journal")
  func strangers() throws {
    try ledger.append(1...2)
    var other = ledger.opened(header: Array(#"{"version":2}"#.utf8))
    #expect(
      throws: JournalError.otherHeader(
        ledger.path, found: String(decoding: Ledger.header, as: UTF8.self))
    ) {
      try other.lockAndRead()
    }
    let (_, head) = try ledger.snapshot()
    for content in ["hello", "hello\n", "{}\n", "00000000 {}\n"] {
      for (content, head) in [
        (Array(content.utf8), head), (Array(content.utf8), JournalHead.newFile),
      ] {
        try ledger.put(content, head: head)
        #expect(throws: JournalError.self) { try ledger.found() }
        #expect(try Files.read(ledger.path) == content)
      }
    }
  }

  @Test("many tasks append with the lock, and no line is lost")
  func crowd() async throws {
    let ledger = ledger
    try await withThrowingTaskGroup(of: Void.self) { group in
      for task in 0..<8 {
        group.addTask {
          var file = ledger.opened()
          for step in 0..<25 {
            while try !file.tryLock() { await Task.yield() }
            try file.read { _ in }
            _ = try file.append([Ledger.text(task * 25 + step)])
            if step % 5 == 4, let commit = file.commit() {
              try commit.run()
              file.finished(commit)
            }
            file.unlock()
          }
        }
      }
      try await group.waitForAll()
    }
    let found = try ledger.found()
    #expect(found.count == 200)
    #expect(Set(found) == Set(Ledger.texts(0..<200)))
  }
}
