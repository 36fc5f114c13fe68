import ArgumentParser
import Commands
import EthereumRPC
import Records
import Sending
import Signing

/// The options of the verbs that send whatever transactions their records or words say.
struct BroadcastingOptions: ParsableArguments {
  @Flag(help: "Do not look whether the node holds the transaction after it has taken it.")
  var async = false

  @Flag(help: "Wait until the transaction is in a block, and add 'receipt'.")
  var wait = false

  @OptionGroup var sending: SendingOptions
  @OptionGroup var content: ContentOptions

  func validate() throws {
    if sending.dryRun, wait || async {
      throw ValidationError("--dry-run sends nothing: neither --wait nor --async goes with it")
    }
    if wait, async { throw ValidationError("--async and --wait exclude each other") }
  }

  /// Refuses the options of those who wait where nobody does.
  func checkWaiting() throws {
    guard wait || !sending.waiting.isGiven else {
      throw ValidationError("--confirmations and --patience go with --wait")
    }
  }

  /// The record of the one call that the command line names.
  func record(_ members: JSONObject, in world: World) throws(Failure) -> Record {
    try sending.building.record(members, content, from: sending.signing.from, in: world)
  }

  func parts(in world: World) async throws(Failure) -> SendingOptions.Parts {
    try await sending.parts(.init(isAsync: async, waits: wait), content, in: world)
  }
}

extension Record {
  /// The record as an operand of its own verb.
  var line: String { String(decoding: bytes, as: UTF8.self) }
}
