public import ArgumentParser
public import Commands
public import Ethereum
public import Records

/// The options of every verb that makes transactions: what holds where a record says nothing else.
public struct BuildingOptions: ParsableArguments, Sendable {
  /// The first nonce of each sender.
  @Option(help: "Give each sender's first transaction the nonce <n> (its pending count).")
  public var nonce: UInt64?

  /// The most gas.
  @Option(help: "Let the transaction use <n> gas, and ask for no estimate.")
  public var gas: UInt64?

  /// What an estimate is multiplied by.
  @Option(help: "Allow <factor> times the gas of the estimate (1.2).")
  public var gasBuffer: String?

  /// The exact bound of the fee.
  @Option(help: "Offer exactly <amount> a unit of gas at most; --max-fee only bounds.")
  public var maxFeePerGas: String?

  /// The form.
  @Option(help: "Make a transaction of type <n>: 0, 1, 2 or 4.")
  public var type: UInt8?

  /// What is offered for gas.
  @OptionGroup public var fees: FeeOptions

  /// Made by ArgumentParser.
  public init() {}

  /// Refuses what no option may be.
  public func validate() throws {
    if let gasBuffer, GasBuffer(gasBuffer) == nil {
      throw ValidationError("--gas-buffer takes 1 to 10, such as 1.25, not '\(gasBuffer)'")
    }
    if let type, ![0, 1, 2, 4].contains(type) {
      throw ValidationError("--type takes 0, 1, 2 or 4")
    }
    if maxFeePerGas != nil, fees.gasPrice != nil {
      throw ValidationError("--max-fee-per-gas and --gas-price exclude each other")
    }
    if let type, type < 2, fees.tip != nil || maxFeePerGas != nil {
      throw ValidationError(
        "a transaction of type \(type) has no \(fees.tip == nil ? "highest fee" : "tip"): --gas-price is its price"
      )
    }
    do { _ = try fields } catch { throw ValidationError("\(error)") }
  }

  /// What the options say of every transaction that does not say otherwise; reads the access list's file.
  func fields(_ content: ContentOptions?, in world: World) throws(Failure) -> TransactionFields {
    var fields = try fields
    guard let said = try content?.fields(in: world) else { return fields }
    (fields.value, fields.data, fields.accessList) = (said.value, said.data, said.accessList)
    return fields
  }

  /// The record of one call, with all in its `tx` that the options say of it: fed again, it says the same.
  public func record(
    _ members: JSONObject, _ content: ContentOptions? = nil, from sender: Address?,
    in world: World
  ) throws(Failure) -> Record {
    var fields = try fields(content, in: world)
    let planner = fees.planner()
    fields.from = sender
    fields.gasPrice = planner.gasPrice
    fields.maxPriorityFeePerGas = planner.tip
    var members = members
    for member in fields.members.members where members[member.name] == nil {
      members[member.name] = member.value
    }
    return Record(["tx": .object(members)])
  }

  /// The flags as the members of a record, so that both are read alike.
  private var fields: TransactionFields {
    get throws(Failure) {
      var members: JSONObject = [:]
      members["nonce"] = nonce.map { .integer($0) }
      members["gas"] = gas.map { .integer($0) }
      members["maxFeePerGas"] = maxFeePerGas.map { .string($0) }
      members["type"] = type.map { .integer($0) }
      return try TransactionFields(flags: members)
    }
  }
}

extension TransactionFields {
  /// Reads flags as the members of a record; what is wrong with one is 64.
  init(flags members: JSONObject) throws(Failure) {
    do throws(TransactionMemberError) { try self.init(members) } catch {
      throw Failure(.usage, "\(error)")
    }
  }
}

/// What a gas estimate is multiplied by: state moves between estimate and block.
struct GasBuffer: Equatable, Sendable {
  /// By thousandths.
  let thousandths: UInt64

  /// A fifth more.
  static let standard = GasBuffer(thousandths: 1200)

  private init(thousandths: UInt64) { self.thousandths = thousandths }

  /// Reads a decimal number from 1 to 10 with at most three places.
  init?(_ text: String) {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), let whole = Self.digits(parts[0], atMost: 2) else {
      return nil
    }
    var fraction: UInt64 = 0
    if parts.count == 2 {
      guard let digits = Self.digits(parts[1], atMost: 3) else { return nil }
      fraction = digits * [100, 10, 1][parts[1].utf8.count - 1]
    }
    let thousandths = whole * 1000 + fraction
    guard (1000...10_000).contains(thousandths) else { return nil }
    self.thousandths = thousandths
  }

  private static func digits(_ text: Substring, atMost count: Int) -> UInt64? {
    guard (1...count).contains(text.utf8.count), text.utf8.allSatisfy({ $0 &- 0x30 < 10 }) else {
      return nil
    }
    return UInt64(text)
  }

  /// The most gas that a transaction may have on chains with EIP-7825.
  static let transactionLimit: UInt64 = 1 << 24

  /// The estimate with its buffer, rounded up; the highest number where that is beyond 64 bits.
  ///
  /// It stays within the limit where the estimate does: a transaction that fits must not be made one that does not.
  func applied(to estimate: UInt64, within limit: UInt64) -> UInt64 {
    let product = UInt128(estimate) * UInt128(thousandths)
    let buffered = UInt64(exactly: (product + 999) / 1000) ?? .max
    return estimate <= limit ? min(buffered, limit) : buffered
  }
}

extension GasBuffer: CustomStringConvertible {
  /// `1.2`.
  var description: String { "\(JSONNumber(.milliseconds(thousandths)))" }
}
