import ABI
import Commands
import Ethereum
import EthereumRPC
import HTTP
import Hashing
import Marketplace
import Records
import Synchronization
import TestSupport
import Testing
import Timing
import WideInteger

@testable import MarketplaceClient

/// The chain of `Tests/Peers/market-node.py`: its contracts say what a test tells them to.
struct RecordedChain {
  /// A block at the chain's head.
  struct Head {
    var number: UInt64
    var hash: Digest32
    var time: UInt64

    init(_ number: UInt64, _ name: UInt8 = 0, at time: UInt64) {
      (self.number, self.time) = (number, time)
      hash = Keccak256.hash([UInt8(truncatingIfNeeded: number), name])
    }
  }

  let url: String
  let client: EthereumClient

  static var genesis: Digest32 {
    get throws { try Digest32(hex: "0x" + String(repeating: "0", count: 63) + "1") }
  }

  /// Starts a chain and talks to it.
  static func run<Value: Sendable>(
    _ talk: (RecordedChain) async throws -> Value
  ) async throws -> Value {
    try await Peer.run("market-node.py") { peer in
      var options = EthereumClient.Options()
      options.http.retries = 0
      options.http.backoff = Backoff(base: .milliseconds(1), limit: .milliseconds(10))
      let url = "http://127.0.0.1:\(peer.port)"
      return try await talk(
        RecordedChain(url: url, client: EthereumClient([try HTTPURL(url)], options)))
    }.value
  }

  /// Calls one of the node's own methods.
  @discardableResult
  func tell(_ method: String, _ params: JSON...) async throws -> JSON {
    try await client.call("test_" + method, params)
  }

  /// Says what calls give.
  func answer(_ calls: [String: JSON]) async throws {
    var object: JSONObject = [:]
    for (call, data) in calls { object[call] = data }
    try await tell("calls", .object(object))
  }

  /// Says what a getter of a contract gives; nil reverts.
  func answer(
    _ contract: MarketplaceContract, _ function: ABIFunction, _ arguments: [ABIValue] = [],
    _ data: [UInt8]?
  ) async throws {
    let query = try market.query(contract, function, arguments)
    try await answer([
      "\(query.to) \(Hex.encode(query.data))": data.map { .string(Hex.encode($0)) } ?? .null
    ])
  }

  /// Says which blocks are the latest, one after the other.
  func heads(_ heads: [Head], cycling: Bool = false) async throws {
    let list = heads.map { head -> JSON in
      [.integer(head.number), .string("\(head.hash)"), .integer(head.time)]
    }
    try await tell("heads", .array(list), .bool(cycling))
  }

  /// How many requests had a call of a method.
  func asked(_ method: String) async throws -> Int {
    try #require(try await tell("asked", .string(method)).integer)
  }

  var market: Market {
    get throws { try Market.sample(client) }
  }

  /// Has the four contracts name each other.
  func wire() async throws {
    let market = try market
    let getters: [(MarketplaceContract, ABIFunction, Address)] = [
      (.jobMarketplace, JobMarketplace.registry, market.nodeRegistry),
      (.jobMarketplace, JobMarketplace.consensus, market.consensusManager),
      (.consensusManager, ConsensusManager.proofs, market.proofVerification),
      (.consensusManager, ConsensusManager.marketplace, market.jobMarketplace),
      (.consensusManager, ConsensusManager.registry, market.nodeRegistry),
      (.nodeRegistry, NodeRegistry.marketplace, market.jobMarketplace),
      (.nodeRegistry, NodeRegistry.consensus, market.consensusManager),
      (.proofVerification, ProofVerification.marketplace, market.jobMarketplace),
    ]
    for (contract, function, address) in getters {
      try await answer(contract, function, [], RecordedJob.word(address).bytes)
    }
  }

  /// A log of a contract, as nodes tell it.
  static func log(
    _ address: Address, _ event: ABIEvent, _ topics: [[UInt8]], _ data: [UInt8],
    block: UInt64, index: UInt64 = 0
  ) -> JSON {
    [
      "address": .string("\(address)"),
      "topics": .array(
        ([event.topic0.bytes] + topics).map { .string(Hex.encode($0)) }),
      "data": .string(Hex.encode(data)), "blockNumber": .string("0x" + String(block, radix: 16)),
      "blockHash": .string("\(Head(block, at: 0).hash)"),
      "transactionHash": .string("\(Keccak256.hash([UInt8(truncatingIfNeeded: index), 3]))"),
      "transactionIndex": .string("0x" + String(index, radix: 16)),
      "logIndex": .string("0x" + String(index, radix: 16)), "removed": .bool(false),
    ]
  }
}

/// What people were told.
final class Listener: ByteSink, ByteSource {
  private let said = Mutex("")
  var text: String { said.withLock { $0 } }
  var isReady: Bool { true }
  func write(_ bytes: [UInt8]) { said.withLock { $0 += String(decoding: bytes, as: UTF8.self) } }
  func read(limit: Int) -> [UInt8] { [] }
  func cancel() {}

  /// A world that it listens to, with a home that is a test's own.
  func world(home: String = "/nonexistent") -> World {
    World(
      tool: "sr-chain", input: self, output: self, errors: self, environment: ["HOME": home],
      now: { Timestamp(seconds: 0) })
  }
}

/// What a piece of work throws, for people and scripts: nil where it throws nothing.
func failure<Value>(
  _ body: () async throws -> Value
) async -> Failure? {
  do {
    _ = try await body()
    return nil
  } catch let failure as Failure { return failure } catch {
    return Failure(.internalError, "\(error)")
  }
}
