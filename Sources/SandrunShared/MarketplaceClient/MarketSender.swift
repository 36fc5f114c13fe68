internal import ABI
public import Commands
public import Ethereum
internal import EthereumRPC
public import Hashing
public import Records
public import Sending
internal import WideInteger

/// Sends the transactions of marketplace verbs, one after the other, through the account's journal.
///
/// No record is needed: whoever is fed a record again finds its transaction by the ID, and what is done on the chain.
public struct MarketSender: Sendable {
  /// A transaction that is in a block, as deep as was asked for.
  public struct Sent: Sendable {
    /// Its hash.
    public let tx: Digest32
    /// The height of its block.
    public let block: UInt64
    /// Its receipt: the events are in its logs.
    public let receipt: TransactionReceipt
  }

  /// What came of an act.
  public enum Outcome: Sendable {
    /// It is in a block, and did what it was to do.
    case sent(Sent)
    /// Nothing was sent, since nothing is to be: the record of what would be is in `tx`.
    case dry(Record)
  }

  /// A failed transaction of an ID is followed by so many others at most.
  private static let attempts = 32

  let sender: TransactionSender
  let journals: SendingJournals?
  let once: String?
  /// Whether nothing is to be sent.
  public let isDryRun: Bool
  /// Whose transactions they are; known without unlocking.
  public let account: @Sendable () throws(Failure) -> Address
  private let world: World

  /// A sender of the parts that options made, which must wait for receipts.
  public init(_ options: SendingOptions, _ parts: SendingOptions.Parts, in world: World) {
    sender = parts.sender
    journals = parts.journals
    once = options.once
    isDryRun = options.dryRun
    account = parts.account
    self.world = world
  }

  /// Whether an act that is sent once more is the same one: the journal tells.
  var repeats: Bool { journals != nil && !isDryRun }

  /// Sends an act's transaction, and waits until it is in a block.
  ///
  /// Throws 1 where the contract refuses it, in its words (code `reverted`); what sending throws otherwise. With `dryRun`
  /// it tells what would be sent and its cost.
  public func send(_ act: MarketAct) async throws(Failure) -> Outcome {
    let base = id(of: act)
    for attempt in act.attempt..<act.attempt + Self.attempts {
      let id = base.map { Self.id($0, attempt) }
      let done: (record: Record, receipt: TransactionReceipt?, status: Failure.Status)
      do throws(Failure) {
        done = try await sender.send(try record(act, once: id))
      } catch { throw told(error, act) }
      guard let receipt = done.receipt else { return .dry(done.record) }
      if receipt.hasSucceeded {
        world.detail("\(act.name): \(receipt.transactionHash) in block \(receipt.blockNumber)")
        return .sent(
          Sent(tx: receipt.transactionHash, block: receipt.blockNumber, receipt: receipt))
      }
      // What failed before the decision to act was made is an earlier attempt of the same.
      if let seen = act.seen, receipt.blockNumber <= seen, id != nil { continue }
      let reason = try done.record.object("receipt")?["reason"]?.string
      throw Failure(
        .answerNo,
        "\(act.name) failed in block \(receipt.blockNumber): \(reason ?? "nobody tells why")",
        code: "reverted")
    }
    throw Failure(
      .answerNo, "\(act.name) failed \(Self.attempts) times", code: "reverted",
      hint: "another --once begins anew")
  }

  /// The ID of an act in the journal.
  func id(of act: MarketAct) -> String? {
    journals == nil ? nil : (act.isMain ? once : nil) ?? act.once
  }

  /// Whether the journal has a transaction of an act, of which nobody needs to know whether it is in a block; nil where
  /// no journal tells.
  func hasBegun(_ act: MarketAct, in market: Market) throws(Failure) -> Bool? {
    guard let journals, let id = id(of: act) else { return nil }
    return try journals.has(once: id, of: account(), on: market.chain)
  }

  static func id(_ base: String, _ attempt: Int) -> String {
    attempt == 1 ? base : "\(base)/\(attempt)"
  }

  private func record(_ act: MarketAct, once: String?) throws(Failure) -> Record {
    let data: [UInt8]
    do throws(ABIError) { data = try act.function.encodeCall(act.arguments) } catch {
      throw Failure(.data, "\(act.name): \(error)")
    }
    var tx: JSONObject = [
      "to": .string("\(act.address)"), "value": .string("\(act.value)"),
      "data": .string(Hex.encode(data)),
    ]
    tx["gas"] = act.gas.map { .integer($0) }
    tx["once"] = once.map { .string($0) }
    return Record(["tx": .object(tx)])
  }

  /// A failure with the call's name in place of the contract's address.
  private func told(_ failure: Failure, _ act: MarketAct) -> Failure {
    var failure = failure
    let target = "the call of \(act.address)"
    if failure.message.hasPrefix(target) {
      failure.message = act.name + failure.message.dropFirst(target.count)
      if failure.code == "reverted" { failure.hint = nil }
    }
    return failure
  }
}
