import Files
import Hashing
import Journals
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing

@testable import Sending

/// No nonce and no ID is forgotten, whatever becomes of the files: the journal is healed, or refused.
@Suite struct TransactionJournalDamageTests {
  private let bench: JournalBench

  init() throws { bench = try JournalBench() }

  private var head: FilePath {
    var path = bench.path
    path.extension = "head"
    return path
  }

  private func put(_ bytes: [UInt8], into path: FilePath) throws {
    let file = try FileDescriptor.open(path, .writeOnly, options: .truncate)
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }

  /// Two sends and a refusal; the third is sent with `isCertain`, or left as a process that was killed would.
  private func prepare(isCertain: Bool) async throws -> (before: [UInt8], after: [UInt8]) {
    let journal = bench.opened()
    for name in ["a", "b"] { try await bench.send(name, by: journal, once: name) }
    let before = try Files.read(bench.path)
    let head = try Files.read(head)
    try await bench.send("c", by: journal, once: "c")
    let after = try Files.read(bench.path)
    if !isCertain { try put(head, into: self.head) }
    return (before, after)
  }

  /// How many of the three a new process knows; nil where it refuses the journal.
  private func known() async throws -> Int? {
    do throws(Failure) {
      let (known, commit) = try await bench.opened().turn { turn in
        let next = turn.lowestNonce(from: 0)
        let ids = ["a", "b", "c"].filter { turn.entry(once: $0) != nil }
        return next == UInt64(ids.count) ? ids.count : -1
      }
      try await commit?.value()
      return known
    } catch {
      #expect(error.code == "journal-damaged" && error.status == .io && error.hint != nil)
      return nil
    }
  }

  @Test("cut anywhere, it is refused where it was certain, else as long as the whole lines")
  func cuts() async throws {
    let (before, after) = try await prepare(isCertain: true)
    for length in 0..<after.count {
      try put(Array(after[..<length]), into: bench.path)
      #expect(try await known() == nil, "\(length)")
    }
    let earlier = try JournalBench()
    let other = TransactionJournalDamageTests(earlier)
    _ = try await other.prepare(isCertain: false)
    let head = try Files.read(other.head)
    for length in before.count...after.count {
      try other.put(Array(after[..<length]), into: earlier.path)
      try other.put(head, into: other.head)
      #expect(try await other.known() == (length == after.count ? 3 : 2), "\(length)")
    }
  }

  private init(_ bench: JournalBench) { self.bench = bench }

  @Test("with any bit flipped it is refused; with one in its head it is whole")
  func flips() async throws {
    let (_, after) = try await prepare(isCertain: true)
    for byte in after.indices {
      var bytes = after
      bytes[byte] ^= 1 << UInt8.random(in: 0..<8)
      try put(bytes, into: bench.path)
      #expect(try await known() == nil, "\(byte)")
    }
    try put(after, into: bench.path)
    let whole = try Files.read(head)
    for bit in 0..<64 * 8 {
      for slot in [0, 4096] {
        var bytes = whole
        bytes[slot + bit / 8] ^= 1 << UInt8(bit % 8)
        try put(bytes, into: head)
        #expect(try await known() == 3, "\(slot), \(bit)")
      }
    }
  }

  @Test("a line that a process signed before it was killed is certain before anybody acts upon it")
  func foreign() async throws {
    _ = try await prepare(isCertain: false)
    let hash = JournalBench.hash("c")
    #expect(try bench.opened().entry(of: hash) == nil)
    #expect(try await bench.opened().turn { turn in turn.entry(hash: hash) }.0?.nonce == 2)
    #expect(try bench.opened().entry(of: hash)?.nonce == 2)
  }

  @Test("whole lines that say what cannot be are refused")
  func nonsense() async throws {
    let strange: [[UInt8]] = [
      TransactionLine.mark(.told, .init(number: 1, hash: JournalBench.hash("nobody"))),
      TransactionLine.mark(.told, .init(number: 2, hash: JournalBench.hash("a"))),
      TransactionLine.mark(.told, .init(number: 0, hash: JournalBench.hash("a"))),
      Array(#"{"told":{"hash":"\#(JournalBench.hash("a"))"}}"#.utf8),
      Array(#"{"once":{"hash":"\#(JournalBench.hash("a"))","sign":1}}"#.utf8),
      Array(#"{"x":{}}"#.utf8),
      Array(#"{"sign":{"hash":"0x00"}}"#.utf8), Array("{}".utf8),
    ]
    for text in strange {
      let bench = try JournalBench()
      let journal = bench.opened()
      try await bench.send("a", by: journal)
      try journal.state.withLock { state in
        while try !state.file.tryLock() {}
        try state.file.read { _ in }
        _ = try state.file.append([text])
        state.file.unlock()
      }
      await #expect(throws: Failure.self) { try await bench.send("b", by: bench.opened()) }
    }
  }

  @Test("a journal of 100,000 transactions opens, and finds each")
  func large() async throws {
    let journal = bench.opened()
    for start in stride(from: 0, to: 100_000, by: 10_000) {
      let transactions = try (start..<start + 10_000).map {
        try bench.transaction("\($0)", nonce: UInt64($0), once: $0 % 10 == 0 ? "\($0)" : nil)
      }
      let (_, commit) = try await journal.turn { turn in
        for transaction in transactions { turn.append(transaction) }
      }
      try await commit?.value()
    }
    let (entry, _) = try await bench.opened().turn { turn in
      turn.lowestNonce(from: 5) == 100_000 ? turn.entry(once: "99990") : nil
    }
    #expect(entry?.nonce == 99_990)
    #expect(try bench.opened().entry(of: JournalBench.hash("12345"))?.nonce == 12_345)
  }
}
