import Hashing
import Testing

@Suite struct DigestTests {
  /// FIPS 180-4 examples, and a message fed in two halves.
  @Test(arguments: [
    ("", "0xe3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "0xba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "0x248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ])
  func sha256(text: String, digest: String) {
    #expect(SHA256.hash(Array(text.utf8)).description == digest)
    var hasher = SHA256()
    for _ in 0..<2 {
      for byte in text.utf8 { hasher.update([byte]) }
      #expect(hasher.finish().description == digest, "a hasher starts afresh after finish")
    }
  }

  @Test(arguments: [
    ("", "0xc5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"),
    ("abc", "0x4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45"),
    (
      "transfer(address,uint256)",
      "0xa9059cbb2ab09eb219583f4a59a5d0623ade346d962bcd4e46b11da047c9049b"
    ),
  ])
  func keccak256(text: String, digest: String) {
    #expect(Keccak256.hash(Array(text.utf8)).description == digest)
  }

  /// However a message is cut, the digest is one; lengths straddle the rate of 136 bytes.
  @Test func keccakIsTheSameInPieces() {
    for length in [0, 1, 7, 8, 9, 135, 136, 137, 271, 272, 273, 1000] {
      let message = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
      let whole = Keccak256.hash(message)
      for step in [1, 3, 8, 13, 136, 200] {
        var hasher = Keccak256()
        var rest = message[...]
        while !rest.isEmpty {
          hasher.update(Array(rest.prefix(step)))
          rest = rest.dropFirst(step)
        }
        #expect(hasher.finish() == whole, "length \(length) in steps of \(step)")
      }
    }
  }

  @Test func digestsComparePrintAndRefuse() throws {
    let one = SHA256.hash([1])
    let two = SHA256.hash([2])
    #expect((one < two) == one.bytes.lexicographicallyPrecedes(two.bytes))
    #expect(try Digest32(one.bytes) == one)
    #expect(try Digest32(hex: one.description) == one)
    #expect(throws: DigestError.badLength(31)) { try Digest32([UInt8](repeating: 0, count: 31)) }
    #expect(throws: DigestError.badLength(33)) { try Digest32([UInt8](repeating: 0, count: 33)) }
    #expect(throws: DigestError.notHex(.missingPrefix)) { try Digest32(hex: "00") }
    #expect(Digest32.zero.bytes == [UInt8](repeating: 0, count: 32))
  }

  /// Digits are read eight at a time: any byte in any place is told from a digit.
  @Test func digestsTakeDigitsAndNothingElse() throws {
    let text = Array("0x00112233445566778899aabbccddeeffFFEEDDCCBBAA99887766554433221100".utf8)
    for place in text.indices {
      for byte in UInt8.min...UInt8.max {
        var changed = text
        changed[place] = byte
        let isPrefix = place < 2
        let digit = String(decoding: [byte], as: UTF8.self).wholeHexDigit
        guard isPrefix ? byte == text[place] : digit != nil else {
          let fault = isPrefix ? BaseError.missingPrefix : .badDigit(offset: place)
          #expect(throws: fault) { try Hex.decode(changed.span) }
          #expect(throws: DigestError.self) { try Digest32(hex: changed.span) }
          continue
        }
        let digest = try Digest32(hex: changed.span)
        #expect(digest.bytes == (try Hex.decode(changed.span)))
        guard !isPrefix, let digit else { continue }
        let half = digest.bytes[place / 2 - 1] >> (place.isMultiple(of: 2) ? 4 : 0) & 0xf
        #expect(half == digit)
      }
    }
    let (byteLess, digitLess) = (Array(text.dropLast(2)), Array(text.dropLast()))
    #expect(throws: DigestError.badLength(31)) { try Digest32(hex: byteLess.span) }
    #expect(throws: DigestError.notHex(.badLength(63))) { try Digest32(hex: digitLess.span) }
  }

  /// RFC 3720, appendix B.4.
  @Test func crc32c() {
    #expect(CRC32C.checksum([UInt8](repeating: 0, count: 32)) == 0x8a91_36aa)
    #expect(CRC32C.checksum([UInt8](repeating: 0xff, count: 32)) == 0x62a8_ab43)
    #expect(CRC32C.checksum((0..<32).map { UInt8($0) }) == 0x46dd_794e)
    #expect(CRC32C.checksum(Array("123456789".utf8)) == 0xe306_9283)
    let message = (0..<100).map { UInt8($0) }
    for cut in message.indices {
      let first = CRC32C.checksum(Array(message[..<cut]))
      #expect(
        CRC32C.checksum(Array(message[cut...]), continuing: first) == CRC32C.checksum(message))
    }
  }
}

extension String {
  /// The value of a text that is one digit of ASCII.
  fileprivate var wholeHexDigit: UInt8? {
    utf8.count == 1 && first?.isHexDigit == true ? UInt8(self, radix: 16) : nil
  }
}
