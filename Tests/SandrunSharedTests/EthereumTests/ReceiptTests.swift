import Ethereum
import Hashing
import Records
import Testing
import WideInteger

/// Receipts as the chain's tree holds them.
@Suite struct ReceiptTests {
  @Test func sharedRows() throws {
    guard let rows = try Row.shared("receipts-and-logs.jsonl") else { return }
    var count = 0
    for row in rows where row.json["kind"] == "receipt" {
      let json = Row(json: try #require(row.json["receipt"]))
      let receipt = try receipt(json)
      #expect(try receipt.bloom == json.bytes("logsBloom"))
      #expect(try receipt.encoded == row.bytes("encoded"))
      #expect(try Keccak256.hash(receipt.encoded) == row.digest("receipt_hash"))
      count += 1
    }
    #expect(count == 12)
  }

  private func receipt(_ row: Row) throws -> Receipt {
    let type = try #require(UInt8(exactly: UInt256(hex: row.text("type"))))
    return Receipt(
      type: try #require(Transaction.Kind(rawValue: type)),
      hasSucceeded: row.json["status"] == "0x1",
      cumulativeGasUsed: try #require(
        UInt64(exactly: UInt256(hex: row.text("cumulativeGasUsed")))),
      logs: try #require(row.json["logs"]?.elements).map { json in
        let log = Row(json: json)
        return Receipt.Log(
          address: try Address(parsing: log.text("address")),
          topics: try #require(json["topics"]?.elements).map {
            try Digest32(hex: #require($0.string))
          }, data: try log.bytes("data"))
      })
  }

  /// One log, its filter worked out by hand from the hashes of its address and topic.
  @Test func aBloomHasThreeBitsAWord() throws {
    let address = try Address(parsing: "0x0C4190E1121B40aCa3cA59F739Ece47D4F9B234a")
    let one = Receipt(
      type: .accessList, hasSucceeded: true, cumulativeGasUsed: 0xc72ddf,
      logs: [.init(address: address, topics: [], data: [])])
    let set = one.bloom.enumerated().flatMap { index, byte in
      (0..<8).filter { byte >> UInt8($0) & 1 == 1 }.map { (255 - index) * 8 + $0 }
    }
    let hash = Keccak256.hash(address.bytes).bytes
    let expected = [0, 2, 4].map { (Int(hash[$0]) * 256 + Int(hash[$0 + 1])) % 2048 }
    #expect(Set(set) == Set(expected))
    #expect(one.encoded.first == 1)
    // From here on the bytes are a list of four, of which the third is the filter.
    let items = try #require(RLP(decoding: one.encoded[1...]).items)
    #expect(items.count == 4 && items[2].bytes == one.bloom && items[0].bytes == [1])
  }
}
