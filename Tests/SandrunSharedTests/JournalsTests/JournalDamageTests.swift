import Files
import SystemPackage
import TestSupport
import Testing

@testable import Journals

/// Whatever becomes of the files, what was certain is found, or the journal is refused.
@Suite struct JournalDamageTests {
  private let ledger: Ledger
  /// The files after each commit, the first of a journal without lines.
  private let states: [(lines: [UInt8], head: [UInt8])]
  private static let count = 6

  init() throws {
    ledger = try Ledger()
    try ledger.append([])
    var states = [try ledger.snapshot()]
    for number in 0..<Self.count {
      try ledger.append([number])
      states.append(try ledger.snapshot())
    }
    self.states = states
  }

  private var whole: (lines: [UInt8], head: [UInt8]) { states[Self.count] }

  /// Whether the journal is refused as damaged; otherwise it must hold the first lines, so many of them at least.
  private func isRefused(
    keeping certain: Int, _ comment: String, location: SourceLocation = #_sourceLocation
  ) throws -> Bool {
    do throws(JournalError) {
      let found = try ledger.found()
      #expect(found.count >= certain, "\(comment)", sourceLocation: location)
      #expect(
        found == Ledger.texts(0..<found.count), "\(comment)", sourceLocation: location)
      return false
    } catch {
      guard case .damaged = error else { throw error }
      return true
    }
  }

  @Test("a journal cut at any byte is refused while anything certain is missing")
  func cuts() throws {
    for length in 0..<whole.lines.count {
      try ledger.put(Array(whole.lines[..<length]), head: whole.head)
      #expect(try isRefused(keeping: Self.count, "\(length)"), "\(length)")
      #expect(try Files.read(ledger.path).count == length)
    }
  }

  @Test("behind what is certain whole lines are taken, and a torn one is cut off")
  func tornEnds() throws {
    // The last line's head never got written.
    let certain = states[Self.count - 1]
    for length in certain.lines.count..<whole.lines.count {
      try ledger.put(Array(whole.lines[..<length]), head: certain.head)
      #expect(try !isRefused(keeping: Self.count - 1, "\(length)"))
      #expect(try Files.read(ledger.path) == certain.lines)
    }
    try ledger.put(whole.lines, head: certain.head)
    #expect(try ledger.found() == Ledger.texts(0..<Self.count))
    try ledger.append([Self.count])
    #expect(try ledger.found() == Ledger.texts(0...Self.count))
  }

  @Test("a bit that is flipped in what is certain is refused")
  func flips() throws {
    for bit in 0..<whole.lines.count * 8 {
      var lines = whole.lines
      lines[bit / 8] ^= 1 << UInt8(bit % 8)
      try ledger.put(lines, head: whole.head)
      #expect(try isRefused(keeping: Self.count, "\(bit)"), "\(bit)")
      #expect(try Files.read(ledger.path) == lines)
    }
  }

  @Test("a bit that is flipped behind what is certain costs nothing that was certain")
  func flipsBehind() throws {
    let certain = states[Self.count - 2]
    for bit in certain.lines.count * 8..<whole.lines.count * 8 {
      var lines = whole.lines
      lines[bit / 8] ^= 1 << UInt8(bit % 8)
      try ledger.put(lines, head: certain.head)
      let isRefused = try isRefused(keeping: Self.count - 2, "\(bit)")
      // In a line that another continues, damage is told from a torn write, unless the line's own sum or end is hit.
      let isInText =
        bit / 8 >= certain.lines.count + JournalLine.prefixLength
        && bit / 8 < states[Self.count - 1].lines.count - 2
      if isInText { #expect(isRefused, "\(bit)") }
    }
  }

  @Test("a bit that is flipped in the head loses no line")
  func headFlips() throws {
    for offset in [0, 4096] {
      for bit in offset * 8..<(offset + JournalHead.slotLength) * 8 {
        var head = whole.head
        head[bit / 8] ^= 1 << UInt8(bit % 8)
        try ledger.put(whole.lines, head: head)
        #expect(try !isRefused(keeping: Self.count, "\(bit)"))
      }
    }
    var head = whole.head
    (head[3], head[4099]) = (0, 0)
    try ledger.put(whole.lines, head: head)
    #expect(throws: JournalError.damaged(ledger.path, nil, .headUnreadable)) {
      try ledger.found()
    }
    try ledger.put(head: [])
    #expect(throws: JournalError.damaged(ledger.path, nil, .headUnreadable)) {
      try ledger.found()
    }
  }

  @Test("a journal whose last writes are undone is refused, a head whose are is not needed")
  func rollbacks() throws {
    for (earlier, state) in states[..<Self.count].enumerated() {
      try ledger.put(state.lines, head: whole.head)
      #expect(
        throws: JournalError.damaged(
          ledger.path, nil,
          .shortened(certain: whole.lines.count, found: state.lines.count))
      ) { try ledger.found() }
      try ledger.put(whole.lines, head: state.head)
      #expect(try !isRefused(keeping: Self.count, "\(earlier)"))
    }
  }

  @Test("a journal that is rolled back and goes on elsewhere is refused")
  func forks() throws {
    try ledger.put(states[3].lines, head: states[3].head)
    try ledger.append(10...12)
    let fork = try ledger.snapshot()
    #expect(fork.lines.count >= whole.lines.count)
    try ledger.put(fork.lines, head: whole.head)
    #expect(try isRefused(keeping: Self.count, "fork"))
  }

  @Test("lines that are removed, swapped or doubled are refused")
  func order() throws {
    let lines = whole.lines.split(separator: 10)
    func put(_ lines: [ArraySlice<UInt8>], _ comment: String) throws {
      try ledger.put(Array(lines.joined(separator: [10])) + [10], head: whole.head)
      #expect(try isRefused(keeping: Self.count, comment), "\(comment)")
    }
    for index in lines.indices {
      try put(lines.enumerated().filter { $0.offset != index }.map(\.element), "without \(index)")
      for other in lines.indices where other > index {
        var swapped = lines
        swapped.swapAt(index, other)
        try put(swapped, "\(index) for \(other)")
      }
      // Behind the last one its double is no line that was ever certain.
      guard index < lines.count - 1 else { continue }
      try put(Array(lines[...index] + lines[index...]), "\(index) twice")
    }
    try ledger.put(whole.lines + lines[Self.count] + [10], head: whole.head)
    #expect(try ledger.found() == Ledger.texts(0..<Self.count))
  }

  @Test("a file that is gone is missed, the head's as well as the journal's")
  func missing() throws {
    try Files.removeTree(ledger.path)
    #expect(
      throws: JournalError.damaged(ledger.path, nil, .missing(certain: whole.lines.count))
    ) { try ledger.found() }
    var looker = ledger.opened()
    #expect(throws: JournalError.self) { try looker.read { _ in } }
    try ledger.put(whole.lines)
    try Files.removeTree(ledger.head)
    #expect(throws: JournalError.damaged(ledger.path, nil, .noHead)) { try ledger.found() }
  }

  @Test("a file that is replaced while it is in use is noticed")
  func replaced() throws {
    var user = ledger.opened()
    _ = try user.lockAndRead()
    user.unlock()
    try Files.writeAtomically(whole.lines, to: ledger.path)
    #expect(throws: JournalError.damaged(ledger.path, nil, .replaced)) { try user.lockAndRead() }
    var other = ledger.opened()
    _ = try other.lockAndRead()
    other.unlock()
    try ledger.put(states[2].lines)
    #expect(throws: JournalError.self) { try other.lockAndRead() }
  }

  @Test("a creation that was cut off at any byte is done again")
  func creation() throws {
    let first = states[0].lines
    for length in 0...first.count {
      try ledger.put(Array(first[..<length]), head: JournalHead.newFile)
      #expect(try ledger.found().isEmpty)
      try ledger.append([0])
      #expect(try ledger.found() == [Ledger.text(0)])
    }
    try Files.removeTree(ledger.path)
    try ledger.put(head: JournalHead.newFile)
    #expect(try ledger.found().isEmpty)
    #expect(try Files.read(ledger.path) == first)
  }
}
