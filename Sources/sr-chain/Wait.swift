import ArgumentParser
import Commands
import Ethereum
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

  @Option(
    help: ArgumentHelp("With --pending, take those of <address> alone.", valueName: "address"),
    transform: { text in
      do { return try Address(parsing: text) } catch {
        throw ValidationError("'\(text)' is no address: \(error)")
      }
    })
  var from: Address?

  @OptionGroup var found: PendingOptions
  @OptionGroup var waiting: WaitingOptions
  @OptionGroup var chain: ChainOptions
  @OptionGroup var stream: StreamOptions

  @Argument(help: "A transaction's hash.")
  var operands: [String] = []

  func validate() throws {
    guard from == nil || found.pending else { throw ValidationError("--from goes with --pending") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    try found.expect(operands, in: world)
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let journals = try SendingJournals(in: world)
    let watcher = waiting.watcher(client, chain, journals, in: world)
    let reader = try waiting.reader(watcher, calls, chain, in: world)
    return try await found.run(operands, of: from, client, journals, in: world) {
      (operands) throws(Failure) in
      var verb = self
      // All that waits is in hand: it is asked for together.
      if found.pending { verb.stream = stream.together(operands) }
      return try await run(verb.pipeline(in: world, operands: operands), watcher, reader, in: world)
    }
  }

  private func run(
    _ pipeline: Pipeline, _ watcher: ReceiptWatcher, _ reader: ReceiptReader, in world: World
  ) async throws(Failure) -> Failure.Status {
    try await watcher.whilePolling { () throws(Failure) in
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
