public import Records
internal import WideInteger

/// A block as our records hold it: numbers as integers, amounts as decimal strings, the time as RFC 3339, accounts with EIP-55's capitals.
///
/// What is not known passes as the node wrote it; what is known must be a quantity or an address.
public enum BlockRecord {
  private enum Form { case integer, amount, time, address }

  private static let blockMembers: [String: Form] = [
    "number": .integer, "timestamp": .time, "gasLimit": .integer, "gasUsed": .integer,
    "size": .integer, "blobGasUsed": .integer, "excessBlobGas": .integer,
    "baseFeePerGas": .amount, "difficulty": .amount, "totalDifficulty": .amount,
    "miner": .address,
  ]
  private static let transactionMembers: [String: Form] = [
    "type": .integer, "chainId": .integer, "nonce": .integer, "gas": .integer,
    "blockNumber": .integer, "transactionIndex": .integer, "value": .amount, "gasPrice": .amount,
    "maxFeePerGas": .amount, "maxPriorityFeePerGas": .amount, "maxFeePerBlobGas": .amount,
    "blockTimestamp": .time, "from": .address, "to": .address,
  ]
  private static let withdrawalMembers: [String: Form] = [
    "index": .integer, "validatorIndex": .integer, "amount": .integer, "address": .address,
  ]

  /// The record's object for the answer of a block's call; nil where the node has no such block.
  public static func json(_ block: RPCValue) throws(RPCError) -> JSONObject? {
    guard !block.isNull else { return nil }
    // What every block has is checked, the rest of the header with it.
    _ = try BlockHeader(block)
    var record = try converted(block, blockMembers)
    for (name, members) in [
      ("transactions", transactionMembers), ("withdrawals", withdrawalMembers),
    ] {
      guard let list = try block.optional(name) else { continue }
      record[name] = .array(
        try list.elements().map { (entry) throws(RPCError) in
          entry.json.object == nil ? entry.json : .object(try converted(entry, members))
        })
    }
    return record
  }

  private static func converted(
    _ value: RPCValue, _ forms: [String: Form]
  ) throws(RPCError) -> JSONObject {
    guard let object = value.json.object else {
      throw value.flaw("\(value.json.kind), not an object")
    }
    return JSONObject(
      try object.members.map { (member) throws(RPCError) in
        guard let form = forms[member.name], member.value != .null else { return member }
        let inner = try value.member(member.name)
        let converted: JSON =
          switch form {
          case .integer: .integer(try inner.number())
          case .amount: .string("\(try inner.quantity())")
          case .time: .string(try time(inner))
          case .address: .string("\(try inner.address())")
          }
        return .init(name: member.name, value: converted)
      })
  }

  private static func time(_ value: RPCValue) throws(RPCError) -> String {
    let seconds = try value.number()
    // The year 9999, where RFC 3339 ends.
    guard seconds <= 253_402_300_799 else {
      throw value.flaw("\(seconds) seconds are beyond the year 9999")
    }
    return "\(Timestamp(seconds: Int(seconds)))"
  }
}
