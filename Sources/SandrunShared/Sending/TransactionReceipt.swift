public import Ethereum
public import Hashing
public import Records
public import WideInteger

/// What became of a transaction that is in a block: the receipt of `eth_getTransactionReceipt`.
public struct TransactionReceipt: Equatable, Sendable {
  /// What a contract logged.
  public struct Log: Equatable, Sendable {
    /// The contract.
    public var address: Address
    /// At most four words; the first is the event's hash, unless it is anonymous.
    public var topics: [Digest32]
    /// The rest, in the contract's ABI.
    public var data: [UInt8]
    /// Its place among all logs of the block.
    public var index: UInt64
  }

  /// The transaction.
  public var transactionHash: Digest32
  /// The block that holds it.
  public var blockHash: Digest32
  /// That block's number.
  public var blockNumber: UInt64
  /// The transaction's place in the block.
  public var transactionIndex: UInt64
  /// Who sent it.
  public var from: Address
  /// Whom it was sent to; nil for a creation.
  public var to: Address?
  /// The contract that it made.
  public var contractAddress: Address?
  /// Whether it did what it was to do; if not, only its fee was paid.
  public var hasSucceeded: Bool
  /// The gas that it took.
  public var gasUsed: UInt64
  /// Wei a unit of gas; nil where the node does not tell.
  public var effectiveGasPrice: UInt256?
  /// The transaction's type, 0 to 127.
  public var type: UInt64
  /// What was logged, in order.
  public var logs: [Log]

  /// The member `receipt`, without a reason.
  public var json: JSONObject {
    [
      "transactionHash": .string("\(transactionHash)"), "blockHash": .string("\(blockHash)"),
      "blockNumber": .integer(blockNumber), "transactionIndex": .integer(transactionIndex),
      "from": .string("\(from)"), "to": Self.json(to),
      "contractAddress": Self.json(contractAddress), "status": .integer(hasSucceeded ? 1 : 0),
      "gasUsed": .integer(gasUsed),
      "effectiveGasPrice": effectiveGasPrice.map { .string("\($0)") } ?? .null,
      "type": .integer(type),
      "logs": .array(
        logs.map { log in
          [
            "address": .string("\(log.address)"),
            "topics": .array(log.topics.map { .string("\($0)") }),
            "data": .string(Hex.encode(log.data)), "logIndex": .integer(log.index),
          ]
        }),
    ]
  }

  private static func json(_ address: Address?) -> JSON {
    address.map { .string("\($0)") } ?? .null
  }
}
