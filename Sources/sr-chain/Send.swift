import ArgumentParser
import Commands
import EthereumRPC
import Records
import Sending
import Signing

/// `sr-chain send`: completes, signs and broadcasts transactions, whatever of it is missing.
struct Send: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Send the transaction of each record, built and signed where it is not yet.",
    discussion: """
      $ sr-chain send 0x… --value 0.1ETH --wait
      $ sr-chain send Market 'claimJob(bytes32)' 0x…
      $ sr-chain build <jobs.jsonl | sr-chain sign | sr-chain send --async | sr-chain wait
      $ sr-chain send --once order-7 0x… --value 0.1ETH
      $ sr-chain send --resume >>done.jsonl
      A line of input that is no record is a signed transaction in hexadecimal digits.
      """)
  static let operandMember: String? = "raw"

  @Flag(help: "Bring to an end what earlier runs have left in the journals; reads no input.")
  var resume = false

  @OptionGroup var broadcasting: BroadcastingOptions
  @OptionGroup var stream: StreamOptions
  @OptionGroup var words: CallWords

  func validate() throws {
    try broadcasting.checkWaiting()
    guard resume else { return }
    let sending = broadcasting.sending
    if sending.dryRun || broadcasting.async || sending.noJournal || sending.once != nil {
      throw ValidationError(
        "--resume goes by the journals: --dry-run, --async, --once and --no-journal do not go with it"
      )
    }
    if !words.call.isEmpty { throw ValidationError("--resume takes no call") }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let call = words.call
    if !resume { try world.expectStream(insteadOf: call) }
    let parts = try await broadcasting.parts(in: world)
    if resume { return try await resume(parts, in: world) }
    let operands =
      try call.isEmpty ? [] : [broadcasting.record(parts.calls.members(call), in: world).line]
    let pipeline = pipeline(in: world, operands: operands)
    return try await parts.whileWorking { () throws(Failure) in
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

  private func resume(
    _ parts: SendingOptions.Parts, in world: World
  ) async throws(Failure) -> Failure.Status {
    guard let journals = parts.journals else { return .done }
    let resumer = TransactionResumer(
      parts.broadcaster, parts.reader, journals, waits: broadcasting.wait, in: world)
    let (left, failure) = try await resumer.left(of: broadcasting.sending.signing.from)
    guard !left.isEmpty else {
      if failure == nil { world.note("the journals hold nothing that was left") }
      return failure?.status ?? .done
    }
    // Entries go through the pipe by their places: their records are the journals'.
    let pipeline = pipeline(in: world, operands: left.indices.map { "\($0)" })
    let status = try await parts.whileWorking { () throws(Failure) in
      try await pipeline.run { input, emitter throws(Failure) in
        guard let place = Int(try input.operand("raw")) else { return }
        let resumed = try await world.interruptible { () throws(Failure) in
          try await resumer.resume(left[place], emitter)
        }
        guard let done = resumed else { return }
        try emitter.emit(done.record, status: done.status)
        try emitter.flush()
      }
    }
    return failure?.status ?? status
  }
}

extension Record {
  /// The record itself, or one of the signed transaction that was an operand.
  fileprivate func withRawTransaction() throws(Failure) -> Record {
    guard origin != .record else { return self }
    return Record(["tx": ["raw": .string(try operand("raw"))]])
  }
}
