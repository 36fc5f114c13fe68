internal import ABI
public import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Marketplace
public import Records
internal import Sending
public import WideInteger

/// Takes out what is ours: credits of a currency, and the stake of a node that has retired.
public struct Withdrawing: Sendable {
  private let market: Market
  private let sender: MarketSender

  /// Withdraws by an account's transactions.
  public init(_ market: Market, _ sender: MarketSender) {
    (self.market, self.sender) = (market, sender)
  }

  /// Withdraws all that is credited in a currency; nil is ETH.
  ///
  /// The member `withdrawal`, or `tx` where nothing is to be sent. Throws 1 where nothing is credited.
  public func credits(in token: Address?) async throws(Failure) -> Record {
    let account = try sender.account()
    let currency = token.map { "the token \($0)" } ?? "ETH"
    let told = try await market.forRecord().call(
      .jobMarketplace, JobMarketplace.credits, [.address(token ?? .zero), .address(account)])
    guard case .uint(let credit)? = told.first, credit > 0 else {
      throw Failure(
        .answerNo, "nothing in \(currency) is credited to \(account)", code: "nothing-to-withdraw",
        hint: "shares go to a node's owner; 'sr-chain show' tells who was credited what")
    }
    let act = MarketAct(
      "withdraw", .jobMarketplace, JobMarketplace.withdraw, [.address(token ?? .zero)], in: market,
      subject: currency)
    return try await withdrawn(act, JobMarketplace.withdrawn, account, token)
  }

  /// Withdraws the stake of a node that has retired: of one by its number, or of our own.
  public func stake(of number: UInt256?) async throws(Failure) -> Record {
    let account = try sender.account()
    let (number, node) = try await node(number, account)
    guard node.owner == account else {
      throw Failure(
        .permission, "the stake of node \(number) is its owner's: \(node.owner)", code: "not-owner",
        hint: "--from and SANDRUN_KEY choose another of your keys")
    }
    guard !node.isActive, let retiredAt = node.retiredAt else {
      throw Failure(
        .answerNo, "node \(number) has not retired: its stake stays", code: "not-retired",
        hint: "'sr-node retire' retires it, for ever")
    }
    guard node.stake > 0 else {
      throw Failure(
        .answerNo, "nothing of the stake of node \(number) is left", code: "nothing-to-withdraw")
    }
    guard node.openClaims == 0 else {
      throw Failure(
        .temporary, "\(node.openClaims) claims of node \(number) are not final: its stake stays",
        code: "open-claims", hint: "'sr-chain settle' and 'distribute' end its jobs")
    }
    let told = try await market.forRecord().call(.nodeRegistry, NodeRegistry.unbonding)
    if case .uint(let seconds)? = told.first,
      let from = UInt64(exactly: seconds.addingReportingOverflow(UInt256(retiredAt)).partialValue),
      try await market.forRecord().time() < from
    {
      throw Failure(
        .temporary, "the stake of node \(number) is unbonding until \(Timestamp(blockTime: from))",
        code: "not-yet")
    }
    let act = MarketAct(
      "withdraw-stake", .nodeRegistry, NodeRegistry.withdrawStake, [.uint(number)], in: market,
      subject: "node \(number)")
    return try await withdrawn(act, NodeRegistry.stakeWithdrawn, account, nil)
  }

  private func node(
    _ number: UInt256?, _ account: Address
  ) async throws(Failure) -> (UInt256, RegisteredNode) {
    let market = market.forRecord()
    guard let number else {
      guard let (number, node) = try await market.registration(of: account) else {
        throw Failure(
          .answerNo, "\(account) operates no node", code: "no-node",
          hint: "the owner of another's node names it by its number: --node")
      }
      return (number, node)
    }
    guard let node = try await market.node(number) else {
      throw Failure(.missingInput, "there is no node \(number)", code: "no-node")
    }
    return (number, node)
  }

  private func withdrawn(
    _ act: MarketAct, _ event: ABIEvent, _ account: Address, _ token: Address?
  ) async throws(Failure) -> Record {
    let sent: MarketSender.Sent
    switch try await sender.send(act) {
    case .dry(let record): return record
    case .sent(let one): sent = one
    }
    for log in sent.receipt.logs where log.address == act.address {
      guard log.topics.first == event.topic0,
        let arguments = try? event.decode(topics: log.topics, data: log.data),
        let place = event.inputs.firstIndex(where: { $0.name == "amount" }),
        case .value(.uint(let amount)) = arguments[place]
      else { continue }
      return Record([
        "withdrawal": [
          "account": .string("\(account)"), "amount": .string("\(amount)"),
          "token": .string(token.map { "\($0)" } ?? Job.Payment.ether), "tx": .string("\(sent.tx)"),
          "block": .integer(sent.block),
        ]
      ])
    }
    throw Failure(
      .protocolViolation, "\(act.name) succeeded, and its receipt has no \(event.name)",
      code: "bad-answer")
  }
}

extension Market {
  /// A node by its number; nil where there is none.
  func node(_ number: UInt256) async throws(Failure) -> RegisteredNode? {
    let request = query(.nodeRegistry, NodeRegistry.nodes, [.uint(number)]).request(at: .latest)
    do {
      let data = try RPCValue(await client.call(request), method: request.method).data()
      return try RegisteredNode(answer: data)
    } catch let error as RPCError { throw Failure(error) } catch let error as ContractAnswerError {
      throw Failure(error)
    } catch { throw Failure(.internalError, "\(error)") }
  }

  /// The time of the chain's latest block.
  func time() async throws(Failure) -> UInt64 {
    let request = RPCRequest.block("latest")
    do throws(RPCError) {
      return try RPCValue(await client.call(request), method: request.method).member("timestamp")
        .number()
    } catch { throw Failure(error) }
  }
}
