import Ethereum
import Records
import Testing

/// What a record says in words that are not ours is not what is sent: it must be told.
@Suite("Members of tx that are none") struct MistakenMemberTests {
  @Test(
    "are refused where one of ours is meant",
    arguments: [
      ("input", "data"), ("gasLimit", "gas"), ("gas_limit", "gas"), ("To", "to"),
      ("VALUE", "value"),
      ("vlaue", "value"), ("valeu", "value"), ("valu", "value"), ("value ", "value"),
      ("maxfeepergas", "maxFeePerGas"), ("maxFeesPerGas", "maxFeePerGas"), ("nonse", "nonce"),
      ("max_priority_fee_per_gas", "maxPriorityFeePerGas"), ("chainID", "chainId"),
      ("params", "args"),
    ])
  func refused(name: String, meant: String) {
    let expected = TransactionMemberError(name, "no member of a transaction; is \(meant) meant?")
    #expect(throws: expected) { try TransactionRecord(["to": .null, "data": "0x00", name: "1"]) }
  }

  @Test(
    "are let through where nothing of ours is meant",
    arguments: [
      "memo", "note", "date", "name", "block", "blockHash", "v", "r", "s", "yParity", "", "tax",
      "label", "é", String(repeating: "value", count: 1000),
    ])
  func passed(name: String) throws {
    let record = try TransactionRecord(["value": "1", name: "x"])
    #expect(record.members[name] == "x")
  }
}
