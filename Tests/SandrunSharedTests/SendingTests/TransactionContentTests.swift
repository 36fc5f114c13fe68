import Commands
import Ethereum
import EthereumRPC
import Hashing
import Records
import Testing

@testable import Sending

/// What makes two records the same order, and what an ID may be.
@Suite("Transactions that happen once") struct TransactionContentTests {
  private static let to = #""to":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8""#

  private func fields(_ members: String) throws -> TransactionFields {
    let record = try Record(parsing: Array(#"{"tx":{\#(members)}}"#.utf8))
    return try #require(try record.transaction()).fields
  }

  @Test(
    "is the same whatever the nonce and the price",
    arguments: [
      #""value":"1","nonce":7"#, #""value":"1","gas":50000,"gasPrice":"9gwei""#,
      #""value":"1wei","data":"0x""#, #""value":1,"accessList":[]"#,
      #""value":"0x1","type":2,"maxFeePerGas":"3","from":"0x70997970C51812dc3A010C7d01b50e0d17dc79C8""#,
    ]) func same(members: String) throws
  {
    let plain = TransactionContent(try fields("\(Self.to),\"value\":\"1\""))
    #expect(TransactionContent(try fields("\(Self.to),\(members)")) == plain)
  }

  @Test(
    "is another where it does something else",
    arguments: [
      #"\#(to),"value":"2""#, to, #"\#(to),"value":"1","data":"0x00""#,
      #""to":null,"value":"1","data":"0x00""#,
      #""to":"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC","value":"1""#,
      #"\#(to),"value":"1","accessList":[{"address":"0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC","storageKeys":[]}]"#,
    ]) func other(members: String) throws
  {
    let plain = TransactionContent(try fields("\(Self.to),\"value\":\"1\""))
    #expect(TransactionContent(try fields(members)) != plain)
  }

  @Test("takes an ID of the record before that of an option, which the record then keeps")
  func ids() throws {
    let bare = try Record(parsing: Array(#"{"n":1,"tx":{\#(Self.to)}}"#.utf8))
    let named = try TransactionSender.Order(bare, "a")
    #expect(named.once == "a")
    #expect(try named.record.object("tx")?["once"] == "a")
    #expect(named.named?.bytes == named.record.bytes)
    let own = try Record(parsing: Array(#"{"tx":{\#(Self.to),"once":"b"}}"#.utf8))
    let kept = try TransactionSender.Order(own, "a")
    #expect(kept.once == "b")
    #expect(kept.record.bytes == own.bytes)
    #expect(kept.named == nil)
    #expect(try TransactionSender.Order(bare, nil).once == nil)
  }

  @Test(
    "refuses an ID that is none",
    arguments: ["7", "[]", "true", #""""#, "\"\(String(repeating: "x", count: 257))\""])
  func noId(text: String) throws {
    let record = try Record(parsing: Array(#"{"tx":{\#(Self.to),"once":\#(text)}}"#.utf8))
    #expect { try TransactionSender.Order(record, nil) } throws: { error in
      (error as? Failure)?.status == .data
    }
  }
}
