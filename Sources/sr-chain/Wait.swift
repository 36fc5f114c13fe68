import ArgumentParser
import Commands
import EthereumRPC
import Networking
import Records
import Sending

/// `sr-chain wait`: adds receipts.
struct Wait: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Wait until the transaction of each record is in a block, and add 'receipt'.",
    discussion: """
      $ sr-chain send --async <jobs.jsonl | sr-chain wait --jobs 100 --timeout 10m
      $ sr-chain wait 0x… --confirmations 12 -v
      Ends with 1 where a transaction failed; 'receipt.reason' tells why, where that can be found out.
      """)
  static let operandMember: String? = "hash"

  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A transaction's hash.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try world.expectStream(insteadOfHashes: operands)
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let watcher = waiting.watcher(
      client, chain, try SendingJournals(in: world), in: world)
    let reader = try waiting.reader(watcher, calls, chain, in: world)
    let pipeline = pipeline(in: world)
    return try await watcher.whilePolling { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let record = try input.withTransactionHash(emitter)
        let asked = try record.sentTransaction()
        let done = try await world.interruptible { () throws(Failure) in
          try await reader.awaited(record, asked)
        }
        if let failure = done.failure {
          emitter.keep(done.record)
          throw failure
        }
        try emitter.emit(done.record, status: done.status)
      }
    }
  }
}

extension Record {
  /// The record itself, or one of the transaction whose hash was an operand.
  func withTransactionHash(_ emitter: Emitter) throws(Failure) -> Record {
    guard origin != .record else { return self }
    let record = Record(["tx": ["hash": .string(try operand("hash"))]])
    emitter.keep(record)
    return record
  }
}
