import ABI
import Commands
import Ethereum
import EthereumRPC
import HTTP
import Hashing
import Records
import Synchronization
import TestSupport
import Testing
import Timing

@testable import EventStreams

/// The chain of `Tests/Peers/event-chain.py`, and a stream of its events.
struct BentChain {
  /// What tells logs apart.
  struct Key: Hashable {
    var block: Digest32
    var index: UInt64
  }

  /// A log of the chain as it is.
  struct Entry {
    var key: Key
    var number: UInt64
  }

  let client: EthereumClient

  /// Starts a chain and talks to it.
  static func run<Value: Sendable>(
    _ talk: (BentChain) async throws -> Value
  ) async throws -> Value {
    try await Peer.run("event-chain.py") { peer in
      var options = EthereumClient.Options()
      options.http.retries = 1
      options.http.backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(10))
      return try await talk(
        BentChain(
          client: EthereumClient([try HTTPURL("http://127.0.0.1:\(peer.port)")], options)))
    }.value
  }

  /// Calls one of the chain's own methods.
  @discardableResult
  func bend(_ method: String, _ params: JSON...) async throws -> JSON {
    try await client.call("test_" + method, params)
  }

  /// Ends all that bends the chain, makes new blocks, and gives its logs.
  func canonical(mining count: Int = 1) async throws -> [Entry] {
    let rows = try #require(try await bend("canonical", .integer(count)).elements)
    return try rows.map { row in
      let parts = try #require(row.elements)
      return Entry(
        key: Key(
          block: try Digest32(hex: try #require(parts[0].string)),
          index: UInt64(try #require(parts[1].integer))),
        number: UInt64(try #require(parts[2].integer)))
    }
  }

  /// Waits until the stream has looked at the chain some more times.
  func looks() async throws {
    let asked = try #require(try await bend("asked").integer)
    let deadline = ContinuousClock.now + .seconds(60)
    while try await bend("asked").integer ?? 0 < asked + 5 {
      try #require(ContinuousClock.now < deadline, "nobody looks at the chain")
      try await Task.sleep(for: .milliseconds(5))
    }
  }

  /// The events that are wanted of it.
  static var filter: EventFilter {
    get throws {
      let contract = try Address(bytes: [UInt8](repeating: 0, count: 19) + [0xaa])
      return EventFilter([
        EventPattern(try ABIEvent(parsing: "Noted(uint256 indexed n)"), of: [contract])
      ])
    }
  }

  /// Reads the chain to its end, or until the task is cancelled.
  func stream(
    _ options: EventStream.Options, to recorder: Recorder, from position: EventPosition? = nil,
    start: UInt64 = 0
  ) async throws {
    let stream = EventStream(
      client, on: try await client.identity(), try Self.filter, options,
      signal: PollingSignal(every: .milliseconds(2)), sink: recorder, in: recorder.world)
    try await stream.run(from: position ?? EventPosition(start: start))
  }

  /// Follows the chain while it is bent, until `body` is done.
  func following(
    _ options: EventStream.Options, to recorder: Recorder, start: UInt64 = 0,
    _ body: () async throws -> Void
  ) async throws {
    var options = options
    options.follows = true
    options.backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(20))
    let chosen = options
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        do throws(any Error) {
          try await stream(chosen, to: recorder, start: start)
          recorder.note("the stream ended")
        } catch {
          if !Task.isCancelled { recorder.note("the stream failed: \(error)") }
        }
      }
      try await body()
      group.cancelAll()
    }
  }
}

/// A sink that plays the part of somebody who believes what is written: adds and removes, each checked.
final class Recorder: EventSink {
  struct State {
    var logs: [BentChain.Key] = []
    var present: Set<BentChain.Key> = []
    var removals = 0
    var steps: [EventStep.Change] = []
    var position: EventPosition?
    var complaints: [String] = []
  }

  private let state = Mutex(State())
  let teller = Teller()

  var keys: [BentChain.Key] { state.withLock { $0.logs } }
  var removals: Int { state.withLock { $0.removals } }
  var complaints: [String] { state.withLock { $0.complaints } }
  var position: EventPosition? { state.withLock { $0.position } }
  var steps: [EventStep.Change] { state.withLock { $0.steps } }

  var world: World {
    var world = World(
      tool: "sr-chain", input: teller, output: teller, errors: teller,
      environment: ["HOME": "/nonexistent"], now: { Timestamp(seconds: 0) })
    world.verbosity = .verbose
    return world
  }

  func note(_ complaint: String) { state.withLock { $0.complaints.append(complaint) } }

  func take(_ step: EventStep, _ position: EventPosition) throws(Failure) {
    state.withLock { state in
      state.steps.append(step.change)
      state.position = position
      for log in step.logs {
        let key = BentChain.Key(block: log.blockHash, index: log.logIndex)
        if step.isRemoval {
          state.removals += 1
          // Newest first: what is taken back is always the last.
          if state.logs.last == key {
            state.logs.removeLast()
          } else {
            state.complaints.append("\(key) is taken back, and was not the last")
          }
          state.present.remove(key)
        } else {
          if !state.present.insert(key).inserted { state.complaints.append("\(key) comes twice") }
          state.logs.append(key)
        }
      }
    }
  }

  /// Waits until a condition holds; false after a minute.
  func reaches(_ condition: (Recorder) -> Bool) async -> Bool {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
      if condition(self) { return true }
      if !complaints.isEmpty { return false }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return false
  }
}

/// What people were told.
final class Teller: ByteSink, ByteSource {
  private let said = Mutex("")
  var text: String { said.withLock { $0 } }
  var isReady: Bool { true }
  func write(_ bytes: [UInt8]) { said.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
  func read(limit: Int) -> [UInt8] { [] }
  func cancel() {}
}
