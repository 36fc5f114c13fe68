internal import ABI
public import Ethereum
internal import EthereumRPC
internal import Marketplace
public import Records
public import WideInteger

/// Sees to it that JobMarketplace can take a payment or a bond of ours, in ETH or in a token.
public struct Purse: Sendable {
  /// An approval that the next payment has used up is followed by so many others at most.
  private static let approvals = 3

  private let market: Market
  private let sender: MarketSender

  /// The purse of an account whose transactions a sender sends.
  public init(_ market: Market, _ sender: MarketSender) {
    (self.market, self.sender) = (market, sender)
  }

  /// Whether an amount can be taken.
  public enum Readiness: Sendable {
    /// It can, with a call that has so many wei with it.
    case ready(value: UInt256)
    /// A token is to be told first, and nothing is to be sent: the record of what would be is in `tx`.
    case approvalFirst(Record)
  }

  /// Looks whether the account has an amount, and approves exactly that where a token does not let JobMarketplace take so
  /// much already.
  ///
  /// `what` it is for: `the payment`; `id` names the approval in the journal. Throws 1 where the account has less.
  public func opened(
    for amount: UInt256, of token: Address?, _ what: String, id: String
  ) async throws(Failure) -> Readiness {
    let account = try sender.account()
    guard let token else {
      try await checkEther(of: account, for: amount, what)
      return .ready(value: amount)
    }
    var (balance, allowance) = try await holdings(of: account, in: token)
    guard balance >= amount else {
      throw poor("\(account) has \(balance) of the token \(token), and \(what) is \(amount)")
    }
    for attempt in 1...Self.approvals {
      guard allowance < amount else { return .ready(value: 0) }
      var act = MarketAct(
        "approve", at: token, named: "token \(token)", ERC20.approve,
        [.address(market.jobMarketplace), .uint(amount)], in: market,
        onceFor: attempt == 1 ? id : "\(id)/\(attempt)", subject: what)
      act.isMain = false
      if case .dry(let record) = try await sender.send(act) { return .approvalFirst(record) }
      (balance, allowance) = try await holdings(of: account, in: token)
    }
    guard allowance < amount else { return .ready(value: 0) }
    throw Failure(
      .answerNo,
      "the token \(token) lets JobMarketplace take \(allowance) of \(account), though \(amount) were approved",
      code: "no-allowance", hint: "another payment may have used it: run it again")
  }

  /// What a token says of an account: what it has, and what JobMarketplace may take of it.
  private func holdings(
    of account: Address, in token: Address
  ) async throws(Failure) -> (balance: UInt256, allowance: UInt256) {
    let market = market.forRecord()
    let calls: [(ABIFunction, [ABIValue])] = [
      (ERC20.balanceOf, [.address(account)]),
      (ERC20.allowance, [.address(account), .address(market.jobMarketplace)]),
    ]
    var amounts: [UInt256] = []
    for (function, arguments) in calls {
      let query: ContractQuery
      do throws(ABIError) {
        query = try ContractQuery(to: token, function: function, arguments: arguments)
      } catch { throw Failure(.internalError, "\(function.signature): \(error)") }
      let request = query.request(at: .latest)
      let outcome: ContractQuery.Outcome
      do throws(RPCError) {
        outcome = try query.outcome(try await market.client.batch([request])[0], of: request)
      } catch { throw Failure(error) }
      guard case .returned(let data) = outcome,
        case .uint(let amount)? = (try? function.decodeResult(data))?.first
      else {
        throw Failure(
          .data, "\(token) is no token on this chain: it gives no \(function.name)",
          code: "no-token", hint: "is it this chain? see --token")
      }
      amounts.append(amount)
    }
    return (amounts[0], amounts[1])
  }

  private func checkEther(
    of account: Address, for amount: UInt256, _ what: String
  ) async throws(Failure) {
    let request = RPCRequest(
      "eth_getBalance", [.string("\(account)"), BlockReference.latest.parameter])
    let balance: UInt256
    do throws(RPCError) {
      balance = try RPCValue(
        await market.client.forRecord().call(request), method: request.method
      ).quantity()
    } catch { throw Failure(error) }
    // Gas comes on top: what sends it looks at that.
    guard balance > amount else {
      throw poor(
        "\(account) has \(Amount.shown(balance)), and \(what) is \(Amount.shown(amount)), with gas on top"
      )
    }
  }

  private func poor(_ message: String) -> Failure {
    Failure(
      .answerNo, "\(message): nothing was sent", code: "insufficient-funds",
      hint: "'sr-chain balance' shows what an account has")
  }
}
