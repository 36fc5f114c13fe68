import Ethereum
import Testing

/// Addresses and the keys they come from: rows of eth-account, EIP-55 and the shared set.
@Suite struct AddressTests {
  @Test func ownRows() throws {
    #expect(
      try run(Row.own("addresses.jsonl")) == ["key": 32, "bad-key": 4, "ok": 40, "refused": 25])
  }

  @Test func sharedRows() throws {
    guard let rows = try Row.shared("addresses.jsonl") else { return }
    #expect(try run(rows) == ["key": 164, "bad-key": 10, "ok": 112, "refused": 156])
  }

  private func run(_ rows: [Row]) throws -> [String: Int] {
    var counts: [String: Int] = [:]
    for row in rows {
      let outcome =
        switch try row.text("kind") {
        case "key": try key(row)
        case "bad-key": try badKey(row)
        default: try parse(row)
        }
      counts[outcome, default: 0] += 1
    }
    return counts
  }

  private func key(_ row: Row) throws -> String {
    let key = try row.key()
    let publicKey = key.publicKey
    let address = try row.text("address")
    let compressed = try row.bytes(
      row.has("compressed") ? "compressed" : "public_key_compressed")
    #expect(try publicKey.uncompressed == row.bytes("public_key"))
    #expect(publicKey.compressed == compressed)
    #expect(publicKey.address.description == address)
    #expect(PublicKey(bytes: compressed) == publicKey)
    #expect(PublicKey(bytes: publicKey.uncompressed) == publicKey)
    #expect(try Address(bytes: publicKey.address.bytes) == publicKey.address)
    return "key"
  }

  private func badKey(_ row: Row) throws -> String {
    let text = Array(try row.text("private_key").utf8)
    #expect(throws: PrivateKeyError.self) {
      _ = try PrivateKey(hex: SecretBytes(copying: text.span))
    }
    return "bad-key"
  }

  private func parse(_ row: Row) throws -> String {
    let text = try row.text("input")
    let expected = try row.text("expect")
    if row.has("checksummed"), expected.starts(with: "valid") || expected == "ok" {
      #expect(try Address(parsing: text).description == row.text("checksummed"))
      return "ok"
    }
    let error = #expect(throws: AddressError.self, "\(text)") { _ = try Address(parsing: text) }
    #expect(Address(text) == nil)
    switch (expected, error) {
    case ("badChecksum", .badChecksum), ("bad-checksum", .badChecksum): break
    case ("missingPrefix", .missingPrefix), ("badLength", .badLength), ("badDigit", .badDigit):
      break
    case ("malformed", .some(let error)):
      if case .badChecksum = error { Issue.record("\(text) is malformed, not mistyped") }
    case ("either", .missingPrefix): break  // `0X`, which is no prefix here.
    default: Issue.record("\(text) gives \(String(describing: error)), not \(expected)")
    }
    return "refused"
  }

  @Test func changingAnyLettersCaseIsNoticed() throws {
    let text = "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"
    var tried = 0
    for (offset, character) in text.enumerated().dropFirst(2) where character.isLetter {
      var characters = Array(text)
      characters[offset] =
        character.isLowercase
        ? Character(character.uppercased()) : Character(character.lowercased())
      #expect(throws: AddressError.badChecksum(expected: text)) {
        try Address(parsing: String(characters))
      }
      tried += 1
    }
    #expect(tried == 18)
  }

  @Test func pointsOffTheCurveAreNoKeys() throws {
    let row = try #require(try Row.own("addresses.jsonl").first)
    let good = try row.bytes("public_key")
    var hybrid = good
    hybrid[0] = 6 + good[64] % 2
    var off = good
    off[64] ^= 1
    let beyond = [4] + [UInt8](repeating: 0xff, count: 64)
    for bad in [hybrid, off, beyond, Array(good.dropLast()), good + [0], [], [4], [2]] {
      #expect(PublicKey(bytes: bad) == nil)
    }
    #expect(PublicKey(bytes: [5] + good[1...32]) == nil)
  }
}
