import Ethereum
import Hashing
import Records
import Testing
import WideInteger

/// Typed data: rows of ethers.js and eth-account in the shared set, and of our own.
@Suite struct TypedDataTests {
  @Test func ownRows() throws {
    #expect(try run(Row.own("typed-data.jsonl")) == ["accept": 12, "refused": 17])
  }

  @Test func sharedRows() throws {
    guard let rows = try Row.shared("typed-data.jsonl") else { return }
    #expect(
      try run(rows) == [
        "accept": 216, "refused": 20, "either: refused": 9, "either: read": 1,
      ])
  }

  private func run(_ rows: [Row]) throws -> [String: Int] {
    var tally = Tally()
    for row in rows {
      let json = try #require(row.json["typed_data"])
      switch try row.text("expect") {
      case "accept":
        try accept(row, TypedData(json))
        tally.add("accept")
      case "reject":
        #expect(throws: TypedDataError.self, "\(json)") { try TypedData(json) }
        tally.add("refused")
      default:
        tally.add((try? TypedData(json)) == nil ? "either: refused" : "either: read")
      }
    }
    return tally.counts
  }

  private func accept(_ row: Row, _ data: TypedData) throws {
    #expect(try data.domainSeparator == row.digest("domain_separator"), "\(row.json)")
    #expect(try data.structureHash == row.digest("struct_hash"), "\(row.json)")
    #expect(try data.digest == row.digest("digest"))
    let signature = try row.key().sign(data.digest)
    #expect(try signature.description == row.text("signature"))
    #expect(try signature.isValid(for: data.digest, by: Address(parsing: row.text("from"))))
  }

  private func data(
    _ types: String, _ message: String, primary: String = "X", domain: String = #"{"name":"t"}"#
  ) throws -> TypedData {
    let text =
      #"{"types":{\#(types)},"primaryType":"\#(primary)","domain":\#(domain),"message":\#(message)}"#
    return try TypedData(JSON(parsing: Array(text.utf8)))
  }

  @Test func theMailOfTheEIP() throws {
    let mail = try data(
      #"""
      "EIP712Domain":[{"name":"name","type":"string"},{"name":"version","type":"string"},
      {"name":"chainId","type":"uint256"},{"name":"verifyingContract","type":"address"}],
      "Person":[{"name":"name","type":"string"},{"name":"wallet","type":"address"}],
      "Mail":[{"name":"from","type":"Person"},{"name":"to","type":"Person"},
      {"name":"contents","type":"string"}]
      """#,
      #"""
      {"from":{"name":"Cow","wallet":"0xCD2a3d9F938E13CD947Ec05AbC7FE734Df8DD826"},
      "to":{"name":"Bob","wallet":"0xbBbBBBBbbBBBbbbBbbBbbbbBBbBbbbbBbBbbBBbB"},
      "contents":"Hello, Bob!"}
      """#, primary: "Mail",
      domain: #"""
        {"name":"Ether Mail","version":"1","chainId":1,
        "verifyingContract":"0xCcCCccccCCCCcCCCCCCcCcCccCcCCCcCcccccccC"}
        """#)
    #expect(
      mail.digest.description
        == "0xbe609aee343fb3c4b28e1df9e632fca64fcfaede20f02e86244efddf30957bd2")
  }

  @Test func aDomainWithoutATypeHasTheMembersThatItHas() throws {
    let declared = try data(
      #""EIP712Domain":[{"name":"name","type":"string"},{"name":"chainId","type":"uint256"}],"X":[]"#,
      "{}", domain: #"{"chainId":5,"name":"t"}"#)
    let implied = try data(#""X":[]"#, "{}", domain: #"{"chainId":"0x5","name":"t"}"#)
    #expect(declared == implied)
    #expect(declared.domainSeparator == TypedDomain(name: "t", chainId: 5).separator)
  }

  @Test func nullEndsARecursion() throws {
    let node = #""X":[{"name":"next","type":"X"}]"#
    let end = try data(node, #"{"next":null}"#)
    let typeHash = Keccak256.hash(Array("X(X next)".utf8))
    #expect(end.structureHash == Keccak256.hash(typeHash.bytes + Digest32.zero.bytes))
    let two = try data(node, #"{"next":{"next":null}}"#)
    #expect(two.structureHash == Keccak256.hash(typeHash.bytes + end.structureHash.bytes))
  }

  @Test(arguments: [
    (#""X":[{"name":"v","type":"uint8"}]"#, #"{"v":1,"w":2}"#),
    (#""X":[{"name":"v","type":"uint8"}]"#, #"{"w":1}"#),
    (#""X":[{"name":"v","type":"uint8"},{"name":"v","type":"uint8"}]"#, #"{"v":1}"#),
    (#""X":[{"name":"v","type":"uint8","extra":1}]"#, #"{"v":1}"#),
    (#""X":[{"name":"v w","type":"uint8"}]"#, #"{"v w":1}"#),
    (#""X":[],"uint8":[]"#, "{}"), (#""X":[],"address":[]"#, "{}"), (#""X":[],"Y[]":[]"#, "{}"),
    (#""X":[{"name":"v","type":"uint8[01]"}]"#, #"{"v":[1]}"#),
    (#""X":[{"name":"v","type":"uint"}]"#, #"{"v":1}"#),
    (#""X":[{"name":"v","type":"uint8]"}]"#, #"{"v":1}"#),
    (#""X":[{"name":"v","type":"uint256"}]"#, #"{"v":1e3}"#),
    (#""X":[{"name":"v","type":"uint256"}]"#, #"{"v":"-0"}"#),
    (#""X":[{"name":"v","type":"int8"}]"#, #"{"v":"0x80"}"#),
    (#""X":7"#, "{}"), (#""Z":[]"#, "{}"), (#""X":[]"#, "[]"), (#""X":[]"#, "null"),
  ])
  func refuses(_ types: String, _ message: String) {
    let error = #expect(throws: TypedDataError.self) { try data(types, message) }
    #expect(error?.description.isEmpty == false)
  }

  @Test func errorsTellWhereTheyAre() throws {
    let types = #""X":[{"name":"list","type":"Y[]"}],"Y":[{"name":"v","type":"uint8[2]"}]"#
    func text(_ message: String) -> String? {
      #expect(throws: TypedDataError.self) { try data(types, message) }?.description
    }
    #expect(
      text(#"{"list":[{"v":[1,2]},{"v":[1,256]}]}"#) == "message.list[1].v[1]: 256 is no uint8")
    #expect(text(#"{"list":[{}]}"#) == "the typed data has no message.list[0].v")
    #expect(text(#"{"list":[{"v":[1,2],"w":0}]}"#) == "message.list[0].w is declared by no type")
    #expect(text("7") == "message: a number, not a X")
  }

  @Test func longNamesAreNotRepeatedForEachValue() throws {
    let name = String(repeating: "n", count: 200_000)
    let values = Array(repeating: "1", count: 50_000).joined(separator: ",")
    _ = try data(#""X":[{"name":"\#(name)","type":"uint8[]"}]"#, #"{"\#(name)":[\#(values)]}"#)
  }

  @Test func hostileTypesAreBounded() throws {
    let many = (0..<300).map { #""T\#($0)":[]"# }.joined(separator: ",")
    #expect(throws: TypedDataError.tooManyTypes) { try data(many, "{}", primary: "T0") }
    let deep = "uint8" + String(repeating: "[]", count: 100_000)
    #expect(throws: TypedDataError.unknownType(deep)) {
      try data(#""X":[{"name":"v","type":"\#(deep)"}]"#, #"{"v":[]}"#)
    }
    let long = String(repeating: "a", count: 1 << 19)
    #expect(throws: TypedDataError.tooManyTypes) { try data(#""\#(long)":[]"#, "{}") }
    // Every structure refers to every other: each one's hash covers them all, once.
    let web = (0..<100).map { i in
      let members = (0..<100).map { #"{"name":"m\#($0)","type":"T\#($0)"}"# }
      return #""T\#(i)":[\#(members.joined(separator: ","))]"#
    }
    let nulls = (0..<100).map { #""m\#($0)":null"# }.joined(separator: ",")
    let inner = (0..<100).map { #""m\#($0)":{\#(nulls)}"# }.joined(separator: ",")
    _ = try data(web.joined(separator: ","), "{\(inner)}", primary: "T0")
  }
}
