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
      Ends with 1 where a transaction failed; 'receipt.reason' tells why, where that can be found out.
      """)
  static let operandMember: String? = "hash"

  @OptionGroup var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A transaction's hash.")
  var operands: [String] = []

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let watcher = ReceiptWatcher(client) { world.detail($0) }
    let reader = ReceiptReader(
      watcher, timeout: try chain.network.recordTimeout(), in: world, abi: { calls.abi(at: $0) })
    let pipeline = pipeline(in: world)
    return try await watcher.whilePolling { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        var record = input
        if input.origin != .record {
          record = Record(["tx": ["hash": .string(try input.operand("hash"))]])
          emitter.keep(record)
        }
        let (expectation, call) = try record.sentTransaction()
        let waiting = record
        let done = try await world.interruptible { () throws(Failure) in
          try await reader.awaited(waiting, expectation, call)
        }
        try emitter.emit(done.record, status: done.status)
      }
    }
  }
}
