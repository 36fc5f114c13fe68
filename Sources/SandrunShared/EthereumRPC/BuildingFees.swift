internal import Ethereum
internal import Records
internal import Synchronization
internal import WideInteger

/// What transactions offer for gas: as their records say, else as the options do, else by a plan.
struct BuildingFees: Sendable {
  /// How long a node's answers about the price of gas are good for the next transactions of a stream.
  static let freshness = Duration.seconds(2)

  private let options: FeePlanner
  private let cache: BuildingFeeCache

  init(_ options: FeePlanner, now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }) {
    self.options = options
    cache = BuildingFeeCache(now)
  }

  /// The members with the fees that the options name, where they name none of their own.
  func filled(_ fields: TransactionFields) -> TransactionFields {
    var filled = fields
    // One price for all leaves no room for the others; a tip goes with a record's own highest fee.
    if fields.maxFeePerGas == nil, fields.maxPriorityFeePerGas == nil {
      filled.gasPrice = fields.gasPrice ?? options.gasPrice
    }
    if filled.gasPrice == nil {
      filled.maxPriorityFeePerGas = fields.maxPriorityFeePerGas ?? options.tip
    }
    return filled
  }

  /// Whether a node must be asked: nothing is known of the price, or nothing that is fresh.
  func asks(for fields: TransactionFields) -> Bool {
    fields.gasPrice == nil && (fields.maxFeePerGas == nil || fields.maxPriorityFeePerGas == nil)
      && cache.fresh == nil
  }

  /// The members with their type and fees, and the gas limit of the chain's blocks where it was told.
  func priced(
    _ fields: TransactionFields, by answers: [Result<JSON, RPCFailure>]?,
    explaining: (String) -> Void
  ) throws(Failure) -> (fields: TransactionFields, blockGas: UInt64?) {
    var fields = fields
    var blockGas: UInt64?
    if fields.gasPrice == nil, fields.maxFeePerGas == nil || fields.maxPriorityFeePerGas == nil {
      guard let known = answers ?? cache.latest else {
        preconditionFailure("fees are known, or asked for")
      }
      let plan = try plan(for: fields, from: known)
      // Only what made a plan is good for others: the next record asks again after a refusal.
      if let answers { cache.keep(answers) }
      for reason in plan.reasons { explaining(reason) }
      try Self.take(plan.price, into: &fields)
      blockGas = Self.gasLimit(in: known)
    }
    if fields.type == nil {
      fields.type = Self.type(of: fields)
      explaining("type \(fields.type?.rawValue ?? 0): what its fees and lists call for")
    }
    try check(fields.gasPrice ?? fields.maxFeePerGas ?? .min)
    return (fields, blockGas)
  }

  /// Refuses what a unit of gas may cost where the options bound it lower.
  func check(_ most: UInt256) throws(Failure) {
    guard let cap = options.cap, most > cap else { return }
    throw Failure(
      .data,
      "a unit of gas may cost \(FeePlan.gwei(most)), above the highest fee of \(FeePlan.gwei(cap))",
      code: "fee-above-cap", hint: "see --max-fee")
  }

  /// Refuses a fee of more than 1 ETH in all where nobody but the node named its price: geth's own bound.
  func checkWhole(_ fields: TransactionFields) throws(Failure) {
    let price = fields.gasPrice ?? fields.maxFeePerGas ?? .min
    let (whole, isOver) = price.multipliedReportingOverflow(by: UInt256(fields.gas ?? 0))
    guard options.cap == nil, isOver || whole > FeePlanner.wholeLimit else { return }
    let shown = isOver ? "more than there is" : Amount.shown(whole)
    throw Failure(
      .protocolViolation,
      "by the node's price the fee could be \(shown), above \(Amount.shown(FeePlanner.wholeLimit))",
      code: "fee-too-high", hint: "if that is right, allow its price with --max-fee")
  }

  private func plan(
    for fields: TransactionFields, from answers: [Result<JSON, RPCFailure>]
  ) throws(Failure) -> FeePlan {
    var planner = options
    planner.gasPrice = nil
    planner.tip = fields.maxPriorityFeePerGas
    planner.isLegacy = fields.type.map { !$0.hasDynamicFees } ?? false
    do throws(FeeError) { return try planner.plan(from: answers) } catch { throw Failure(error) }
  }

  private static func take(
    _ price: FeePlan.Price, into fields: inout TransactionFields
  ) throws(Failure) {
    switch price {
    case .dynamic(let cap, let tip):
      fields.maxPriorityFeePerGas =
        fields.maxPriorityFeePerGas ?? min(tip, fields.maxFeePerGas ?? cap)
      fields.maxFeePerGas = fields.maxFeePerGas ?? cap
    case .legacy(let gasPrice):
      let isDynamic =
        fields.type?.hasDynamicFees ?? false || fields.maxFeePerGas != nil
        || fields.maxPriorityFeePerGas != nil || fields.authorizationList != nil
      if isDynamic, let type = fields.type, !type.hasDynamicFees {
        throw Failure(
          .data,
          "a transaction of type \(type.rawValue) has one gas price, and no tip or highest fee",
          hint: "leave out the type, or give gasPrice")
      }
      guard !isDynamic else {
        throw Failure(
          .data,
          "the chain has no base fee, and takes no transactions with a highest fee and a tip",
          code: "legacy-chain", hint: "leave out the type, or give 0 or 1")
      }
      fields.gasPrice = gasPrice
    }
  }

  private static func type(of fields: TransactionFields) -> Transaction.Kind {
    if fields.authorizationList != nil { return .setCode }
    guard fields.gasPrice != nil else { return .dynamicFee }
    return fields.accessList?.isEmpty ?? true ? .legacy : .accessList
  }

  private static func gasLimit(in answers: [Result<JSON, RPCFailure>]) -> UInt64? {
    guard case .success(let block)? = answers.last else { return nil }
    return try? BlockHeader(RPCValue(block, method: RPCRequest.block("latest").method)).gasLimit
  }
}

/// The last answers about the price of gas, shared by the records of a stream.
private final class BuildingFeeCache: Sendable {
  private struct Entry {
    var answers: [Result<JSON, RPCFailure>]
    var time: ContinuousClock.Instant
  }

  private let entry = Mutex<Entry?>(nil)
  private let now: @Sendable () -> ContinuousClock.Instant

  init(_ now: @escaping @Sendable () -> ContinuousClock.Instant) { self.now = now }

  func keep(_ answers: [Result<JSON, RPCFailure>]) {
    entry.withLock { $0 = Entry(answers: answers, time: now()) }
  }

  /// What was answered last.
  var latest: [Result<JSON, RPCFailure>]? { entry.withLock { $0?.answers } }

  /// What was answered so lately that it still holds.
  var fresh: [Result<JSON, RPCFailure>]? {
    entry.withLock { entry in
      entry.flatMap { now() - $0.time < BuildingFees.freshness ? $0.answers : nil }
    }
  }
}
