import Ethereum
import Files
import Hashing
import Journals
import Records
import SystemPackage
import TestSupport
import Testing

@testable import Sending

@Suite struct TransactionJournalTests {
  private let bench: JournalBench

  init() throws { bench = try JournalBench() }

  @discardableResult
  private func turn<Value>(
    _ journal: TransactionJournal, _ body: (inout TransactionJournal.Turn) throws(Failure) -> Value
  ) async throws -> Value {
    let (value, commit) = try await journal.turn(body)
    try await commit?.value()
    return value
  }

  @Test("what was appended is read again in full, and told of by nonce, hash and ID")
  func roundTrip() async throws {
    let journal = bench.opened()
    var first = try bench.transaction("a", nonce: 7, once: "pay \"},\"record\":{")
    first.uses = 2
    try await turn(journal) { [first] turn in turn.append(first) }
    for journal in [journal, bench.opened()] {
      let entry = try #require(
        try await turn(journal) { turn in turn.entry(once: "pay \"},\"record\":{") })
      let found = try #require(entry.transactions.first)
      #expect(entry.transactions.count == 1 && found.refusal == nil && !entry.isTold)
      #expect(found.record.bytes == first.record.bytes)
      #expect(found.tx == first.tx && found.time == first.time && found.kind == .send)
      #expect(found.content == first.content && found.once == first.once && found.uses == 2)
      #expect(try await turn(journal) { turn in turn.entry(nonce: 7)?.nonce } == 7)
      #expect(try await turn(journal) { turn in turn.entry(nonce: 8)?.nonce } == nil)
      #expect(try journal.entry(of: first.hash)?.nonce == 7)
      #expect(try await turn(journal) { turn in turn.lowestNonce(from: 5) } == 5)
      #expect(try await turn(journal) { turn in turn.lowestNonce(from: 7) } == 10)
      #expect(
        try await turn(journal) { turn in turn.lowestNonce(from: 8, besides: [10, 11]) } == 12)
    }
    #expect(try TransactionJournal.senders(on: bench.chain, in: bench.folder) == [bench.sender])
  }

  @Test("a line takes no more nonces than it can have authorizations")
  func crafted() throws {
    var line = TransactionLine.sign(try bench.transaction("a", nonce: 0, uses: 3))
    _ = try TransactionLine(line[...])
    line = TransactionLine.sign(try bench.transaction("a", nonce: 0, uses: 1 << 60))
    #expect(throws: TransactionLine.Unreadable.self) { try TransactionLine(line[...]) }
  }

  @Test("a lock that stays another's is given up on")
  func lockedOut() async throws {
    let journal = bench.opened()
    try await bench.send("a", by: journal)
    var other = JournalFile(bench.path, header: Array("{}".utf8))
    while try !other.tryLock() {}
    let failure = await #expect(throws: Failure.self) {
      try await journal.turn(within: .milliseconds(20)) { turn in turn.lowestNonce(from: 0) }
    }
    #expect(failure?.code == "journal-locked" && failure?.status == .temporary)
    other.unlock()
    #expect(try await turn(journal) { turn in turn.lowestNonce(from: 0) } == 1)
  }

  @Test(
    "permissions that were not used up have no nonces, once their transaction's nonce is in the chain"
  )
  func unusedPermissions() async throws {
    let journal = bench.opened()
    let one = try bench.transaction("a", nonce: 0, uses: 2)
    let cancel = try bench.transaction("cancel", nonce: 0, kind: .cancel)
    let other = try bench.transaction("b", nonce: 1, uses: 1)
    try await turn(journal) { turn in
      turn.append(one)
      turn.append(cancel)
    }
    func lowest(_ first: UInt64, mined: UInt64) async throws -> UInt64? {
      try await turn(journal) { turn in turn.lowestNonce(from: first, mined: mined) }
    }
    #expect(try await lowest(0, mined: 0) == 3)
    #expect(try await lowest(1, mined: 1) == 1)
    #expect(try await lowest(3, mined: 3) == 3)
    try await turn(journal) { turn in turn.append(other) }
    // A reorganisation has undone the cancellation; then it is there again.
    #expect(try await lowest(0, mined: 0) == 3)
    #expect(try await lowest(1, mined: 1) == 3)
    #expect(try await lowest(2, mined: 2) == 2)
  }

  @Test("a nonce is free again only once all that it had was refused for good")
  func voids() async throws {
    let journal = bench.opened()
    let refusal = Failure(.answerNo, "no", code: "x", hint: "why", isRetryable: true)
    for name in ["a", "b", "c"] { try await bench.send(name, by: journal, once: name) }
    let bump = try bench.transaction("b+", nonce: 1, kind: .bump)
    try await turn(journal) { turn in turn.append(bump) }
    func void(_ name: String) async throws -> Bool {
      try await turn(journal) { turn in
        turn.number(of: JournalBench.hash(name)).map { turn.void($0, refusal) } ?? false
      }
    }
    #expect(try await void("b"))
    #expect(try await bench.send("d", by: journal) == 3)
    #expect(try await void("b+"))
    #expect(try await void("b+"))
    #expect(try await !void("z"))
    #expect(try await bench.send("e", by: journal, once: "b") == 1)
    let entries = try await bench.found()
    #expect(entries.map(\.nonce) == [0, 1, 2, 3])
    #expect(entries[1].transactions.map(\.hash) == [JournalBench.hash("e")])
    let old = try #require(try bench.opened().entry(of: JournalBench.hash("b+")))
    #expect(old.transactions.map(\.kind) == [.send, .bump])
    #expect(old.transactions.map(\.refusal) == [refusal, refusal] && old.isRefused)
    let once = try await turn(bench.opened()) { turn in turn.entry(once: "b") }
    #expect(once?.transactions.map(\.hash) == [JournalBench.hash("e")])
  }

  @Test("bytes that another run offers keep their nonce, whatever the first offer comes to")
  func offers() async throws {
    let (signer, other) = (bench.opened(), bench.opened())
    try await bench.send("a", by: signer)
    #expect(try await turn(other) { turn in turn.offer(1) })
    let length = try Files.read(bench.path).count
    #expect(try await turn(other) { turn in turn.offer(1) })
    #expect(try Files.read(bench.path).count == length)
    let failure = Failure(.answerNo, "no")
    #expect(try await turn(signer) { turn in turn.void(1, failure) } == false)
    #expect(try await bench.send("b", by: signer) == 1)
  }

  @Test("bytes that were refused for good are not to be offered any more")
  func refused() async throws {
    let (signer, other) = (bench.opened(), bench.opened())
    try await bench.send("a", by: signer)
    #expect(try await turn(signer) { turn in turn.void(1, Failure(.answerNo, "no")) })
    let length = try Files.read(bench.path).count
    #expect(try await turn(other) { turn in turn.offer(1) } == false)
    #expect(try await turn(other) { turn in turn.offer(2) } == false)
    #expect(try Files.read(bench.path).count == length)
  }

  @Test("who offers what another turn has signed waits until that is on disk")
  func offersDurable() async throws {
    let journal = bench.opened()
    let transaction = try bench.transaction("a", nonce: 0)
    let (number, first) = try await journal.turn { turn in turn.append(transaction) }
    let (_, second) = try await journal.turn { turn in turn.offer(number) }
    let (isOffered, third) = try await journal.turn { turn in turn.offer(number) }
    #expect(isOffered)
    try await #require(third).value()
    #expect(try bench.opened().entry(of: transaction.hash)?.nonce == 0)
    for commit in [first, second] { try await commit?.value() }
    #expect(try await journal.turn { turn in turn.offer(number) }.1 == nil)
  }

  @Test(
    "the same bytes signed again once they were refused are another entry, with marks of its own")
  func again() async throws {
    let journal = bench.opened()
    let refusal = Failure(.temporary, "full")
    try await bench.send("a", by: journal, once: "x")
    #expect(try await turn(journal) { turn in turn.void(1, refusal) })
    try await bench.send("a", by: journal, once: "x")
    #expect(
      try await turn(journal) { turn in turn.untold.map { $0.transactions[0].number } } == [1, 2])
    await journal.tell(1)
    for journal in [journal, bench.opened()] {
      let untold = try await turn(journal) { turn in turn.untold }
      #expect(untold.map { $0.transactions[0].number } == [2] && !untold[0].isRefused)
      let first = try #require(try await turn(journal) { turn in turn.entry(number: 1) })
      #expect(first.transactions.map(\.refusal) == [refusal] && first.isTold)
      #expect(try await turn(journal) { turn in turn.offer(1) } == false)
    }
    #expect(try await turn(journal) { turn in turn.offer(2) })
    await journal.tell(2)
    #expect(try await turn(bench.opened()) { turn in turn.untold.isEmpty })
  }

  @Test("an entry that was signed without an ID can get one")
  func names() async throws {
    let journal = bench.opened()
    try await bench.send("a", by: journal)
    #expect(try await turn(journal) { turn in turn.entry(once: "x") == nil })
    try await turn(journal) { turn in turn.name(1, "x") }
    for journal in [journal, bench.opened()] {
      let entry = try #require(try await turn(journal) { turn in turn.entry(once: "x") })
      #expect(entry.transactions.map(\.hash) == [JournalBench.hash("a")] && entry.once == "x")
    }
    #expect(try await turn(journal) { turn in turn.void(1, Failure(.answerNo, "no")) })
    #expect(try await turn(journal) { turn in turn.entry(once: "x") == nil })
  }

  @Test("permissions of the sender's own have their nonces, and free none of another's")
  func authorizations() async throws {
    let journal = bench.opened()
    let one = try bench.transaction("a", nonce: 0, uses: 2)
    let other = try bench.transaction("b", nonce: 2)
    try await turn(journal) { turn in
      turn.append(one)
      turn.append(other)
    }
    #expect(
      try await turn(journal) { turn in turn.void(1, Failure(.answerNo, "no")) })
    #expect(try await turn(journal) { turn in turn.lowestNonce(from: 0) } == 0)
    #expect(try await turn(journal) { turn in turn.lowestNonce(from: 1) } == 1)
    #expect(try await turn(journal) { turn in turn.lowestNonce(from: 2) } == 3)
  }

  @Test("what is told and settled is told of, and what is not is found")
  func marks() async throws {
    let journal = bench.opened()
    for name in ["a", "b", "c"] { try await bench.send(name, by: journal) }
    await journal.tell(2, 99)
    let mined = JournalledSettlement(
      mined: JournalBench.hash("a"), blockNumber: 12, blockHash: JournalBench.hash("block"))
    let replaced = JournalledSettlement(mined: nil, replacement: JournalBench.hash("else"))
    await journal.settle(JournalBench.hash("a"), mined)
    await journal.settle(JournalBench.hash("c"), replaced)
    let found = bench.opened()
    let untold = try await turn(found) { turn in turn.untold }
    #expect(untold.map { $0.transactions[0].number } == [1, 3])
    #expect(try await bench.found().map(\.settlement) == [mined, nil, replaced])
    #expect(try await bench.found().map(\.isTold) == [false, true, false])
    // A reorganisation: it ends otherwise.
    await journal.settle(JournalBench.hash("a"), replaced)
    #expect(try await bench.found()[0].settlement == replaced)
  }

  @Test("a turn that fails takes no nonce")
  func failures() async throws {
    let journal = bench.opened()
    try await bench.send("a", by: journal)
    await #expect(throws: Failure(.permission, "the signer says no")) {
      try await journal.turn { turn throws(Failure) in
        guard turn.lowestNonce(from: 0) == 1 else { throw Failure(.internalError, "another nonce") }
        throw Failure(.permission, "the signer says no")
      }
    }
    #expect(try await bench.send("b", by: bench.opened()) == 1)
  }

  @Test("in one process nonces follow the order of the turns, and many share a sync")
  func groupCommit() async throws {
    let journal = bench.opened()
    var commits: [TransactionJournal.Commit] = []
    for name in 0..<50 {
      let transaction = try bench.transaction("\(name)", nonce: UInt64(name))
      let (nonce, commit) = try await journal.turn { turn in
        turn.append(transaction)
        return turn.lowestNonce(from: 0)
      }
      #expect(nonce == UInt64(name))
      commits.append(try #require(commit))
    }
    // The lock was kept all the while, and nothing is certain yet for who does not have it.
    #expect(try bench.opened().entry(of: JournalBench.hash("0")) == nil)
    try await commits[49].value()
    #expect(try bench.opened().entry(of: JournalBench.hash("49"))?.nonce == 49)
    // The head counts the syncs: one for the new file, one for all of these.
    let head = try Files.read(
      bench.path.removingLastComponent().appending("\(bench.path.stem ?? "").head"))
    #expect(String(decoding: head[8..<24], as: UTF8.self) == "0000000000000002")
    for commit in commits { try await commit.value() }
    #expect(try await bench.send("after", by: bench.opened()) == 50)
  }

  @Test("many processes that send at once take one nonce each")
  func crowd() async throws {
    let bench = bench
    let nonces = try await withThrowingTaskGroup(of: [UInt64].self) { group in
      for process in 0..<8 {
        group.addTask {
          let journal = bench.opened()
          var nonces: [UInt64] = []
          for step in 0..<10 {
            nonces.append(try await bench.send("\(process) \(step)", by: journal))
          }
          return nonces
        }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(nonces.sorted() == Array(0..<80))
    let entries = try await bench.found()
    #expect(entries.map(\.nonce) == Array(0..<80))
    #expect(Set(entries.flatMap(\.transactions).map(\.hash)).count == 80)
  }

  @Test("who waits for the lock says for whom, and can be interrupted")
  func waiting() async throws {
    let holder = bench.opened()
    let transaction = try bench.transaction("a", nonce: 0)
    let (_, commit) = try await holder.turn { turn in turn.append(transaction) }
    let (lines, told) = AsyncStream.makeStream(of: String.self)
    let waiting = TransactionJournal(
      of: bench.sender, on: bench.chain, in: bench.folder, detail: { told.yield($0) })
    let task = Task { try await waiting.turn { turn in turn.lowestNonce(from: 0) }.0 }
    let line = await lines.first { _ in true }
    #expect(line?.hasSuffix("which is sending from \(bench.sender)") == true)
    task.cancel()
    await #expect(throws: Failure.interrupted) { try await task.value }
    try await commit?.value()
    #expect(try await bench.send("b", by: waiting) == 1)
  }
}
