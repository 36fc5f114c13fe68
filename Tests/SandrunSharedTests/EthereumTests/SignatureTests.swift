import Ethereum
import Hashing
import Records
import Testing
import WideInteger

/// Signatures: rows of eth-account, and of the shared set.
@Suite struct SignatureTests {
  @Test func ownRows() throws {
    var tally = Tally()
    for row in try Row.own("signatures.jsonl") {
      let kind = try row.text("kind")
      switch kind {
      case "refuse": try refuse(row)
      case "personal":
        try signed(row, PersonalMessage.digest(of: row.bytes("message")))
      case "validator":
        let validator = try Address(parsing: row.text("validator"))
        try signed(row, PersonalMessage.digest(of: row.bytes("message"), for: validator))
      case "result":
        let (statement, domain) = try result(row)
        #expect(try domain.separator == row.digest("separator"))
        #expect(try statement.structureHash == row.digest("structure"))
        try signed(row, statement.digest(in: domain))
      default: Issue.record("no test for \(kind)")
      }
      tally.add(kind)
    }
    #expect(tally.counts == ["refuse": 17, "personal": 33, "validator": 5, "result": 16])
  }

  private func signed(_ row: Row, _ digest: Digest32) throws {
    #expect(try digest == row.digest("digest"))
    let signature = try row.key().sign(digest)
    let address = try Address(parsing: row.text("address"))
    #expect(try signature.description == row.text("signature"))
    #expect(try Signature(parsing: signature.description) == signature)
    #expect(signature.isValid(for: digest, by: address))
    #expect(!signature.isValid(for: Keccak256.hash(digest.bytes), by: address))
    let signer = try Signer(row.key())
    #expect(signer.address == address)
    #expect(signer.sign(digest) == signature)
  }

  private func result(_ row: Row) throws -> (ResultStatement, TypedDomain) {
    let message = Row(json: try #require(row.json["message"]))
    let domain = Row(json: try #require(row.json["domain"]))
    let statement = ResultStatement(
      jobId: try message.digest("jobId"), node: try Address(parsing: message.text("node")),
      resultHash: try message.digest("resultHash"), traceRoot: try message.digest("traceRoot"))
    guard domain.has("chainId") else {
      return (statement, ResultStatement.domain(specification: try domain.digest("salt")))
    }
    let verifier = try Address(parsing: domain.text("verifyingContract"))
    let chain = try UInt256(decimal: domain.text("chainId"))
    return (statement, ResultStatement.domain(chainId: chain, verifier: verifier))
  }

  private func refuse(_ row: Row) throws {
    let text = try row.text("signature")
    let error = #expect(throws: SignatureError.self) { try Signature(parsing: text) }
    let reason =
      switch error {
      case .highS: "highS"
      case .outOfRange: "outOfRange"
      case .badRecovery: "badRecovery"
      case .badLength: "badLength"
      case .notHex: "notHex"
      case nil: ""
      }
    #expect(try reason == row.text("reason"), "\(row.json)")
  }

  @Test func sharedPersonalRows() throws {
    guard let rows = try Row.shared("personal-sign.jsonl") else { return }
    var tally = Tally()
    for row in rows {
      switch try row.text("kind") {
      case "personal":
        try shared(row, PersonalMessage.digest(of: row.bytes("message")))
        tally.add("personal")
      case "validator":
        let validator = try Address(parsing: row.text("validator"))
        try shared(row, PersonalMessage.digest(of: row.bytes("message"), for: validator))
        tally.add("validator")
      default: tally.add(try verify(row))
      }
    }
    #expect(
      tally.counts == [
        "personal": 90, "validator": 12, "valid": 13, "not valid": 90, "high s": 16,
        "v of a transaction": 6,
      ])
  }

  private func shared(_ row: Row, _ digest: Digest32) throws {
    #expect(try digest == row.digest("digest"))
    let signature = try row.key().sign(digest)
    #expect(try signature.description == row.text("signature"))
    #expect(try signature.isValid(for: digest, by: Address(parsing: row.text("from"))))
  }

  private func verify(_ row: Row) throws -> String {
    let digest = try PersonalMessage.digest(of: row.bytes("message"))
    let address = try Address(parsing: row.text("address"))
    let text = try row.text("signature")
    let signature = try? Signature(parsing: text)
    let isValid = signature?.isValid(for: digest, by: address) ?? false
    guard row.json["valid"]?.boolean == true else {
      #expect(!isValid, "\(text)")
      return "not valid"
    }
    if isValid { return "valid" }
    // What eth-account takes and we do not: the malleable twin, and a v that carries a chain id.
    #expect(signature == nil)
    return row.has("note") ? "high s" : "v of a transaction"
  }

  @Test func wycheproof() throws {
    guard let rows = try Row.shared("ecdsa-wycheproof.jsonl") else { return }
    var tally = Tally()
    for row in rows {
      guard row.has("r"), row.has("s") else {
        #expect(row.json["valid_if_low_s_required"]?.boolean == false)
        tally.add("skipped: r and s cannot be parsed, which is a matter of DER")
        continue
      }
      let expected = row.json["valid_if_low_s_required"] == true
      let publicKey = try #require(PublicKey(bytes: row.bytes("public_key")))
      let found = try isValid(row, by: publicKey)
      if try row.text("comment") == "k*G has a large x-coordinate", expected, !found {
        // x is above the group's order: a parity of 2 or 3, which Ethereum has not.
        tally.add("skipped: cannot be written with a parity")
        continue
      }
      #expect(found == expected, "\(row.json)")
      tally.add(found ? "valid" : "not valid")
    }
    #expect(
      tally.counts == [
        "skipped: r and s cannot be parsed, which is a matter of DER": 416,
        "skipped: cannot be written with a parity": 1, "valid": 350, "not valid": 432,
      ])
  }

