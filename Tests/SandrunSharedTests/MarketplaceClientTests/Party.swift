import ABI
import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Hashing
import Marketplace
import Records
import Sending
import SystemPackage
import TestSupport
import Testing
import WideInteger

@testable import MarketplaceClient

/// Someone who acts in a marketplace, as far as a dry run goes: nothing is signed, and no node is offered anything.
struct Party {
  let chain: RecordedChain
  let account: Address
  let parts: MarketParts
  let world: World
  let listener: Listener

  /// What is about a job while the chain is looked at; `account` asks.
  static func run(
    _ recorded: RecordedJob, as account: Address? = nil, at time: UInt64? = nil,
    _ body: @escaping @Sendable (Party) async throws -> Void
  ) async throws {
    let account = try account ?? RecordedJob.node(1)
    let home = try Scratch()
    try await RecordedChain.run { chain in
      try await chain.wire()
      try await chain.tell("answers", Self.answers)
      let listener = Listener()
      let world = listener.world(home: home.path.string)
      let options = try SendingOptions.parse([
        "--rpc-url", chain.url, "--signer", "false", "--from", "\(account)", "--dry-run",
        "--retries", "0",
      ])
      let marketplace = try chain.market.jobMarketplace
      let parts = try await MarketOptions.parse(["--marketplace", "\(marketplace)"])
        .parts(options, in: world)
      let party = Party(
        chain: chain, account: account, parts: parts, world: world, listener: listener)
      try await party.set(recorded, at: time ?? recorded.moments[0].time)
      let result = try await parts.whileWorking { () throws(Failure) -> Result<Void, any Error> in
        do { return .success(try await body(party)) } catch { return .failure(error) }
      }
      try result.get()
    }
    // The folder lives as long as somebody writes to it.
    withExtendedLifetime(home) {}
  }

  /// What a dry run asks a node beside calls.
  private static let answers: JSON = [
    "eth_getTransactionCount": "0x0", "eth_estimateGas": "0x186a0",
    "eth_getBalance": .string("0x" + String(UInt64(1) << 62, radix: 16)), "eth_getCode": "0x",
    "eth_maxPriorityFeePerGas": "0x1", "eth_gasPrice": "0x9",
    "eth_feeHistory": [
      "oldestBlock": "0x1", "baseFeePerGas": ["0x7", "0x7"], "gasUsedRatio": [.integer(0)],
      "reward": [["0x1", "0x1", "0x1"]],
    ],
  ]

  /// Says how the job stands at a second: a block of its own.
  func set(_ recorded: RecordedJob, at time: UInt64) async throws {
    try await chain.answer(recorded.calls(asking: [account]))
    try await chain.heads([
      RecordedChain.Head(1000, UInt8(truncatingIfNeeded: time), at: time)
    ])
  }

  /// The job's place, with the terms that it has on the chain.
  func escrow(_ recorded: RecordedJob) throws -> EscrowMember {
    var escrow = try EscrowMember(recorded.jobId, in: .sample)
    if let job = try recorded.read() { escrow.add(job) }
    return escrow
  }

  /// What an act came to, in a word: the code of what it threw.
  func word<Value>(_ act: () async throws -> Value, _ name: (Value) -> String) async -> String {
    do { return name(try await act()) } catch let failure as Failure {
      return "\(failure.status.rawValue) \(failure.code)"
    } catch { return "\(error)" }
  }
}
