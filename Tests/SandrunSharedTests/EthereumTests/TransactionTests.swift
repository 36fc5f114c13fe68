import Ethereum
import Hashing
import Records
import Testing
import WideInteger

/// Transactions of every type: rows of eth-account and ethereum/tests in the shared set, and of our own.
@Suite struct TransactionTests {
  @Test func ownRows() throws {
    #expect(
      try sign(Row.own("transactions.jsonl")) == [
        "0x0": 8, "0x1": 6, "0x2": 8, "0x3": 4, "0x4": 6,
      ])
  }

  @Test func sharedRows() throws {
    guard let rows = try Row.shared("transactions.jsonl") else { return }
    #expect(
      try sign(rows) == ["0x0": 187, "0x1": 134, "0x2": 176, "0x3": 116, "0x4": 44])
  }

  private func sign(_ rows: [Row]) throws -> [String: Int] {
    var tally = Tally()
    for row in rows {
      let members = try #require(row.json["tx"]?.object)
      let from = try Address(parsing: row.text("from"))
      let raw = try row.bytes("raw")
      let fields = try TransactionFields(members)
      let signed = try SignedTransaction(raw: raw)
      let transaction = signed.transaction
      if fields.chainId != nil { #expect(try fields.transaction() == transaction) }
      try expect(transaction, from: from, as: row)
      let again = try Signer(row.key()).sign(transaction)
      #expect(again == signed && again.raw == raw)
      #expect(try SignedTransaction(transaction, signed.signature, from: from) == signed)
      try agrees(members, signed)
      tally.add(try #require(members["type"]?.string))
    }
    return tally.counts
  }

  private func expect(_ transaction: Transaction, from: Address, as row: Row) throws {
    #expect(try transaction.unsigned == row.bytes("unsigned"))
    #expect(try transaction.digest == row.digest("unsigned_hash"))
    let signed = try SignedTransaction(raw: row.bytes("raw"))
    #expect(signed.from == from)
    #expect(try signed.hash == row.digest("hash"))
    #expect(try signed.signature.r == UInt256(hex: row.text("r")))
    #expect(try signed.signature.s == UInt256(hex: row.text("s")))
    if row.json["tx"]?["type"] != "0x0" {
      #expect(try UInt256(hex: row.text("v")) == UInt256(signed.signature.yParity))
    }
  }

  /// The members in the form of any writer agree with `raw`, and so do those that are written here.
  private func agrees(_ members: JSONObject, _ signed: SignedTransaction) throws {
    let record = try Record(["tx": .object(members)]).setting(signed: signed)
    let read = try #require(try record.transaction())
    #expect(read.signed == signed)
    let built = try Record().setting(built: signed.transaction, from: signed.from)
    let whole = try #require(try built.setting(signed: signed).transaction())
    #expect(whole.signed == signed)
    if signed.transaction.chainId != nil {
      #expect(try whole.fields.transaction() == signed.transaction)
    }
  }

  @Test func rowsToRead() throws {
    guard let rows = try Row.shared("transactions-decode.jsonl") else { return }
    var tally = Tally()
    for row in rows {
      let raw = try row.bytes("raw")
      guard try row.text("expect") == "accept" else {
        tally.add(try refuse(row, raw))
        continue
      }
      let signed = try SignedTransaction(raw: raw)
      try signed.transaction.validate()
      #expect(try signed.hash == row.digest("hash"))
      #expect(try signed.from == Address(parsing: row.text("from")))
      #expect(try signed.transaction.intrinsicGas == UInt64(quantity(row, "intrinsic_gas")))
      tally.add("accept")
    }
    #expect(
      tally.counts == ["accept": 27, "refused": 337, "no block holds it": 8, "other chain": 8])
  }

  private func quantity(_ row: Row, _ name: String) throws -> UInt64 {
    let text = row.json[name]?.string ?? row.json[name]?.text ?? ""
    let value = text.hasPrefix("0x") ? try UInt256(hex: text) : try UInt256(decimal: text)
    return try #require(UInt64(exactly: value))
  }

  private func refuse(_ row: Row, _ raw: [UInt8]) throws -> String {
    let signed: SignedTransaction
    do {
      signed = try SignedTransaction(raw: raw)
    } catch {
      #expect(error.description.isEmpty == false)
      return "refused"
    }
    guard row.json["exception"] == "TransactionException.INVALID_CHAINID" else {
      #expect(throws: TransactionError.self, "\(row.json)") { try signed.transaction.validate() }
      return "no block holds it"
    }
    // The suite's chain is 1.
    #expect(
      throws: TransactionError.otherChain(found: signed.transaction.chainId, wanted: 1)
    ) { try SignedTransaction(raw: raw, chainId: 1) }
    return "other chain"
  }

  /// One form only: whatever a spoiled byte leaves readable is written again as it was read.
  @Test func whatIsReadIsWrittenAgain() throws {
    var (read, refused) = (0, 0)
    var random = Seeded(state: 7)
    for row in try Row.own("transactions.jsonl") {
      let raw = try row.bytes("raw")
      for index in raw.indices {
        var spoiled = raw
        spoiled[index] ^= UInt8.random(in: 1...255, using: &random)
        guard let signed = try? SignedTransaction(raw: spoiled) else {
          refused += 1
          continue
        }
        read += 1
        let again = SignedTransaction(
          signed.transaction, signed.signature, signedBy: signed.from)
        #expect(again.raw == spoiled)
        #expect(signed.hash != Keccak256.hash(raw))
      }
      for count in raw.indices {
        #expect(throws: TransactionError.self) {
          try SignedTransaction(raw: Array(raw.prefix(count)))
        }
      }
    }
    #expect(read > 1000 && refused > 1000)
  }

  @Test func membersThatDoNotFitTheTypeAreRefused() throws {
    func make(
      _ type: Transaction.Kind, chainId: UInt256? = 1, nonce: UInt64 = 0, to: Address? = nil,
      fees: Transaction.Fees = .price(1), accessList: [AccessListEntry] = [],
      blobs: Transaction.Blobs? = nil
    ) throws {
      _ = try Transaction(
        type: type, chainId: chainId, nonce: nonce, to: to, gas: 21_000, fees: fees,
        accessList: accessList, blobs: blobs)
    }
    let dynamic = Transaction.Fees.dynamic(cap: 1, tip: 1)
    let to = try Address(bytes: [UInt8](repeating: 1, count: 20))
    try make(.legacy, nonce: .max - 1)
    #expect(throws: TransactionError.outOfRange("nonce")) { try make(.legacy, nonce: .max) }
    #expect(throws: TransactionError.outOfRange("chainId")) { try make(.legacy, chainId: 0) }
    try make(.legacy, chainId: nil)
    #expect(throws: TransactionError.missing("chainId", .accessList)) {
      try make(.accessList, chainId: nil)
    }
    #expect(throws: TransactionError.missing("maxFeePerGas", .dynamicFee)) {
      try make(.dynamicFee)
    }
    #expect(throws: TransactionError.missing("gasPrice", .legacy)) {
      try make(.legacy, fees: dynamic)
    }
    #expect(throws: TransactionError.unfit("accessList", .legacy)) {
      try make(.legacy, accessList: [.init(address: to, storageKeys: [])])
    }
    #expect(throws: TransactionError.missing("authorizationList", .setCode)) {
      try make(.setCode, to: to, fees: dynamic)
    }
    let blobs = Transaction.Blobs(maxFeePerGas: 1, hashes: [.zero])
    try make(.blob, to: to, fees: dynamic, blobs: blobs)
    #expect(throws: TransactionError.missing("to", .blob)) {
      try make(.blob, fees: dynamic, blobs: blobs)
    }
    #expect(throws: TransactionError.unfit("blobVersionedHashes", .dynamicFee)) {
      try make(.dynamicFee, fees: dynamic, blobs: blobs)
    }
  }

  /// The widest chain ids that a legacy signature can name take 257 bits and more for v.
  @Test func everyChainComesBackFromALegacySignature() throws {
    let signer = Signer(PrivateKey.random())
    let half: UInt256 = 1 << 255
    for chainId in [1, 2, 109, 110, half - 18, half - 17, half, .max - 17, .max - 16, .max] {
      let transaction = try Transaction(
        type: .legacy, chainId: chainId, nonce: 0, to: nil, gas: 60_000, fees: .price(1))
      let signed = signer.sign(transaction)
      let read = try SignedTransaction(raw: signed.raw, chainId: chainId)
      #expect(read == signed)
    }
  }

  @Test func sharedContractAddresses() throws {
    guard let rows = try Row.shared("create-address.jsonl") else { return }
    #expect(try create(rows) == ["create": 136, "create2": 122])
  }

  @Test func ownContractAddresses() throws {
    #expect(try create(Row.own("create-address.jsonl")) == ["create": 8, "create2": 7])
  }

  private func create(_ rows: [Row]) throws -> [String: Int] {
    var tally = Tally()
    for row in rows {
      let sender = try Address(parsing: row.text("sender"))
      let expected = try Address(parsing: row.text("address"))
      let kind = try row.text("kind")
      if kind == "create" {
        let nonce = try #require(UInt64(try row.text("nonce")))
        #expect(Address(createdBy: sender, nonce: nonce) == expected)
      } else {
        let hash = try row.digest("init_code_hash")
        if row.has("init_code") { #expect(try Keccak256.hash(row.bytes("init_code")) == hash) }
        let salt = try row.digest("salt")
        #expect(Address(createdBy: sender, salt: salt, codeHash: hash) == expected)
      }
      tally.add(kind)
    }
    return tally.counts
  }
}
