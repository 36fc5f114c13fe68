import Ethereum
import Hashing
import Records
import TestSupport
import Testing

@testable import EthereumRPC
@testable import Sending

@Suite("Receipts") struct TransactionReceiptTests {
  /// A creation, as geth tells of it, with one log.
  static let creation: JSON = [
    "blockHash": .string(word("09")), "blockNumber": "0x1",
    "contractAddress": "0x5fbdb2315678afecb367f032d93f642f64180aa3",
    "cumulativeGasUsed": "0x71e26", "effectiveGasPrice": "0x6fc23ac0",
    "from": "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", "gasUsed": "0x71e26",
    "logs": [
      [
        "address": "0x5fbdb2315678afecb367f032d93f642f64180aa3",
        "topics": [.string(word("38")), .string(word("00"))], "data": "0x0009",
        "blockNumber": "0x1", "transactionHash": .string(word("67")), "transactionIndex": "0x0",
        "blockHash": .string(word("09")), "logIndex": "0x0", "removed": false,
      ]
    ],
    "logsBloom": "0x00", "status": "0x1", "to": .null, "transactionHash": .string(word("67")),
    "transactionIndex": "0x0", "type": "0x2",
  ]

  static func word(_ byte: String) -> String { "0x" + String(repeating: byte, count: 32) }

  static func value(_ json: JSON) -> RPCValue {
    RPCValue(json, method: "eth_getTransactionReceipt")
  }

  static func changed(_ change: (inout JSONObject) -> Void) throws -> JSON {
    var object = try #require(creation.object)
    change(&object)
    return .object(object)
  }

  @Test("are written as records have them") func written() throws {
    let receipt = try TransactionReceipt(Self.value(Self.creation))
    let expected =
      #"{"transactionHash":"\#(Self.word("67"))","blockHash":"\#(Self.word("09"))","blockNumber":1,"transactionIndex":0,"from":"0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266","to":null,"contractAddress":"0x5FbDB2315678afecb367f032d93F642f64180aa3","status":1,"gasUsed":466470,"effectiveGasPrice":"1875000000","type":2,"logs":[{"address":"0x5FbDB2315678afecb367f032d93F642f64180aa3","topics":["\#(Self.word("38"))","\#(Self.word("00"))"],"data":"0x0009","logIndex":0}]}"#
    #expect(JSON.object(receipt.json).text == expected)
  }

  static let lies: [(String, JSON)] = [
    ("status", "0x2"), ("status", .null), ("type", "0x80"), ("gasUsed", "0x01"),
    ("gasUsed", "0x10000000000000000"), ("from", "0xf39f"), ("transactionHash", "0x67"),
    ("logs", .null), ("logs", [["address": "0x00"]]), ("to", 5), ("blockHash", .null),
    // No contract logs where it failed.
    ("status", "0x0"),
  ]

  @Test("that cannot be are refused", arguments: lies)
  func refused(member: String, value: JSON) throws {
    let lie = try Self.changed { $0[member] = value }
    #expect(throws: RPCError.self) { try TransactionReceipt(Self.value(lie)) }
  }

  static let logLies: [(String, JSON)] = [
    ("transactionHash", .string(word("68"))), ("blockNumber", "0x2"),
    ("blockHash", .string(word("0a"))), ("transactionIndex", "0x1"),
    ("topics", [.string(word("10")), "0x"]), ("data", "0x1"),
  ]

  @Test("have logs of their own transaction, in order", arguments: logLies)
  func logs(member: String, value: JSON) throws {
    let log = try #require(Self.creation["logs"]?.elements?.first?.object)
    var other = log
    other[member] = value
    let lie = try Self.changed { $0["logs"] = [.object(other)] }
    #expect(throws: RPCError.self) { try TransactionReceipt(Self.value(lie)) }
    let twice = try Self.changed { $0["logs"] = [.object(log), .object(log)] }
    #expect(throws: RPCError.self) { try TransactionReceipt(Self.value(twice)) }
  }

  @Test("must agree with what was signed") func expected() throws {
    let value = Self.value(Self.creation)
    let receipt = try TransactionReceipt(value)
    var known = ReceiptExpectation(hash: receipt.transactionHash)
    known.from = receipt.from
    known.target = .creation
    known.nonce = 0
    known.gas = 466_470
    #expect(known.contract == receipt.contractAddress)
    try known.check(receipt, in: value)
    let lies: [(inout ReceiptExpectation) -> Void] = [
      { $0.hash = Keccak256.hash([]) }, { $0.from = receipt.contractAddress },
      { $0.nonce = 1 }, { $0.gas = 466_469 }, { $0.target = .account(receipt.from) },
    ]
    for lie in lies {
      var other = known
      lie(&other)
      #expect(throws: RPCError.self) { try other.check(receipt, in: value) }
    }
  }

  @Test("of a real geth are all read") func geth() throws {
    guard let rows = try RPCRows.of("eth_getTransactionReceipt") else {
      print("skipped: 31 rows of the shared vectors")
      return
    }
    var count = 0
    for row in rows {
      guard let result = row.answer["result"], result != .null else { continue }
      // What a pending transaction has is no receipt yet.
      if result["effectiveGasPrice"] == .null { continue }
      let value = Self.value(result)
      let receipt = try TransactionReceipt(value)
      let hash = try Digest32(hex: try #require(row.params.first?.string))
      try ReceiptExpectation(hash: hash).check(receipt, in: value)
      count += 1
    }
    #expect(count == 31)
  }
}

@Suite("Gas buffers") struct GasBufferTests {
  @Test("are rounded up, and within 64 bits") func applied() throws {
    #expect(GasBuffer.standard.applied(to: 21_000, within: .max) == 25_200)
    #expect(GasBuffer.standard.applied(to: 1, within: .max) == 2)
    #expect(GasBuffer.standard.applied(to: .max, within: .max) == .max)
    #expect(try #require(GasBuffer("1")).applied(to: 21_001, within: .max) == 21_001)
    #expect(try #require(GasBuffer("1.005")).applied(to: 1000, within: .max) == 1005)
    #expect(try #require(GasBuffer("10")).applied(to: 7, within: .max) == 70)
    #expect("\(GasBuffer.standard)" == "1.2")
    // What fits stays within the limit; what does not fit anyway is not cut.
    #expect(GasBuffer.standard.applied(to: 90, within: 100) == 100)
    #expect(GasBuffer.standard.applied(to: 101, within: 100) == 122)
  }

  @Test(
    "are from 1 to 10",
    arguments: [
      "", "0.9", "10.001", "11", "1.", ".5", "1.2345", "+1", "1e1", "1,2", "100", "１",
    ])
  func refused(text: String) { #expect(GasBuffer(text) == nil) }
}
