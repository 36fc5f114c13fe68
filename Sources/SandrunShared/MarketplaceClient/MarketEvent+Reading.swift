internal import ABI
internal import Ethereum
internal import EventStreams
public import Hashing
internal import Marketplace
public import Records
public import Sending
internal import WideInteger

extension MarketEvent {
  /// What logs of the four contracts are, by their first topic.
  private static let known: [Digest32: (MarketplaceContract, ABIEvent)] = {
    var known: [Digest32: (MarketplaceContract, ABIEvent)] = [:]
    for contract in MarketplaceContract.allCases {
      for event in contract.abi.events { known[event.topic0] = (contract, event) }
    }
    return known
  }()

  /// The events of a job among a receipt's logs, in their order.
  ///
  /// Throws 76 where a contract's log does not go with its event.
  public static func events(
    of jobId: Digest32, in receipt: TransactionReceipt, on market: Market
  ) throws(Failure) -> [MarketEvent] {
    var events: [MarketEvent] = []
    for log in receipt.logs {
      let place = ChainLog(
        Receipt.Log(address: log.address, topics: log.topics, data: log.data),
        blockNumber: receipt.blockNumber, blockHash: receipt.blockHash,
        transactionHash: receipt.transactionHash, transactionIndex: receipt.transactionIndex,
        logIndex: log.index)
      if let event = try MarketEvent(place, of: jobId, on: market) { events.append(event) }
    }
    return events
  }

  /// Reads a log; nil where it is none of the job's, or of no kind that is told.
  init?(_ log: ChainLog, of jobId: Digest32, on market: Market) throws(Failure) {
    guard let topic = log.log.topics.first, let (contract, event) = Self.known[topic],
      log.log.address == market.address(of: contract)
    else { return nil }
    do throws(EventFlaw) {
      var reader = try Arguments(log.log, of: event)
      guard reader.jobId == jobId, let content = try Self.content(of: event.name, &reader) else {
        return nil
      }
      self.init(
        content: content, tx: log.transactionHash, block: log.blockNumber,
        blockHash: log.blockHash, index: log.logIndex)
    } catch {
      throw Failure(
        .protocolViolation,
        "the log \(log.logIndex) of block \(log.blockNumber), a \(event.name) of \(contract.name): \(error)",
        code: "bad-answer")
    }
  }

  private static func content(
    of name: String, _ log: inout Arguments
  ) throws(EventFlaw) -> Content? {
    switch name {
    case "JobSubmitted":
      .posted(
        submitter: try log.address("submitter"), specification: try log.digest("specification"),
        code: try log.text("code"), payment: try log.number("payment"))
    case "EscrowAdded":
      .funded(
        sender: try log.address("sender"), amount: try log.number("amount"),
        payment: try log.number("payment"))
    case "Drawn": .drawn(round: try log.count("round"), seed: try log.digest("seed"))
    case "JobClaimed":
      .claimed(
        node: try log.address("node"), number: try log.number("number"),
        round: try log.count("round"), deadline: try log.time("commitDeadline"))
    case "ClaimExpired":
      .expired(node: try log.address("node"), round: try log.count("round"))
    case "ProofSubmitted":
      .committed(
        node: try log.address("node"), round: try log.count("round"),
        commitment: try log.digest("commitment"))
    case "VoteSubmitted":
      .opened(
        Opening(
          node: try log.address("node"), round: try log.count("round"),
          resultHash: try log.digest("resultHash").unlessZero,
          proofCID: try log.text("proofCID"), traceRoot: try log.digest("traceRoot"),
          signature: try log.bytes("signature")))
    case "JobSettled":
      .settled(
        round: try log.count("round"), resultHash: try log.digest("resultHash").unlessZero,
        votes: try log.count("votes"), challengeDeadline: try log.time("challengeDeadline"))
    case "ResultChallenged":
      .challenged(
        Challenge(
          challenger: try log.address("challenger"), evidence: try log.text("evidence"),
          bond: try log.number("bond"), slots: try log.count("slots"),
          claimDeadline: try log.time("claimDeadline")))
    case "PaymentReleased":
      .credited(
        account: try log.address("account"), token: try log.address("token").unlessZero,
        amount: try log.number("amount"), kind: try log.kind("kind", PaymentKind.self))
    case "JobCompleted":
      .completed(
        resultHash: try log.digest("resultHash").unlessZero, isPaid: try log.flag("paid"),
        payment: try log.number("payment"))
    case "StakeBound":
      .bound(number: try log.number("number"), amount: try log.number("amount"))
    case "StakeFreed":
      .freed(
        number: try log.number("number"), amount: try log.number("amount"),
        outcome: try log.kind("outcome", ClaimOutcome.self))
    case "NodeSlashed":
      .slashed(
        number: try log.number("number"), node: try log.address("operator"),
        amount: try log.number("amount"), burned: try log.number("burned"),
        reason: try log.kind("reason", SlashReason.self))
    default: nil
    }
  }
}

/// A log's arguments by their names.
private struct Arguments {
  private var values: [String: ABIValue] = [:]

  init(_ log: Receipt.Log, of event: ABIEvent) throws(EventFlaw) {
    let arguments: [ABIEvent.Argument]
    do throws(ABIError) {
      arguments = try event.decode(topics: log.topics, data: log.data)
    } catch { throw EventFlaw("\(error)") }
    for (input, argument) in zip(event.inputs, arguments) {
      if case .value(let value) = argument { values[input.name] = value }
    }
  }

  /// The job that it is about.
  var jobId: Digest32? { try? digest("jobId") }

  private func flaw(_ name: String) -> EventFlaw { EventFlaw("no valid \(name)") }

  func address(_ name: String) throws(EventFlaw) -> Address {
    guard case .address(let address)? = values[name] else { throw flaw(name) }
    return address
  }

  func number(_ name: String) throws(EventFlaw) -> UInt256 {
    guard case .uint(let number)? = values[name] else { throw flaw(name) }
    return number
  }

  func time(_ name: String) throws(EventFlaw) -> UInt64 {
    guard let time = UInt64(exactly: try number(name)) else { throw flaw(name) }
    return time
  }

  func count(_ name: String) throws(EventFlaw) -> Int {
    guard let count = Int(exactly: try number(name)) else { throw flaw(name) }
    return count
  }

  func kind<Kind: RawRepresentable>(
    _ name: String, _ type: Kind.Type
  ) throws(EventFlaw) -> Kind where Kind.RawValue == UInt8 {
    guard let raw = UInt8(exactly: try number(name)), let kind = Kind(rawValue: raw) else {
      throw flaw(name)
    }
    return kind
  }

  func flag(_ name: String) throws(EventFlaw) -> Bool {
    guard case .bool(let flag)? = values[name] else { throw flaw(name) }
    return flag
  }

  func bytes(_ name: String) throws(EventFlaw) -> [UInt8] {
    guard case .bytes(let bytes)? = values[name] else { throw flaw(name) }
    return bytes
  }

  func digest(_ name: String) throws(EventFlaw) -> Digest32 {
    guard let digest = try? Digest32(try bytes(name)) else { throw flaw(name) }
    return digest
  }

  func text(_ name: String) throws(EventFlaw) -> String {
    guard case .string(let text)? = values[name] else { throw flaw(name) }
    return text
  }
}

extension Digest32 {
  fileprivate var unlessZero: Digest32? { self == .zero ? nil : self }
}

extension Address {
  fileprivate var unlessZero: Address? { self == Address(word: 0) ? nil : self }
}
