import ArgumentParser
import Commands
import Ethereum
import EthereumRPC
import Networking
import Records
import Sending
import Signing

/// The options of the verbs that send transactions, and what they make.
struct SendingOptions: ParsableArguments {
  @Flag(help: "Do not look whether the node holds the transaction after it has taken it.")
  var async = false

  @Flag(help: "Wait until the transaction is in a block, and add 'receipt'.")
  var wait = false

  @Flag(help: "Sign and send nothing; tell what would be sent, and what it may cost.")
  var dryRun = false

  @OptionGroup var building: BuildingOptions
  @OptionGroup var signing: SignerOptions
  @OptionGroup var chain: ChainOptions

  func validate() throws {
    if dryRun, wait || async {
      throw ValidationError("--dry-run sends nothing: neither --wait nor --async goes with it")
    }
    if wait, async { throw ValidationError("--async and --wait exclude each other") }
  }

  /// The record of the one call that the command line names.
  func record(_ members: JSONObject, in world: World) throws(Failure) -> Record {
    try building.record(members, from: signing.from, in: world)
  }

  /// What a run of the verb works with.
  struct Parts {
    var client: EthereumClient
    var calls: BuildingCalls
    var watcher: ReceiptWatcher
    var sender: TransactionSender
  }

  func parts(in world: World) throws(Failure) -> Parts {
    let client = try chain.client(in: world)
    let calls = try BuildingCalls(chain.resolver(client), in: world)
    let watcher = ReceiptWatcher(client) { world.detail($0) }
    let reader = ReceiptReader(
      watcher, timeout: try chain.network.recordTimeout(), in: world,
      abi: { calls.abi(at: $0) })
    var steps = TransactionSender.Steps()
    steps.isAsync = async
    steps.isDryRun = dryRun
    steps.waits = wait
    let signatory = try signing.signatory(in: world)
    let key = TransactionSender.Key(
      address: { () throws(Failure) in try signatory.account() },
      prepare: { signatory.prepare() },
      sign: { (transaction, account, record) throws(Failure) in
        try signatory.sign(transaction, from: account, of: record)
      })
    let sender = TransactionSender(
      try TransactionBuilder(client, building, in: world), calls,
      Broadcaster(client, retries: chain.network.retries ?? 4) { world.detail($0) }, reader,
      key: key, steps: steps, in: world)
    return Parts(client: client, calls: calls, watcher: watcher, sender: sender)
  }
}

extension Record {
  /// The record as an operand of its own verb.
  var line: String { String(decoding: bytes, as: UTF8.self) }
}
