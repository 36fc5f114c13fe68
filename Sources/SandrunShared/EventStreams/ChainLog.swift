public import Ethereum
public import Hashing
public import Records
internal import WideInteger

/// A log in a block of the chain, with its place there.
public struct ChainLog: Hashable, Sendable {
  /// What was told, and by whom.
  public var log: Receipt.Log
  /// The height of its block.
  public var blockNumber: UInt64
  /// The block itself: heights are taken by other blocks after a reorganisation.
  public var blockHash: Digest32
  /// The transaction that told it.
  public var transactionHash: Digest32
  /// Which of the block's transactions that is.
  public var transactionIndex: UInt64
  /// Which of the block's logs it is: with `blockHash` the log's key.
  public var logIndex: UInt64

  /// Makes a log from its parts.
  public init(
    _ log: Receipt.Log, blockNumber: UInt64, blockHash: Digest32, transactionHash: Digest32,
    transactionIndex: UInt64, logIndex: UInt64
  ) {
    self.log = log
    self.blockNumber = blockNumber
    self.blockHash = blockHash
    self.transactionHash = transactionHash
    self.transactionIndex = transactionIndex
    self.logIndex = logIndex
  }
}

/// Why a value is no log, or no part of a stream's position.
public struct EventFlaw: Error, Equatable, Sendable, CustomStringConvertible {
  /// What is wrong: lower case, no full stop.
  public var description: String

  /// Says what is wrong.
  public init(_ description: String) { self.description = description }
}

extension ChainLog {
  /// Reads a log as nodes tell it (execution API, `eth_getLogs`): every member must be there, and none says `removed`.
  ///
  /// A log of the pending block has no hash, and is none of the chain's.
  public init(_ json: JSON) throws(EventFlaw) {
    guard let object = json.object else { throw EventFlaw("\(json.kind), not a log") }
    let fields = LogFields(object)
    guard [nil, .null, .bool(false)].contains(object["removed"]) else {
      throw EventFlaw("a log that is no more in the chain")
    }
    let topics = try fields.list("topics")
    guard topics.count <= 4 else { throw EventFlaw("a log of \(topics.count) topics") }
    guard let address = try? Address(bytes: try fields.bytes("address")) else {
      throw EventFlaw("\"address\" is not 20 bytes")
    }
    let words = try topics.map { (topic) throws(EventFlaw) in
      guard let word = try? Digest32(hex: topic.string ?? "") else {
        throw EventFlaw("a topic is not 32 bytes")
      }
      return word
    }
    self.init(
      Receipt.Log(address: address, topics: words, data: try fields.bytes("data")),
      blockNumber: try fields.number("blockNumber"), blockHash: try fields.digest("blockHash"),
      transactionHash: try fields.digest("transactionHash"),
      transactionIndex: try fields.number("transactionIndex"),
      logIndex: try fields.number("logIndex"))
  }

  /// The log as nodes tell it; `init(_:)` reads it again.
  public var json: JSON {
    [
      "address": .string(Hex.encode(log.address.bytes)),
      "topics": .array(log.topics.map { .string("\($0)") }), "data": .string(Hex.encode(log.data)),
      "blockNumber": .string("0x" + String(blockNumber, radix: 16)),
      "blockHash": .string("\(blockHash)"), "transactionHash": .string("\(transactionHash)"),
      "transactionIndex": .string("0x" + String(transactionIndex, radix: 16)),
      "logIndex": .string("0x" + String(logIndex, radix: 16)),
    ]
  }
}

/// The members of a log or a block, one read after the other.
struct LogFields {
  private let object: JSONObject

  init(_ object: JSONObject) { self.object = object }

  func has(_ name: String) -> Bool { object[name] != nil }

  private func text(_ name: String) throws(EventFlaw) -> String {
    guard let value = object[name] else { throw EventFlaw("no \"\(name)\"") }
    guard let text = value.string else {
      throw EventFlaw("\"\(name)\" is \(value.kind), not a string")
    }
    return text
  }

  func list(_ name: String) throws(EventFlaw) -> [JSON] {
    guard let elements = object[name]?.elements else { throw EventFlaw("no array \"\(name)\"") }
    return elements
  }

  func bytes(_ name: String) throws(EventFlaw) -> [UInt8] {
    guard let bytes = try? Hex.decode(try text(name)) else {
      throw EventFlaw("\"\(name)\" is not 0x and pairs of hexadecimal digits")
    }
    return bytes
  }

  func digest(_ name: String) throws(EventFlaw) -> Digest32 {
    guard let digest = try? Digest32(hex: try text(name)) else {
      throw EventFlaw("\"\(name)\" is not 32 bytes")
    }
    return digest
  }

  func number(_ name: String) throws(EventFlaw) -> UInt64 {
    guard let value = try? UInt256(quantity: try text(name)), let number = UInt64(exactly: value)
    else { throw EventFlaw("\"\(name)\" is no quantity of 64 bits") }
    return number
  }
}
