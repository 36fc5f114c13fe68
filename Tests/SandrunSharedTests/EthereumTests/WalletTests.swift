import Ethereum
import Hashing
import Records
import Testing

/// Mnemonics and the keys derived from them: rows of ethers.js and eth-account in the shared set, and of our own.
@Suite struct WalletTests {
  @Test func ownRows() throws {
    #expect(
      try run(Row.own("hdwallet.jsonl")) == ["derive": 27, "invalid": 6, "path": 12])
  }

  @Test func sharedRows() throws {
    guard let rows = try Row.shared("hdwallet.jsonl") else { return }
    #expect(
      try run(rows) == [
        "derive": 78, "accounts": 37, "invalid": 11, "path": 8, "either: read": 3,
        "either: refused": 2,
      ])
  }

  private func run(_ rows: [Row]) throws -> [String: Int] {
    var tally = Tally()
    for row in rows {
      let kind = try row.text("kind")
      switch kind {
      case "derive", "accounts":
        try derive(row)
        tally.add(kind)
      case "path":
        let text = try row.text("path")
        #expect(throws: DerivationPathError.self, "\(text)") { try DerivationPath(parsing: text) }
        tally.add(kind)
      default: tally.add(try refuse(row))
      }
    }
    return tally.counts
  }

  private func refuse(_ row: Row) throws -> String {
    let text = Array(try row.text("mnemonic").utf8)
    do {
      let mnemonic = try Mnemonic(parsing: SecretBytes(copying: text.span))
      #expect(try row.text("expect") == "either", "\(row.json)")
      let none: [UInt8] = []
      let seed = try mnemonic.seed(passphrase: Passphrase(SecretBytes(copying: none.span)))
      let key = try ExtendedKey(seed: seed).derived(.ethereum).privateKey()
      #expect(key.address.description == "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266")
      return "either: read"
    } catch let error as MnemonicError {
      #expect(!error.description.isEmpty)
      return try row.text("expect") == "either" ? "either: refused" : "invalid"
    }
  }

  private func derive(_ row: Row) throws {
    let text = Array(try row.text("mnemonic").utf8)
    let mnemonic = try Mnemonic(parsing: SecretBytes(copying: text.span))
    let seed = try mnemonic.seed(passphrase: row.passphrase("passphrase"))
    #expect(try bytes(seed) == row.bytes("seed"))
    if row.has("entropy") {
      let entropy = try row.bytes("entropy")
      #expect(mnemonic.withEntropy(copy) == entropy)
      try comesBack(entropy, mnemonic, row)
    }
    let root = try ExtendedKey(seed: seed)
    for name in ["nodes", "accounts"] {
      for node in row.json[name]?.elements ?? [] { try derive(Row(json: node), from: root) }
    }
  }

  private func derive(_ node: Row, from root: borrowing ExtendedKey) throws {
    let path = try DerivationPath(parsing: node.text("path"))
    #expect(try path.description == node.text("path"))
    let key = try root.derived(path)
    let secret = try key.privateKey()
    let (address, expected) = try (secret.address, node.key().address)
    #expect(address == expected)
    #expect(try address.description == node.text("address"))
    let code = key.withChainCode(copy)
    if node.has("chain_code") { #expect(try code == node.bytes("chain_code")) }
    let compressed = secret.publicKey.compressed
    if node.has("public_key") { #expect(try compressed == node.bytes("public_key")) }
    guard node.has("xprv") else { return }
    let prefix = [UInt8(path.steps.count)] + (try node.bytes("parent_fingerprint"))
    let last = path.steps.last ?? 0
    let number = [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: last >> UInt32($0)) }
    let raw = try [0] + node.bytes("private_key")
    #expect(try serialized(node, "xprv") == [4, 0x88, 0xad, 0xe4] + prefix + number + code + raw)
    #expect(
      try serialized(node, "xpub") == [4, 0x88, 0xb2, 0x1e] + prefix + number + code + compressed)
  }

  /// What an extended key's text holds (BIP-32, "Serialization format"), its checksum seen to.
  private func serialized(_ node: Row, _ name: String) throws -> [UInt8] {
    let bytes = try Multibase.base58btc.decode(digits: node.text(name))
    let content = Array(bytes.dropLast(4))
    #expect(SHA256.hash(SHA256.hash(content).bytes).bytes.prefix(4) == bytes.suffix(4))
    return content
  }

  /// The words of the same entropy, in one of the lists, are the same sentence.
  private func comesBack(
    _ entropy: [UInt8], _ mnemonic: borrowing Mnemonic, _ row: Row
  ) throws {
    let wanted = mnemonic.withSentence(copy)
    var found = 0
    for list in WordList.all {
      let again = try Mnemonic(entropy: SecretBytes(copying: entropy.span), in: list)
      if again.withSentence(copy) == wanted { found += 1 }
    }
    #expect(found >= 1, "\(row.json)")
  }

  private func bytes(_ secret: borrowing SecretBytes) -> [UInt8] { secret.withSpan(copy) }

  private func copy(_ span: Span<UInt8>) -> [UInt8] { span.indices.map { span[$0] } }

  @Test func randomWordsAreReadAgain() throws {
    for words in Mnemonic.counts {
      let made = try Mnemonic.random(words: words)
      let other = try Mnemonic.random(words: words)
      let sentence = made.withSentence(copy)
      #expect(sentence.split(separator: UInt8(ascii: " ")).count == words)
      #expect(other.withSentence(copy) != sentence)
      let read = try Mnemonic(parsing: SecretBytes(copying: sentence.span))
      #expect(read.withEntropy(copy) == made.withEntropy(copy))
    }
    #expect(throws: MnemonicError.badCount(13)) { _ = try Mnemonic.random(words: 13) }
  }

  @Test(arguments: [
    ("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo", MnemonicError.badChecksum),
    ("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo", .badCount(11)),
    ("zoo zoo zoo zoon zoo zoo zoo zoo zoo zoo zoo wrong", .badWord(4)),
    ("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo \u{212b}\u{1f9ff}", .badWord(12)),
    ("zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo zoo \u{fdfa}", .badText),
  ])
  func tellsWhatIsWrong(_ text: String, _ expected: MnemonicError) {
    let bytes = Array(text.utf8)
    #expect(throws: expected) { _ = try Mnemonic(parsing: SecretBytes(copying: bytes.span)) }
  }

  @Test func whatIsNoTextIsRefused() throws {
    let bad: [UInt8] = [0x66, 0xff, 0x66]
    #expect(throws: MnemonicError.badText) {
      _ = try Mnemonic(parsing: SecretBytes(copying: bad.span))
    }
    let mnemonic = try Mnemonic.random()
    #expect(throws: MnemonicError.badPassphrase) {
      _ = try mnemonic.seed(passphrase: Passphrase(SecretBytes(copying: bad.span)))
    }
    let long = [UInt8](repeating: 0x66, count: Mnemonic.lengthLimit + 1)
    #expect(throws: MnemonicError.tooLong) {
      _ = try Mnemonic(parsing: SecretBytes(copying: long.span))
    }
  }

  @Test func pathsOfWallets() throws {
    #expect(DerivationPath.ethereum.description == "m/44'/60'/0'/0/0")
    #expect(try DerivationPath(parsing: "m/44h/60h/0h/0/0") == .ethereum)
    #expect(try DerivationPath(parsing: "m").steps.isEmpty)
    #expect(try DerivationPath(parsing: "m/2147483647'").steps == [.max])
  }
}
