import Ethereum
import Files
import SystemPackage
import TestSupport
import Testing

#if canImport(Glibc)
  import Glibc
#endif

/// Where passphrases come from, and what of them counts.
@Suite struct PassphraseTests {

  private static func secret(_ text: String) -> Passphrase {
    let bytes = Array(text.utf8)
    return Passphrase(SecretBytes(copying: bytes.span))
  }

  /// Whether what a source gives is the passphrase `text`.
  private func isSame(_ given: borrowing Passphrase, as text: String) throws -> Bool {
    let keystore = try Keystore(
      .random(), passphrase: Self.secret(text), derivation: .scrypt(n: 2, r: 1, p: 1))
    do throws(KeystoreError) {
      _ = try keystore.unlock(given)
      return true
    } catch {
      #expect(error == .wrongPassphrase)
      return false
    }
  }

  @Test(arguments: [
    ("pw", "pw"), ("pw\n", "pw"), ("pw\n\n", "pw\n"), ("", ""), ("\n", ""), ("pw\r\n", "pw\r"),
    (" pw ", " pw "), ("a\nb\n", "a\nb"), ("\0\n", "\0"),
  ])
  func oneNewlineIsNotPartOfIt(content: String, expected: String) throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("passphrase")
    try Files.writeAtomically(Array(content.utf8), to: path)
    let fromFile = try PassphraseSource.file(path).read()
    #expect(try isSame(fromFile, as: expected))
    #expect(try !isSame(fromFile, as: expected + "x"))
    let descriptor = try FileDescriptor.open(path, .readOnly)
    try descriptor.closeAfter {
      let fromDescriptor = try PassphraseSource.descriptor(descriptor.rawValue).read()
      #expect(try isSame(fromDescriptor, as: expected))
    }
  }

  @Test func lengthIsBounded() throws {
    let scratch = try Scratch()
    let path = scratch.path.appending("passphrase")
    let longest = String(repeating: "x", count: Passphrase.lengthLimit)
    try Files.writeAtomically(Array((longest + "\n").utf8), to: path)
    let read = try PassphraseSource.file(path).read()
    #expect(try isSame(read, as: longest))
    try Files.writeAtomically(Array((longest + "xy").utf8), to: path)
    #expect(throws: PassphraseError.tooLong("\(path)")) {
      _ = try PassphraseSource.file(path).read()
    }
    #expect(throws: PassphraseError.tooLong("/dev/zero")) {
      _ = try PassphraseSource.file("/dev/zero").read()
    }
  }

  @Test func sourcesThatAreNotThere() throws {
    #expect(throws: PassphraseError.unreadable("/nowhere", .noSuchFileOrDirectory)) {
      _ = try PassphraseSource.file("/nowhere").read()
    }
    #expect(throws: PassphraseError.unreadable("descriptor 999", .badFileDescriptor)) {
      _ = try PassphraseSource.descriptor(999).read()
    }
    #expect(throws: PassphraseError.self) { _ = try PassphraseSource.file("/").read() }
  }

  @Test func privateKeysInHexadecimal() throws {
    let digits = String(repeating: "0", count: 62) + "aB"
    for text in [digits, "0x" + digits, digits + "\n", "0x" + digits + "\n"] {
      let bytes = Array(text.utf8)
      let key = try PrivateKey(hex: SecretBytes(copying: bytes.span))
      let address = key.address
      var number = [UInt8](repeating: 0, count: 32)
      number[31] = 0xab
      let same = try PrivateKey(SecretBytes(copying: number.span)).address
      #expect(address == same)
    }
    for (text, error) in [
      ("", PrivateKeyError.badDigitCount(0)), ("\n", .badDigitCount(0)), ("0x", .badDigitCount(0)),
      (String(digits.dropLast()), .badDigitCount(63)), (digits + "0", .badDigitCount(65)),
      (digits + "\n\n", .badDigitCount(65)), (String(digits.dropLast()) + "g", .badDigit),
      ("0X" + digits.dropFirst(2), .badDigit), (String(repeating: "0", count: 64), .outOfRange),
      (String(repeating: "f", count: 64), .outOfRange),
    ] {
      let bytes = Array(text.utf8)
      #expect(throws: error, "\(text)") {
        _ = try PrivateKey(hex: SecretBytes(copying: bytes.span))
      }
    }
    #expect(throws: PrivateKeyError.badLength(31)) {
      _ = try PrivateKey(SecretBytes.random(count: 31))
    }
  }

  @Test func keysDiffer() {
    let addresses = Set((0..<100).map { _ in PrivateKey.random().address })
    #expect(addresses.count == 100)
  }
}
