import ArgumentParser
import Commands
import EthereumRPC
import Records
import Sending

/// `sr-chain send`: completes, signs and broadcasts transactions, whatever of it is missing.
struct Send: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Send the transaction of each record, built and signed where it is not yet.",
    discussion: """
      $ sr-chain send 0x… --value 0.1ETH --wait
      $ sr-chain send Market 'claimJob(bytes32)' 0x…
      $ sr-chain build <jobs.jsonl | sr-chain sign | sr-chain send --async | sr-chain wait
      A line of input that is no record is a signed transaction in hexadecimal digits.
      """)
  static let operandMember: String? = "raw"

  @OptionGroup var sending: SendingOptions
  @OptionGroup var stream: StreamOptions
  @OptionGroup var words: CallWords

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let call = words.call
    try world.expectStream(insteadOf: call)
    let parts = try sending.parts(in: world)
    let operands =
      try call.isEmpty ? [] : [sending.record(parts.calls.members(call), in: world).line]
    let pipeline = pipeline(in: world, operands: operands)
    return try await parts.watcher.whilePolling { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        let record = try input.withRawTransaction()
        if input.origin != .record { emitter.keep(record) }
        let done = try await world.interruptible { () throws(Failure) in
          try await parts.sender.send(record, emitter)
        }
        try emitter.emit(done.record, status: done.status)
        // Its hash is money: out with it before the next one goes to a node.
        try emitter.flush()
      }
    }
  }
}

extension Record {
  /// The record itself, or one of the signed transaction that was an operand.
  fileprivate func withRawTransaction() throws(Failure) -> Record {
    guard origin != .record else { return self }
    return Record(["tx": ["raw": .string(try operand("raw"))]])
  }
}
