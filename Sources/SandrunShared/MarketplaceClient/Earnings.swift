internal import ABI
public import Ethereum
internal import EthereumRPC
internal import EventStreams
internal import Hashing
internal import Marketplace
public import Records
public import WideInteger

/// What accounts got for the work of nodes on one marketplace: shares of jobs, in each currency; the zero address is ETH.
public struct Earnings: Equatable, Sendable {
  /// What was credited for work, by currency.
  public var earned: [Address: UInt256] = [:]
  /// What can be withdrawn now, whatever it is for, by currency.
  public var credits: [Address: UInt256] = [:]

  /// The amounts of an object's currencies: `ETH`, or a token's address.
  public static func json(_ amounts: [Address: UInt256]) -> JSON {
    let names = amounts.map { token, amount in
      (token == Address(word: 0) ? "ETH" : "\(token)", amount)
    }
    return .object(
      JSONObject(
        names.sorted { ($0.0 == "ETH" ? "" : $0.0) < ($1.0 == "ETH" ? "" : $1.0) }
          .map { JSONObject.Member(name: $0.0, value: .string("\($0.1)")) }))
  }
}

extension Market {
  /// What accounts earned up to a block, read from the logs of the whole chain back to its first block.
  ///
  /// `detail` is told what takes time.
  public func earnings(
    of accounts: Set<Address>, through block: UInt64,
    detail: @Sendable (String) -> Void = { _ in }
  ) async throws(Failure) -> [Address: Earnings] {
    guard !accounts.isEmpty else { return [:] }
    let client = forRecord().client
    let reader = ChainReader(client: client, filter: try filter(accounts))
    var size = LogRangeSize()
    var found = Dictionary(uniqueKeysWithValues: accounts.map { ($0, Earnings()) })
    var next: UInt64? = block
    while let last = next {
      let first = last - min(last, size.blocks - 1)
      let count = last - first + 1
      let logs: [ChainLog]
      do throws(RPCError) { logs = try await reader.range(first...last).logs } catch {
        guard error.mayBeTooMuch, size.failed(count) else { throw Failure(error) }
        detail("\(error); asking for \(size.blocks) blocks instead of \(count)")
        continue
      }
      size.succeeded(count, logs: logs.count)
      for log in logs { try add(log, to: &found) }
      next = first > 0 ? first - 1 : nil
      if first > 0 { detail("payments from block \(first) on are read") }
    }
    for (account, var earnings) in found {
      for token in Set(earnings.earned.keys).union([Address(word: 0)].compactMap { $0 }) {
        let told = try await call(
          .jobMarketplace, JobMarketplace.credits, [.address(token), .address(account)])
        guard case .uint(let amount)? = told.first else { throw flaw("credits gives no number") }
        earnings.credits[token] = amount
      }
      found[account] = earnings
    }
    return found
  }

  private func filter(_ accounts: Set<Address>) throws(Failure) -> EventFilter {
    do throws(ABIError) {
      var pattern = EventPattern(JobMarketplace.paymentReleased, of: [jobMarketplace])
      try pattern.require("account", in: accounts.map { "\($0)" })
      return EventFilter([pattern])
    } catch {
      throw Failure(.internalError, "\(error)")
    }
  }

  /// Adds a payment, where it is for work.
  private func add(
    _ log: ChainLog, to found: inout [Address: Earnings]
  ) throws(Failure) {
    let event = JobMarketplace.paymentReleased
    let arguments: [ABIEvent.Argument]
    do throws(ABIError) {
      arguments = try event.decode(topics: log.log.topics, data: log.log.data)
    } catch {
      throw flaw("\(event.name) in block \(log.blockNumber): \(error)")
    }
    guard arguments.count == 5, case .value(.address(let account)) = arguments[1],
      case .value(.address(let token)) = arguments[2],
      case .value(.uint(let amount)) = arguments[3], case .value(.uint(let kind)) = arguments[4],
      let number = UInt8(exactly: kind), let kind = PaymentKind(rawValue: number),
      found[account] != nil
    else { throw flaw("\(event.name) in block \(log.blockNumber) is none of that contract's") }
    guard [.nodeShare, .checkerShare].contains(kind) else { return }
    let sum = (found[account]?.earned[token] ?? 0).addingReportingOverflow(amount)
    guard !sum.overflow else { throw flaw("payments of more than 2^256") }
    found[account]?.earned[token] = sum.partialValue
  }

  private func flaw(_ what: String) -> Failure {
    Failure(
      .protocolViolation, "bad answer about JobMarketplace at \(jobMarketplace): \(what)",
      code: "bad-answer")
  }
}
