import Hashing
import Testing

/// HMAC-SHA-256 against the cases of RFC 4231, and against its own definition (RFC 2104).
@Suite struct HMACTests {
  struct Case {
    var key: [UInt8]
    var message: [UInt8]
    var code: String
  }

  private static func repeated(_ byte: UInt8, _ count: Int) -> [UInt8] {
    [UInt8](repeating: byte, count: count)
  }

  static let cases = [
    Case(
      key: repeated(0x0b, 20), message: Array("Hi There".utf8),
      code: "0xb0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
    Case(
      key: Array("Jefe".utf8), message: Array("what do ya want for nothing?".utf8),
      code: "0x5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
    Case(
      key: repeated(0xaa, 20), message: repeated(0xdd, 50),
      code: "0x773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
    Case(
      key: Array(1...25), message: repeated(0xcd, 50),
      code: "0x82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
    Case(
      key: repeated(0xaa, 131),
      message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
      code: "0x60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
  ]

  @Test(arguments: cases.indices) func publishedCases(index: Int) {
    let row = Self.cases[index]
    #expect(HMACSHA256.code(key: row.key.span, of: row.message.span).description == row.code)
  }

  /// Keys and messages of every length around a block, empty ones too, computed by hand.
  @Test func everyLengthByTheDefinition() {
    for count in [0, 1, 31, 32, 63, 64, 65, 100] {
      let key = (0..<count).map { UInt8(truncatingIfNeeded: 7 * $0 + 1) }
      let message = (0..<count).map { UInt8(truncatingIfNeeded: 3 * $0 + 5) }
      for (key, message) in [(key, message), (key, []), ([], message)] {
        let short = key.count > 64 ? SHA256.hash(key).bytes : key
        let block = short + Self.repeated(0, 64 - short.count)
        let inner = SHA256.hash(block.map { $0 ^ 0x36 } + message).bytes
        let code = SHA256.hash(block.map { $0 ^ 0x5c } + inner)
        #expect(HMACSHA256.code(key: key.span, of: message.span) == code, "\(count)")
      }
    }
  }
}
