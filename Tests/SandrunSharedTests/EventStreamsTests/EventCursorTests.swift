import Ethereum
import EthereumRPC
import Files
import Hashing
import Records
import Synchronization
import SystemPackage
import TestSupport
import Testing
import WideInteger

@testable import EventStreams

@Suite("Cursors of event streams") struct EventCursorTests {
  private let scratch: Scratch
  private let path: FilePath
  private let stream = EventStreamIdentity(
    chain: ChainIdentity(chainId: 1337, genesis: digest(0)), filter: digest(77))

  init() throws {
    scratch = try Scratch()
    path = scratch.path.appending("jobs.cursor")
  }

  private static func digest(_ number: UInt64, _ branch: UInt8 = 0) -> Digest32 {
    Keccak256.hash(Array("\(number) \(branch)".utf8))
  }

  /// A block with so many logs.
  private static func block(_ number: UInt64, logs: Int = 0, branch: UInt8 = 0) throws -> EventBlock
  {
    let address = try Address(bytes: [UInt8](repeating: 9, count: 20))
    return EventBlock(
      number: number, hash: digest(number, branch),
      // The branch begins with block 14.
      parentHash: digest(number - 1, number > 14 ? branch : 0),
      logs: (0..<logs).map { index in
        ChainLog(
          Receipt.Log(address: address, topics: [digest(1)], data: [UInt8(index), 2, 3]),
          blockNumber: number, blockHash: digest(number, branch), transactionHash: digest(5),
          transactionIndex: 1, logIndex: UInt64(index))
      })
  }

  /// A history: a range, then blocks with and without logs, one of them replaced.
  private static func steps() throws -> [EventStep] {
    [
      EventStep(range: 3...9, anchor: digest(9), logs: []),
      EventStep(range: 10...12, anchor: digest(12), logs: []),
      EventStep(adding: try block(13, logs: 2)),
      EventStep(adding: try block(14)),
      EventStep(adding: try block(15, logs: 1)),
      EventStep(removing: try block(15, logs: 1)), EventStep(removing: try block(14)),
      EventStep(adding: try block(14, logs: 1, branch: 1)),
    ]
  }

  /// A sink that keeps what it is given, and fails after so many steps.
  private final class Kept: EventSink {
    let steps = Mutex<[EventStep]>([])
    let limit: Int
    init(limit: Int = .max) { self.limit = limit }
    func take(_ step: EventStep, _ position: EventPosition) throws(Failure) {
      let isFull = steps.withLock { steps in
        guard steps.count < limit else { return true }
        steps.append(step)
        return false
      }
      if isFull { throw Failure(.io, "no room") }
    }
    var changes: [EventStep.Change] { steps.withLock { $0.map(\.change) } }
  }

  private func open(limit: Int = 64) throws(Failure) -> EventCursor {
    try EventCursor(path, of: stream, limit: limit)
  }

  /// Takes steps behind where the cursor stands; the position then.
  @discardableResult
  private func run(
    _ steps: [EventStep], into sink: Kept = Kept(), limit: Int = 64
  ) async throws -> EventPosition {
    let cursor = try open(limit: limit)
    let remembering = RememberingSink(sink, in: cursor)
    var position = try await remembering.resume { () throws(Failure) in EventPosition(start: 3) }
    for step in steps {
      try position.take(step.change, limit: limit)
      try remembering.take(step, position)
    }
    try cursor.close()
    return position
  }

  private func bytes() throws -> [UInt8] { try Files.read(path) }

  private func put(_ bytes: [UInt8]) throws {
    try Files.writeAtomically(bytes, to: path, mode: .ownerReadWrite)
  }

  @Test("a stream goes on where it ended, at whatever step that was")
  func goingOn() async throws {
    let steps = try Self.steps()
    var position = EventPosition(start: 3)
    for end in 0...steps.count {
      try Files.removeTree(path)
      try await run(Array(steps[..<end]))
      let cursor = try open()
      #expect(cursor.position == position)
      #expect(cursor.unfinished == nil)
      if end < steps.count { try position.take(steps[end].change, limit: 64) }
    }
    #expect(position.next == 15 && position.window.last?.logs.count == 1)
  }

  @Test("a new file has no position; where a stream begins is remembered before its first line")
  func beginning() async throws {
    #expect(try open().position == nil)
    try await run([])
    #expect(try open().position == EventPosition(start: 3))
    #expect(try path.stat().permissions == .ownerReadWrite)
  }

  @Test("lines that may have been written are written again, though their block may be gone")
  func unfinished() async throws {
    let steps = try Self.steps()
    let sink = Kept(limit: 2)
    await #expect(throws: Failure.self) { try await run(steps, into: sink) }
    #expect(try open().unfinished?.change == steps[2].change)
    #expect(try open().position?.next == 13)
    // It fails once more, and is announced no second time.
    await #expect(throws: Failure.self) { try await run([], into: Kept(limit: 0)) }
    let again = Kept()
    let position = try await run(Array(steps[3...]), into: again)
    #expect(again.changes == steps[2...].map(\.change))
    #expect(try open().position == position)
  }

