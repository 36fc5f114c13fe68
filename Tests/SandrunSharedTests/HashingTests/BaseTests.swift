import Hashing
import Testing

@Suite struct BaseTests {
  /// RFC 4648, section 10.
  @Test(arguments: [
    ("", "", "", "0x"), ("f", "my", "Zg==", "0x66"), ("fo", "mzxq", "Zm8=", "0x666f"),
    ("foo", "mzxw6", "Zm9v", "0x666f6f"), ("foob", "mzxw6yq", "Zm9vYg==", "0x666f6f62"),
    ("fooba", "mzxw6ytb", "Zm9vYmE=", "0x666f6f6261"),
    ("foobar", "mzxw6ytboi", "Zm9vYmFy", "0x666f6f626172"),
  ])
  func rfc4648(text: String, base32: String, base64: String, hex: String) throws {
    let bytes = Array(text.utf8)
    #expect(Multibase.base32.encode(bytes) == "b" + base32)
    #expect(try Multibase.decode("b" + base32).bytes == bytes)
    #expect(Base64.encode(bytes) == base64)
    #expect(try Base64.decode(base64) == bytes)
    #expect(Hex.encode(bytes) == hex)
    #expect(try Hex.decode(hex) == bytes)
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "Z===", "====", "=Zg=", "Zg==Zg==", "Zh==", "Zm9=", "Zg==\n", "Zm 9",
    "Zm-_",
  ])
  func base64IsStrict(text: String) {
    #expect(throws: BaseError.self) { try Base64.decode(text) }
  }

  @Test(arguments: ["", "0", "0X00", "00", "0x0", "0xg0", "0x 0", " 0x00", "0x00 ", "0x0x"])
  func hexIsStrict(text: String) {
    #expect(throws: BaseError.self) { try Hex.decode(text) }
  }

  @Test func hexTakesBothCases() throws {
    #expect(try Hex.decode("0xAbCd") == [0xab, 0xcd])
    #expect(try Hex.decode(digits: "abcd") == [0xab, 0xcd])
    #expect(Hex.digits([0xab, 0xcd]) == "abcd")
  }

  @Test(arguments: Multibase.allCases)
  func everyBaseReturnsItsBytes(base: Multibase) throws {
    var generator = SystemRandomNumberGenerator()
    for length in 0..<70 {
      let bytes = (0..<length).map { index -> UInt8 in
        index < length % 5 ? 0 : UInt8.random(in: 0...255, using: &generator)
      }
      let text = base.encode(bytes)
      let back = try Multibase.decode(text)
      #expect(back.base == base && back.bytes == bytes)
      #expect(try base.decode(digits: base.digits(bytes)) == bytes)
    }
  }

  @Test func hugeTextIsRefusedAtOnce() {
    let text = String(repeating: "z", count: 1_000_000)
    #expect(throws: BaseError.tooLong(limit: 4096)) { try Multibase.decode(text) }
  }

  @Test func varintsRoundTripAndReadOneAfterAnother() throws {
    let values: [UInt64] = [
      0, 1, 127, 128, 255, 300, 16_383, 16_384, 1 << 35, 1 << 62, 1 << 63 - 1,
    ]
    var bytes: [UInt8] = []
    for value in values { Varint.append(value, to: &bytes) }
    var offset = 0
    for value in values {
      let start = offset
      #expect(try Varint.read(bytes, at: &offset) == value)
      #expect(offset - start == Varint.length(of: value))
    }
    #expect(offset == bytes.count)
    #expect(throws: VarintError.truncated(offset: bytes.count)) {
      try Varint.read(bytes, at: &offset)
    }
  }
}
