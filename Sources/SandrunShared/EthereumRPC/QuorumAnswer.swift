internal import Records

/// What counts of an answer where a quorum must give the same.
///
/// Of blocks, transactions, receipts and logs the members that the execution API gives to all clients count; the others
/// are left out of the answer. A member that is null is as one that is not there, and hexadecimal digits have one case.
enum QuorumAnswer {
  private static let block: [String] = [
    "number", "hash", "parentHash", "nonce", "mixHash", "sha3Uncles", "logsBloom",
    "transactionsRoot", "stateRoot", "receiptsRoot", "miner", "difficulty", "extraData", "gasLimit",
    "gasUsed", "timestamp", "baseFeePerGas", "withdrawalsRoot", "blobGasUsed", "excessBlobGas",
    "parentBeaconBlockRoot", "requestsHash", "transactions", "uncles", "withdrawals",
  ]
  private static let transaction: [String] = [
    "hash", "nonce", "blockHash", "blockNumber", "transactionIndex", "from", "to", "value", "gas",
    "input", "type", "maxFeePerGas", "maxPriorityFeePerGas", "maxFeePerBlobGas",
    "blobVersionedHashes", "r", "s",
  ]
  private static let receipt: [String] = [
    "transactionHash", "blockHash", "blockNumber", "transactionIndex", "from", "to",
    "contractAddress", "cumulativeGasUsed", "gasUsed", "effectiveGasPrice", "type", "status",
    "logs",
  ]
  private static let log: [String] = [
    "address", "topics", "data", "blockNumber", "blockHash", "transactionHash",
    "transactionIndex", "logIndex",
  ]

  /// What counts of a method's result.
  static func counted(_ result: JSON, of method: String) -> JSON {
    switch method {
    case "eth_getBlockByNumber", "eth_getBlockByHash":
      guard var object = chosen(block, of: result) else { return plain(result) }
      if let transactions = object["transactions"]?.elements {
        object["transactions"] = .array(transactions.map { counted(transaction: $0) })
      }
      return .object(object)
    case "eth_getTransactionByHash", "eth_getTransactionByBlockHashAndIndex",
      "eth_getTransactionByBlockNumberAndIndex":
      return counted(transaction: result)
    case "eth_getTransactionReceipt": return counted(receipt: result)
    case "eth_getBlockReceipts":
      return result.elements.map { .array($0.map(counted(receipt:))) } ?? plain(result)
    case "eth_getLogs":
      return result.elements.map { .array($0.map(counted(log:))) } ?? plain(result)
    default: return plain(result)
    }
  }

  /// Whether it is a transaction of a pool, or none: pools differ, and only what is in a block must agree.
  static func isUnmined(_ counted: JSON, of method: String) -> Bool {
    method == "eth_getTransactionByHash"
      && (counted == .null || counted.object != nil && counted["blockHash"] == nil)
  }

  private static func counted(transaction: JSON) -> JSON {
    guard var object = chosen(Self.transaction, of: transaction) else { return plain(transaction) }
    // Of the others it is the price that was paid, or the highest: clients differ.
    if ["0x0", "0x1", nil].contains(object["type"]?.string), let price = transaction["gasPrice"] {
      object["gasPrice"] = plain(price)
    }
    return .object(object)
  }

  private static func counted(receipt: JSON) -> JSON {
    guard var object = chosen(Self.receipt, of: receipt) else { return plain(receipt) }
    // Of a creation that failed some tell the address that the contract would have.
    if object["status"] != "0x1" { object["contractAddress"] = nil }
    if let logs = object["logs"]?.elements { object["logs"] = .array(logs.map(counted(log:))) }
    return .object(object)
  }

  private static func counted(log: JSON) -> JSON {
    guard var object = chosen(Self.log, of: log) else { return plain(log) }
    if log["removed"] == true { object["removed"] = true }
    return .object(object)
  }

  private static func chosen(_ names: [String], of value: JSON) -> JSONObject? {
    guard let object = value.object else { return nil }
    return JSONObject(
      names.compactMap { name in
        guard let value = object[name], value != .null else { return nil }
        return .init(name: name, value: plain(value))
      })
  }

  /// The value in one form: the members of objects by their names.
  private static func plain(_ value: JSON) -> JSON {
    switch value {
    case .null, .bool, .number: return value
    case .string(let text): return text.hasPrefix("0x") ? .string(text.lowercased()) : value
    case .array(let elements): return .array(elements.map(plain))
    case .object(let object):
      return .object(
        JSONObject(
          object.members.filter { $0.value != .null }.sorted { $0.name < $1.name }
            .map { .init(name: $0.name, value: plain($0.value)) }))
    }
  }

  // MARK: Where answers differ

  /// Where two values that differ do so first: `logs[2].data`, and what stands there in each of `values`.
  static func difference(_ values: [JSON]) -> (path: String, shown: [String]) {
    guard let first = values.first, let other = values.first(where: { $0 != first }) else {
      return ("", values.map(shown))
    }
    switch (first, other) {
    case (.object(let one), .object(let two)):
      let names = one.members.map(\.name) + two.members.map(\.name)
      guard let name = names.first(where: { one[$0] != two[$0] }) else { break }
      let inner = difference(values.map { $0[name] ?? .null })
      return (joined(name, inner.path), inner.shown)
    case (.array(let one), .array(let two)) where one.count == two.count:
      guard let place = one.indices.first(where: { one[$0] != two[$0] }) else { break }
      let inner = difference(
        values.map { value in
          value.elements.flatMap { place < $0.count ? $0[place] : nil } ?? .null
        })
      return (joined("[\(place)]", inner.path), inner.shown)
    default: break
    }
    return ("", values.map(shown))
  }

  private static func joined(_ name: String, _ rest: String) -> String {
    rest.isEmpty || rest.hasPrefix("[") ? name + rest : "\(name).\(rest)"
  }

  private static func shown(_ value: JSON) -> String {
    switch value {
    case .array(let elements): "\(elements.count) elements"
    case .object(let object):
      (object["hash"] ?? object["transactionHash"]).map { "that of \(RPCAnswer.shown($0))" }
        ?? "an object"
    default: RPCAnswer.shown(value)
    }
  }
}