  @Test(
    "lines that take a block back are written again, though the block may be in the chain again")
  func unfinishedRemoval() async throws {
    let steps = try Self.steps()
    let sink = Kept(limit: 5)
    await #expect(throws: Failure.self) { try await run(steps, into: sink) }
    // Block 15 has a log: that it is taken back is announced, and may be known to the reader.
    #expect(try open().unfinished?.change == steps[5].change)
    #expect(try open().position?.next == 16)
    await #expect(throws: Failure.self) { try await run([], into: Kept(limit: 0)) }
    // The chain has gone back: the same block 15 is written once more.
    let again = Kept()
    try await run([steps[4], steps[5]], into: again)
    #expect(again.changes == [steps[5], steps[4], steps[5]].map(\.change))
    #expect(try open().unfinished == nil)
    // Block 14 has none: there is nothing to announce.
    await #expect(throws: Failure.self) { try await run([steps[6]], into: Kept(limit: 0)) }
    #expect(try open().unfinished == nil)
    #expect(try open().position?.next == 15)
  }

  @Test(
    "a cursor is opened with another window than it was written with", arguments: [1, 2, 3, 4096])
  func windows(limit: Int) async throws {
    let steps = try Self.steps()
    for end in 0...steps.count {
      try Files.removeTree(path)
      var wanted = try await run(Array(steps[..<end]))
      wanted.keep(limit)
      #expect(try open(limit: limit).position == wanted)
    }
    // What one wrote that kept few blocks is read by one that keeps many.
    try Files.removeTree(path)
    let position = try await run(Array(steps[..<(limit == 1 ? 6 : 8)]), limit: limit)
    #expect(position.window.count <= limit)
    let wide = try #require(try open().position)
    #expect(wide.next == position.next && wide.link == position.link)
  }

  @Test("another chain, another chain of the same id, other events: 65, and the file stays")
  func strangers() async throws {
    try await run(try Self.steps())
    let before = try bytes()
    for (other, text) in [
      (
        EventStreamIdentity(
          chain: ChainIdentity(chainId: 1, genesis: Self.digest(0)), filter: stream.filter),
        "on chain 1337, not on chain 1"
      ),
      (
        EventStreamIdentity(
          chain: ChainIdentity(chainId: 1337, genesis: Self.digest(1)), filter: stream.filter),
        "on another chain 1337, whose block 0 is \(Self.digest(0))"
      ),
      (EventStreamIdentity(chain: stream.chain, filter: Self.digest(78)), "of other events"),
    ] {
      let failure = try #require(throws: Failure.self) {
        try EventCursor(path, of: other, limit: 64)
      }
      #expect(failure.status == .data && failure.code == "cursor-other")
      #expect(failure.message.contains(text) && failure.message.contains(path.string))
    }
    #expect(try bytes() == before)
  }

  @Test("what is no cursor is not touched", arguments: ["hello\n", "{\"a\":1}\n", "00000000 {}\n"])
  func noCursor(text: String) throws {
    try put(Array(text.utf8))
    let failure = try #require(throws: Failure.self) { try open() }
    #expect([.data, .io].contains(failure.status) && failure.hint != nil)
    #expect(try bytes() == Array(text.utf8))
  }

  @Test("a line that is none behind the first is damage") func noLine() async throws {
    try await run(try Self.steps())
    var bytes = try bytes()
    let second = try #require(bytes.firstIndex(of: 10)) + 1
    bytes[second] = UInt8(ascii: "x")
    try put(bytes)
    let failure = try #require(throws: Failure.self) { try open() }
    #expect(failure.status == .io && failure.code == "cursor-damaged")
  }

  @Test("one process uses a cursor at a time")
  func locked() throws {
    let cursor = try open()
    let failure = try #require(throws: Failure.self) { try open() }
    #expect(failure.status == .temporary && failure.code == "cursor-in-use")
    #expect(failure.message.contains(path.string))
    try cursor.close()
  }

  @Test("a folder that is not there, and a name that is one: 73")
  func places() throws {
    for place in [scratch.path.appending("none").appending("c"), scratch.path] {
      let failure = try #require(throws: Failure.self) {
        try EventCursor(place, of: stream, limit: 64)
      }
      #expect(failure.status == .cannotCreate, "\(failure)")
    }
  }

  @Test("a cut at any byte loses no more than the end")
  func cuts() async throws {
    let steps = try Self.steps()
    try await run(steps)
    let whole = try bytes()
    var seen: Set<UInt64?> = []
    for length in stride(from: whole.count, through: 0, by: -7) {
      try put(Array(whole[..<length]))
      seen.insert(try open().position?.next)
    }
    #expect(seen.isSuperset(of: [nil, 3, 10, 13, 14, 15]))
  }

  @Test("a flipped bit before the end is no position")
  func flips() async throws {
    try await run(try Self.steps())
    let whole = try bytes()
    let lines = whole.split(separator: 10)
    let certain = whole.count - lines.suffix(2).map(\.count).reduce(2, +)
    for offset in stride(from: 0, to: certain, by: 31) where whole[offset] != 10 {
      var changed = whole
      changed[offset] ^= 1 << UInt8(offset % 7)
      try put(changed)
      let failure = try #require(throws: Failure.self, "\(offset)") { try open() }
      #expect([.io, .data].contains(failure.status))
      #expect(try bytes() == changed)
    }
  }

  @Test("the file does not grow without end, and says the same when it was shortened")
  func growth() async throws {
    var steps = [EventStep(range: 3...12, anchor: Self.digest(12), logs: [])]
    for number: UInt64 in 13..<3000 {
      steps.append(
        EventStep(adding: try Self.block(number, logs: number % 3 == 0 ? 2 : 0)))
    }
    let position = try await run(steps)
    #expect(position.window.count == 64)
    #expect(try bytes().count < 400_000)
    #expect(try open().position == position)
  }
}
