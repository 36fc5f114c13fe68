import Ethereum
import Hashing
import Records
import Testing

/// V3 keystores: rows of eth-account and of the shared set.
@Suite struct KeystoreTests {
  @Test func ownRows() throws {
    var tally = Tally()
    for row in try Row.own("keystore.jsonl") {
      let outcome = try outcome(of: row)
      #expect(try outcome == row.text("expect"), "\(row.json)")
      tally.add(outcome)
    }
    #expect(
      tally.counts == [
        "ok": 35, "wrongPassphrase": 32, "malformed": 26, "missing": 16, "unsupported": 13,
        "excessive": 7, "otherAddress": 2,
      ])
  }

  @Test func sharedRows() throws {
    guard let rows = try Row.shared("keystore.jsonl") else { return }
    var tally = Tally()
    for row in rows {
      let outcome = try outcome(of: row)
      let verdict =
        switch outcome {
        case "wrongPassphrase": "wrong-password"
        case "missing": "malformed"
        default: outcome
        }
      let expected = try row.text("expect")
      if expected == "either" {
        // Ours to decide: another cipher, a short counter, no rounds, another's address. All are refused.
        #expect(verdict != "ok", "\(row.json)")
      } else {
        #expect(verdict == expected, "\(row.json)")
      }
      tally.add(expected)
    }
    #expect(
      tally.counts == [
        "ok": 68, "wrong-password": 35, "malformed": 11, "unsupported": 2, "either": 6,
      ])
  }

  private func outcome(of row: Row) throws -> String {
    let file = try #require(row.json["keystore"])
    let passphrase = try row.passphrase()
    let found: Address
    do throws(KeystoreError) {
      found = try Keystore(parsing: file.bytes).unlock(passphrase).address
    } catch {
      return word(error)
    }
    #expect(try found.description == row.text("address"))
    let expected = try row.key().address
    #expect(found == expected)
    return "ok"
  }

  private func word(_ error: KeystoreError) -> String {
    switch error {
    case .notJSON: "notJSON"
    case .missing: "missing"
    case .malformed: "malformed"
    case .unsupported: "unsupported"
    case .excessive: "excessive"
    case .wrongPassphrase: "wrongPassphrase"
    case .otherAddress: "otherAddress"
    case .derivationFailed: "derivationFailed"
    }
  }

  @Test func sharedDerivations() throws {
    guard let rows = try Row.shared("kdf.jsonl") else { return }
    var count = 0
    for row in rows {
      let password = try row.bytes("password")
      let secret = SecretBytes(copying: password.span)
      let salt = try row.bytes("salt")
      let length = try row.number("dklen")
      let scrypt = Row(json: try #require(row.json["scrypt"]))
      let pbkdf2 = Row(json: try #require(row.json["pbkdf2"]))
      let derivations = [
        (
          KeyDerivation.scrypt(
            n: try scrypt.number("n"), r: try scrypt.number("r"), p: try scrypt.number("p")),
          scrypt
        ),
        (KeyDerivation.pbkdf2(rounds: try pbkdf2.number("c")), pbkdf2),
      ]
      for (derivation, expected) in derivations {
        let derived = try derivation.derive(length, from: secret, salt: salt)
        let bytes = derived.withSpan { span in span.indices.map { span[$0] } }
        #expect(try bytes == expected.bytes("key"))
        count += 1
      }
    }
    #expect(count == 322)
  }

  /// Parameters that libcrypto refuses and its own function for them, against RFC 7914's test and libcrypto itself.
  @Test func scryptOfNarrowBlocks() throws {
    let nothing = SecretBytes(copying: [UInt8]().span)
    let derived = try KeyDerivation.scrypt(n: 16, r: 1, p: 1).derive(64, from: nothing, salt: [])
    #expect(
      derived.withSpan { span in Hex.digits(span.indices.map { span[$0] }) }
        == "77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442"
        + "fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906")
    let row = try #require(
      try Row.own("keystore.jsonl").first { $0.json["name"] == "n = 2^17, r = 1" })
    #expect(try outcome(of: row) == "ok")
  }

  @Test func whatIsWrittenIsReadBack() throws {
    for text in ["", "pass", "Grüße 世界", "trailing\n"] {
      let bytes = Array(text.utf8)
      let passphrase = Passphrase(SecretBytes(copying: bytes.span))
      let key = PrivateKey.random()
      let address = key.address
      let written = try Keystore(key, passphrase: passphrase, derivation: .light)
      let read = try Keystore(parsing: written.json.bytes)
      #expect(read.json == written.json)
      #expect(read.address == address)
      let unlocked = try read.unlock(passphrase)
      let digest = Keccak256.hash(bytes)
      let (one, other) = (unlocked.sign(digest), key.sign(digest))
      #expect(one == other)
      #expect(one.isValid(for: digest, by: address))
      // Not a zero: HMAC pads a short key with zeros, so those at its end do not count.
      let wrong = Passphrase(SecretBytes(copying: (bytes + [1]).span))
      #expect(throws: KeystoreError.wrongPassphrase) { _ = try read.unlock(wrong) }
    }
  }

  @Test func theFormIsTheOneOthersRead() throws {
    let passphrase = Passphrase(SecretBytes(copying: [UInt8]().span))
    let keystore = try Keystore(.random(), passphrase: passphrase, derivation: .light)
    let file = keystore.json
    #expect(file.object?.members.map(\.name) == ["address", "crypto", "id", "version"])
    #expect(try file["address"]?.string?.contains(Regex("^[0-9a-f]{40}$")) == true)
    let uuid = try Regex("^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$")
    #expect(file["id"]?.string?.contains(uuid) == true)
    #expect(file["crypto"]?["kdfparams"]?["n"]?.integer == 4096)
    #expect(file["crypto"]?["kdfparams"]?["salt"]?.string?.utf8.count == 64)
    let other = try Keystore(.random(), passphrase: passphrase, derivation: .light).json
    for member in ["ciphertext", "mac", "cipherparams", "kdfparams"] {
      #expect(file["crypto"]?[member] != other["crypto"]?[member])
    }
    #expect(KeyDerivation.standard == .scrypt(n: 262_144, r: 8, p: 1))
  }

  @Test func brokenFilesAreRefusedWithoutACrash() throws {
    let row = try #require(try Row.own("keystore.jsonl").first)
    let bytes = try #require(row.json["keystore"]).bytes
    for end in bytes.indices {
      #expect(throws: KeystoreError.self) { _ = try Keystore(parsing: Array(bytes[..<end])) }
    }
    var random = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      var spoiled = bytes
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        spoiled[Int.random(in: spoiled.indices, using: &random)] = .random(in: 0...255)
      }
      _ = try? Keystore(parsing: spoiled)
    }
  }
}