  private func isValid(_ row: Row, by key: PublicKey) throws -> Bool {
    guard let r = try? UInt256(hex: row.text("r")), let s = try? UInt256(hex: row.text("s")) else {
      return false
    }
    let digest = try row.digest("digest")
    return [0, 1].contains { parity in
      (try? Signature(r: r, s: s, yParity: parity))?.signer(of: digest) == key
    }
  }

  @Test func sharedDomains() throws {
    guard let rows = try Row.shared("typed-data.jsonl") else { return }
    var tally = Tally()
    for row in rows {
      guard try row.text("expect") == "accept" else {
        tally.add("skipped: not a row to accept")
        continue
      }
      guard let domain = try standardDomain(row) else {
        tally.add("skipped: the domain has members of other types or in another order")
        continue
      }
      #expect(try domain.separator == row.digest("domain_separator"))
      #expect(try domain.digest(ofStructure: row.digest("struct_hash")) == row.digest("digest"))
      tally.add("run")
    }
    #expect(tally.counts == ["run": 216, "skipped: not a row to accept": 30])
  }

  private func standardDomain(_ row: Row) throws -> TypedDomain? {
    let typed = try #require(row.json["typed_data"])
    let members = typed["types"]?["EIP712Domain"]?.elements ?? []
    let names = members.compactMap { $0["name"]?.string }
    let order = ["name", "version", "chainId", "verifyingContract", "salt"]
    let types = ["string", "string", "uint256", "address", "bytes32"]
    guard names == order.filter(names.contains), names.count == members.count,
      zip(order, types).allSatisfy({ name, type in
        members.allSatisfy { $0["name"]?.string != name || $0["type"]?.string == type }
      })
    else { return nil }
    let domain = try #require(typed["domain"])
    let chain = domain["chainId"].map { $0.string ?? $0.text }
    func has(_ name: String) -> Bool { names.contains(name) }
    return TypedDomain(
      name: has("name") ? domain["name"]?.string : nil,
      version: has("version") ? domain["version"]?.string : nil,
      chainId: has("chainId") ? try chain.map { try integer($0) } : nil,
      verifyingContract: has("verifyingContract")
        ? try domain["verifyingContract"]?.string.map { try Address(parsing: $0) } : nil,
      salt: has("salt") ? try domain["salt"]?.string.map { try Digest32(hex: $0) } : nil)
  }

  private func integer(_ text: String) throws -> UInt256 {
    text.hasPrefix("0x") ? try UInt256(hex: text) : try UInt256(decimal: text)
  }
}
