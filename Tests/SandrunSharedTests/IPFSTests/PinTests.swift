import Files
import IPFS
import SystemPackage
import TestSupport
import Testing

/// Pins: what was added is there for every process, whatever befalls the end of the journal.
@Suite struct PinTests {
  let scratch: Scratch
  let path: FilePath

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("ipfs")
  }

  private func cid(_ number: Int) -> CID { CID(hashing: Array("\(number)".utf8), codec: .raw) }

  private var journal: FilePath { path.appending("pins/journal") }

  @Test func addedListedRemoved() throws {
    let pins = try Repository(at: path).pins
    #expect(try pins.all().pins.isEmpty)
    let odd = "a b%\n\u{7f}=é"
    try pins.add([Pin(cid(1), name: odd), Pin(cid(2), mode: .direct), Pin(cid(3))])
    let other = try Repository(at: path).pins
    #expect(
      try other.all().pins
        == [Pin(cid(1), name: odd), Pin(cid(2), mode: .direct), Pin(cid(3))])
    try other.remove([cid(1), cid(3)])
    #expect(try pins.all().pins == [Pin(cid(2), mode: .direct)])
    #expect(throws: PinError.notPinned(cid(1))) { try pins.remove([cid(2), cid(1)]) }
    #expect(try pins.find(cid(2)) != nil, "all or none")
  }

  @Test func whatIsAddedAgainIsMerged() throws {
    let pins = try Repository(at: path).pins
    try pins.add([Pin(cid(1), mode: .direct, name: "first")])
    try pins.add([Pin(cid(1))])
    #expect(try pins.find(cid(1)) == Pin(cid(1), name: "first"), "recursive; the name stays")
    try pins.add([Pin(cid(1), mode: .direct, name: "")])
    #expect(try pins.find(cid(1)) == Pin(cid(1)), "still recursive; the name is taken away")
  }

  @Test func bothVersionsOfACIDAreOnePin() throws {
    let pins = try Repository(at: path).pins
    let old = CID(hashing: [1], codec: .dagPB, version: .v0)
    try pins.add([Pin(old)])
    #expect(try pins.find(old.v1) == Pin(old))
    try pins.remove([old.v1])
    #expect(try pins.all().pins.isEmpty)
  }

  @Test func namesHaveALimit() throws {
    let pins = try Repository(at: path).pins
    let name = String(repeating: "x", count: 256)
    #expect(throws: PinError.nameTooLong(256)) { try pins.add([Pin(cid(1), name: name)]) }
    try pins.add([Pin(cid(1), name: String(name.dropLast()))])
  }

  /// Cut at any byte of its last line, or with NULs behind it, the journal has lost that line alone, and takes the next.
  @Test func aTornEndIsCutOff() throws {
    let pins = try Repository(at: path).pins
    try pins.add([Pin(cid(1))])
    let before = try Files.read(journal)
    try pins.add([Pin(cid(2), name: "torn")])
    let whole = try Files.read(journal)
    var ends = (before.count..<whole.count).map { Array(whole.prefix($0)) }
    ends.append(before + [UInt8](repeating: 0, count: 700))
    ends.append(Array(whole.dropLast(9)) + [UInt8](repeating: 0, count: 4) + [10])
    for text in ends {
      try Files.writeAtomically(text, to: journal)
      let (found, damage) = try Repository(at: path).pins.all()
      #expect(found == [Pin(cid(1))] && damage == nil, "\(text.count) bytes")
      try Repository(at: path).pins.add([Pin(cid(3))])
      #expect(try Repository(at: path).pins.all().pins == [Pin(cid(1)), Pin(cid(3))])
      #expect(try Repository(at: path).pins.all().damage == nil)
    }
  }

  /// Any byte of a line turned is damage, and hides no other line.
  @Test func damageIsTold() throws {
    try Repository(at: path).pins.add((0..<3).map { Pin(cid($0), name: "name") })
    let text = try Files.read(journal)
    let lines = text.split(separator: 10, omittingEmptySubsequences: false)
    let start = lines[0].count + 1 + lines[1].count + 1
    for offset in start..<start + lines[2].count {
      var bad = text
      bad[offset] ^= 4
      try Files.writeAtomically(bad, to: journal)
      let (found, damage) = try Repository(at: path).pins.all()
      #expect(damage == .damaged(journal, offset: start), "byte \(offset)")
      #expect(found.map(\.cid) == [cid(0), cid(2)])
    }
  }

  @Test func manyProcessesAtOnce() async throws {
    let path = path
    try await withThrowingTaskGroup { group in
      for writer in 0..<8 {
        group.addTask {
          let pins = try Repository(at: path).pins
          for number in 0..<25 {
            let cid = CID(hashing: Array("\(writer) \(number)".utf8), codec: .raw)
            try pins.add([Pin(cid)])
            if number.isMultiple(of: 5) { try pins.remove([cid]) }
          }
        }
      }
      try await group.waitForAll()
    }
    let (found, damage) = try Repository(at: path).pins.all()
    #expect(found.count == 160 && damage == nil)
  }

  /// What is pinned again and again does not let the journal grow without end.
  @Test func theJournalIsWrittenAnew() throws {
    let pins = try Repository(at: path).pins
    let many = (0..<4000).map { Pin(cid($0 % 100), name: "name \($0)") }
    for _ in 0..<8 { try pins.add(many) }
    #expect(try Files.status(journal)?.size ?? 0 < 2 << 20)
    #expect(try Repository(at: path).pins.all().pins.count == 100)
  }

  /// An append that a power cut tore may have left zeros with whole lines behind them: what comes next is hidden by none of them.
  @Test func whatFollowsAHoleCounts() throws {
    let pins = try Repository(at: path).pins
    try pins.add([Pin(cid(0))])
    let start = try Files.read(journal).count
    try pins.add((1..<200).map { Pin(cid($0)) })
    let whole = try Files.read(journal)
    // A page in the midst of lines, one at their beginning, and one that ends with a line.
    let line = whole.count - (try #require(whole.dropLast().lastIndex(of: 10))) - 1
    for hole in [6000..<10096, start..<4096, start..<start + 3 * line] {
      var torn = whole
      for offset in hole { torn[offset] = 0 }
      try Files.writeAtomically(torn, to: journal)
      let before = try Repository(at: path).pins.all()
      #expect(before.damage == nil, "nothing of it was promised")
      #expect(before.pins.contains(Pin(cid(0))) && before.pins.contains(Pin(cid(199))))
      try Repository(at: path).pins.add([Pin(cid(200))])
      let after = try Repository(at: path).pins.all()
      #expect(after.damage == nil && after.pins == before.pins + [Pin(cid(200))])
      #expect(try !Files.read(journal).contains(0), "written anew")
    }
  }

  /// Zeros in what was written anew, and so was on disk as a whole, are damage; and whatever comes behind them counts.
  @Test func zerosInWhatWasPromisedAreDamage() throws {
    let many = (0..<4000).map { Pin(cid($0 % 100), name: "name \($0)") }
    for _ in 0..<3 { try Repository(at: path).pins.add(many) }
    let whole = try Files.read(journal)
    #expect(whole.count < 100_000, "written anew")
    for (hole, added) in [(4096..<8192, 1000), (whole.count - 4000..<whole.count, 1001)] {
      var bad = whole
      for offset in hole { bad[offset] = 0 }
      try Files.writeAtomically(bad, to: journal)
      let start = try #require(bad[..<hole.lowerBound].lastIndex(of: 10)) + 1
      #expect(try Repository(at: path).pins.all().damage == .damaged(journal, offset: start))
      for number in [added, added + 10] {
        try Repository(at: path).pins.add([Pin(cid(number))])
        let after = try Repository(at: path).pins.all()
        #expect(after.damage == .damaged(journal, offset: start), "it stays to be looked at")
        #expect(after.pins.contains(Pin(cid(number))))
      }
    }
  }

  /// A first line that is torn, empty or zeros is written again, so that the journal can be written anew later.
  @Test func aTornFirstLineIsWrittenAgain() throws {
    try Repository(at: path).pins.add([Pin(cid(1))])
    let first = try Files.read(journal)
    let header = Array(first.prefix { $0 != 10 })
    let zeros = [UInt8](repeating: 0, count: header.count + 1)
    let rest = Array(first[(header.count + 1)...])
    for (text, pins) in [
      ([], []), (Array(header.prefix(20)), []), (zeros, []), (rest, [Pin(cid(1))]),
      (zeros + rest, [Pin(cid(1))]),
    ] {
      try Files.writeAtomically(text, to: journal)
      #expect(try Repository(at: path).pins.all().pins == pins)
      try Repository(at: path).pins.add([Pin(cid(2))])
      #expect(try Repository(at: path).pins.all().pins == pins + [Pin(cid(2))])
      #expect(try Repository(at: path).pins.all().damage == nil)
      let words = String(decoding: try Files.read(journal), as: UTF8.self).split(separator: "\n")
      #expect(words.first?.dropFirst(9).hasPrefix("sandrun-pins 1 ") == true)
    }
  }

  /// Another journal under the number of the one that was read is read anew: numbers are given again.
  @Test func anotherFileOfTheSameNumberIsReadAnew() throws {
    let pins = try Repository(at: path).pins
    try pins.add([Pin(cid(1)), Pin(cid(2))])
    #expect(try pins.all().pins == [Pin(cid(1)), Pin(cid(2))])
    let other = try Scratch().path.appending("ipfs")
    try Repository(at: other).pins.add((3..<9).map { Pin(cid($0)) })
    // Written over in place, so that device and number stay.
    let bytes = try Files.read(other.appending("pins/journal"))
    let file = try FileDescriptor.open(journal, .writeOnly)
    try file.closeAfter { _ = try file.writeAll(bytes) }
    #expect(try pins.all().pins == (3..<9).map { Pin(cid($0)) })
  }
}
