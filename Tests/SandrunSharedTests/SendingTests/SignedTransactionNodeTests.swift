import Ethereum
import EthereumRPC
import Hashing
import Records
import Testing
import WideInteger

@testable import Sending

@Suite("Transactions as a node tells them") struct SignedTransactionNodeTests {
  static let word = "0x" + String(repeating: "2a", count: 32)

  /// One of each form, signed by a key of the moment.
  static func signed() throws -> [SignedTransaction] {
    let signer = Signer(PrivateKey.random())
    let to = try Address(parsing: "0x70997970C51812dc3A010C7d01b50e0d17dc79C8")
    let list = [AccessListEntry(address: to, storageKeys: [try Digest32(hex: word)])]
    let terms = Authorization.Terms(chainId: 0, address: to, nonce: 8)
    return [
      try Transaction(
        type: .legacy, chainId: nil, nonce: 0, to: nil, data: [1, 2], gas: 60_000, fees: .price(7)),
      try Transaction(
        type: .legacy, chainId: 1337, nonce: 1, to: to, value: 5, gas: 21_000, fees: .price(8)),
      try Transaction(
        type: .accessList, chainId: 1337, nonce: 2, to: to, gas: 30_000, fees: .price(9),
        accessList: list),
      try Transaction(
        type: .dynamicFee, chainId: 1, nonce: 3, to: to, value: 1, data: [255], gas: 50_000,
        fees: .dynamic(cap: 50, tip: 2), accessList: list),
      try Transaction(
        type: .blob, chainId: 1, nonce: 4, to: to, gas: 50_000, fees: .dynamic(cap: 50, tip: 2),
        blobs: .init(maxFeePerGas: 3, hashes: [try Digest32(hex: word)])),
      try Transaction(
        type: .setCode, chainId: 1, nonce: 7, to: to, gas: 90_000, fees: .dynamic(cap: 50, tip: 2),
        authorizationList: [signer.sign(terms)]),
    ].map { signer.sign($0) }
  }

  /// As geth tells it of one that waits.
  static func answer(_ signed: SignedTransaction) -> JSONObject {
    func hex(_ number: UInt64) -> JSON { .string("0x" + String(number, radix: 16)) }
    let transaction = signed.transaction
    var answer: JSONObject = [
      "blockHash": .null, "blockNumber": .null, "transactionIndex": .null,
      "from": .string("\(signed.from)".lowercased()), "gas": hex(transaction.gas),
      "gasPrice": .string(transaction.fees.cap.hex), "hash": .string("\(signed.hash)"),
      "input": .string(Hex.encode(transaction.data)), "nonce": hex(transaction.nonce),
      "to": transaction.to.map { .string("\($0)".lowercased()) } ?? .null,
      "value": .string(transaction.value.hex), "type": hex(UInt64(transaction.type.rawValue)),
      "r": .string(signed.signature.r.hex), "s": .string(signed.signature.s.hex),
    ]
    let parity = UInt64(signed.signature.yParity)
    guard transaction.type != .legacy, let chainId = transaction.chainId else {
      answer["v"] =
        transaction.chainId.map { .string(($0 &* 2 &+ 35 &+ UInt256(parity)).hex) }
        ?? hex(27 + parity)
      return answer
    }
    answer["v"] = hex(parity)
    answer["yParity"] = hex(parity)
    answer["chainId"] = .string(chainId.hex)
    answer["accessList"] = .array(
      transaction.accessList.map { entry in
        [
          "address": .string("\(entry.address)".lowercased()),
          "storageKeys": .array(entry.storageKeys.map { .string("\($0)") }),
        ]
      })
    if case .dynamic(let cap, let tip) = transaction.fees {
      answer["maxFeePerGas"] = .string(cap.hex)
      answer["maxPriorityFeePerGas"] = .string(tip.hex)
    }
    if let blobs = transaction.blobs {
      answer["maxFeePerBlobGas"] = .string(blobs.maxFeePerGas.hex)
      answer["blobVersionedHashes"] = .array(blobs.hashes.map { .string("\($0)") })
    }
    if transaction.type == .setCode {
      answer["authorizationList"] = .array(
        transaction.authorizationList.map { one in
          [
            "chainId": .string(one.terms.chainId.hex),
            "address": .string("\(one.terms.address)".lowercased()), "nonce": hex(one.terms.nonce),
            "yParity": hex(UInt64(one.yParity)), "r": .string(one.r.hex), "s": .string(one.s.hex),
          ]
        })
    }
    return answer
  }

  static func read(_ answer: JSONObject) throws(RPCError) -> SignedTransaction {
    try SignedTransaction(RPCValue(.object(answer), method: "eth_getTransactionByHash"))
  }

  @Test("are the bytes that were signed, in every form") func rebuilt() throws {
    for signed in try Self.signed() {
      let found = try Self.read(Self.answer(signed))
      #expect(found == signed)
      #expect(found.raw == signed.raw)
    }
  }

  static let lies: [(String, JSON)] = [
    ("to", .string("0x" + String(repeating: "11", count: 20))), ("value", "0x6"),
    ("input", "0x6001"), ("nonce", "0x9"), ("gas", "0x1"), ("chainId", "0x5"),
    ("maxFeePerGas", "0x33"), ("maxPriorityFeePerGas", "0x3"), ("accessList", []), ("r", "0x1"),
    ("from", .string("0x" + String(repeating: "11", count: 20))), ("hash", .string(word)),
    ("type", "0x7f"), ("type", "0x0"), ("v", "0x2"),
    ("s", .string("0x" + String(repeating: "f", count: 64))),
  ]

  @Test("are refused where a member is not what was signed", arguments: lies)
  func refused(member: String, value: JSON) throws {
    let signed = try #require(try Self.signed().first { $0.transaction.type == .dynamicFee })
    var lie = Self.answer(signed)
    lie[member] = value
    #expect(throws: RPCError.self) { try Self.read(lie) }
    lie[member] = nil
    // Without its type it is read as a transaction of the first form, which it is not.
    #expect(throws: RPCError.self) { try Self.read(lie) }
  }
}
