import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import HTTP
import Hashing
import Marketplace
import Records
import Sending
import Subprocess
import SystemPackage
import TestSupport
import Testing

@testable import MarketplaceClient

/// A development chain with the four contracts on it, and its accounts dev0 … dev9, who act there.
struct DevMarket: Sendable {
  /// Someone who acts.
  struct Actor: Sendable {
    let parts: MarketParts
    let world: World
    let account: Address
  }

  let url: String
  private let home: Scratch

  /// Starts a chain, puts the contracts there, and ends it when the body is done.
  static func run(_ body: @escaping @Sendable (DevMarket) async throws -> Void) async throws {
    let home = try Scratch()
    let descriptor = try FileDescriptor.open(
      home.path.appending("pass"), .writeOnly, options: [.create], permissions: .ownerReadWrite)
    try descriptor.closeAfter { _ = try descriptor.writeAll("worth nothing\n".utf8) }
    let result = try await Subprocess.run(
      .path("/usr/bin/timeout"),
      arguments: [
        // One that is forgotten ends by itself.
        "--signal=TERM", "--kill-after=30", "600", Programs.path("sr-chain").string, "dev",
        "--port", "0", "--import", "--light", "--engine", "devchain",
      ],
      environment: environment(home), input: .none, output: .sequence,
      error: .currentStandardError
    ) { execution -> Result<Void, any Error> in
      var lines = execution.standardOutput.strings().makeAsyncIterator()
      let outcome: Result<Void, any Error>
      do {
        let ready = try JSON(parsing: Array(try #require(try await lines.next()).utf8))
        let url = try #require(ready["chain"]?["endpoint"]?.string)
        let market = DevMarket(url: url, home: home)
        try await market.deploy()
        outcome = .success(try await body(market))
      } catch { outcome = .failure(error) }
      try execution.send(signal: .terminate)
      while try await lines.next() != nil {}
      return outcome
    }
    try result.closureResult.get()
  }

  private static func environment(_ home: Scratch) -> Subprocess.Environment {
    .inherit.updating([
      "HOME": home.path.string, "SANDRUN_KEY": "dev0",
      "SANDRUN_PASSPHRASE_FILE": home.path.appending("pass").string,
      "SANDRUN_LIBEXEC": Vectors.checkout.appending("contracts").string,
      "XDG_DATA_HOME": nil, "XDG_CONFIG_HOME": nil, "XDG_STATE_HOME": nil,
    ])
  }

  private func deploy() async throws {
    let result = try await Subprocess.run(
      .path(Programs.path("sr-chain")),
      arguments: [
        "deploy", "--all", "--minimum-stake", "0.1ETH", "--unbonding", "10m", "--timeout", "60s",
        "--rpc-url", "\(url)",
      ], environment: Self.environment(home), output: .discarded, error: .currentStandardError)
    try #require(result.terminationStatus.isSuccess)
  }

  /// Has someone act, as a process of his own would: what he knows is on disk, in a folder for state that has a name.
  func acting<Value: Sendable>(
    as key: String, _ state: String = "state", options: [String] = [],
    body: @escaping @Sendable (Actor) async throws -> Value
  ) async throws -> Value {
    let listener = Listener()
    let world = World(
      tool: "sr-chain", input: listener, output: listener, errors: listener,
      environment: [
        "HOME": home.path.string, "XDG_STATE_HOME": home.path.appending(state).string,
        "SANDRUN_KEY": key, "SANDRUN_PASSPHRASE_FILE": home.path.appending("pass").string,
      ], now: { Timestamp(seconds: 0) })
    let sending = try SendingOptions.parse(["--rpc-url", url, "--timeout", "60s"] + options)
    let parts = try await MarketOptions.parse([]).parts(sending, in: world)
    let actor = Actor(parts: parts, world: world, account: try parts.sender.account())
    let result = try await parts.whileWorking { () throws(Failure) -> Result<Value, any Error> in
      do { return .success(try await body(actor)) } catch { return .failure(error) }
    }
    return try result.get()
  }

  /// Calls a method of the chain.
  @discardableResult
  func call(_ method: String, _ params: JSON...) async throws -> JSON {
    try await EthereumClient([try HTTPURL(url)]).call(method, params)
  }

  /// Makes a block that is this many seconds after the last one.
  ///
  /// A chain that makes a block for each transaction runs ahead of its clock, by up to a second a block.
  func later(_ seconds: Int) async throws {
    let last = try await call("eth_getBlockByNumber", "latest", false)
    let time = try #require(
      last["timestamp"]?.string.flatMap { UInt64($0.dropFirst(2), radix: 16) })
    try await call("evm_mine", .integer(Int(time) + seconds))
  }

  /// How many transactions an account has sent.
  func count(of account: Address) async throws -> JSON {
    try await call("eth_getTransactionCount", .string("\(account)"), "latest")
  }

  /// Whether there is a journal in a folder for state.
  func hasJournal(_ state: String) -> Bool {
    let path = home.path.appending(state).appending("sandrun").appending("transactions")
    guard let descriptor = try? FileDescriptor.open(path, .readOnly) else { return false }
    try? descriptor.close()
    return true
  }
}
