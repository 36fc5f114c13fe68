public import Hashing
public import Records

/// A block near the head as the stream remembers it: what it is linked by, and which of its logs were written.
public struct EventBlock: Hashable, Sendable {
  /// Its height.
  public var number: UInt64
  /// Its hash.
  public var hash: Digest32
  /// The hash of the block before it.
  public var parentHash: Digest32
  /// Its logs that the stream is of, in their order.
  public var logs: [ChainLog]

  /// Makes a block from its parts.
  public init(number: UInt64, hash: Digest32, parentHash: Digest32, logs: [ChainLog] = []) {
    self.number = number
    self.hash = hash
    self.parentHash = parentHash
    self.logs = logs
  }

  /// Reads what `json` writes; each log must be this block's, and they must stand in their order.
  public init(_ json: JSON) throws(EventFlaw) {
    guard let object = json.object else { throw EventFlaw("\(json.kind), not a block") }
    let fields = LogFields(object)
    self.init(
      number: try fields.number("number"), hash: try fields.digest("hash"),
      parentHash: try fields.digest("parentHash"),
      logs: try fields.list("logs").map { (log) throws(EventFlaw) in try ChainLog(log) })
    for (index, log) in logs.enumerated() {
      guard log.blockNumber == number, log.blockHash == hash else {
        throw EventFlaw("block \(number) has a log of another block")
      }
      guard index == 0 || logs[index - 1].logIndex < log.logIndex else {
        throw EventFlaw("the logs of block \(number) do not stand in their order")
      }
    }
  }

  /// `number`, `hash`, `parentHash`, `logs`, all as nodes write them.
  public var json: JSON {
    [
      "number": .string("0x" + String(number, radix: 16)), "hash": .string("\(hash)"),
      "parentHash": .string("\(parentHash)"), "logs": .array(logs.map(\.json)),
    ]
  }
}
