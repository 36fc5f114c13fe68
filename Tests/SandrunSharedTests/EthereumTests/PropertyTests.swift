import Ethereum
import Glibc
import Hashing
import SystemPackage
import Testing
import WideInteger

/// What must hold of any key, signature and secret.
@Suite struct EthereumPropertyTests {
  @Test func anySignatureIsItsSignersAlone() throws {
    for round in 0..<100 {
      let key = PrivateKey.random()
      let address = key.address
      let digest = Keccak256.hash([UInt8(round)])
      let signature = key.sign(digest)
      let again = key.sign(digest)
      #expect(signature == again)
      #expect(signature.isValid(for: digest, by: address))
      #expect(signature.signer(of: digest)?.address == address)
      let twin = try Signature(r: signature.r, s: signature.s, yParity: 1 - signature.yParity)
      #expect(!twin.isValid(for: digest, by: address))
      #expect(!signature.isValid(for: digest, by: PrivateKey.random().address))
      #expect(throws: SignatureError.highS) {
        let order: UInt256 =
          0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141
        _ = try Signature(
          r: signature.r, s: order - signature.s, yParity: 1 - signature.yParity)
      }
    }
  }

  @Test func anyBitFlippedSpoilsASignature() throws {
    let key = PrivateKey.random()
    let address = key.address
    let digest = Keccak256.hash([1, 2, 3])
    let bytes = key.sign(digest).bytes
    for bit in 0..<bytes.count * 8 {
      var spoiled = bytes
      spoiled[bit / 8] ^= 1 << (bit % 8)
      let signature = try? Signature(bytes: spoiled)
      #expect(signature?.isValid(for: digest, by: address) != true, "bit \(bit)")
    }
    for count in 0..<bytes.count {
      #expect(throws: SignatureError.badLength(count)) {
        try Signature(bytes: Array(bytes[..<count]))
      }
    }
  }

  @Test func addressesComeBack() throws {
    var random = SystemRandomNumberGenerator()
    for _ in 0..<1000 {
      let bytes = (0..<20).map { _ in UInt8.random(in: 0...255, using: &random) }
      let address = try Address(bytes: bytes)
      #expect(address.bytes == bytes)
      #expect(try Address(parsing: address.description) == address)
      #expect(try Address(parsing: address.description.lowercased()) == address)
      #expect(address.word.suffix(20) == bytes[...])
    }
  }

  @Test func noTextCrashesAReader() {
    var random = SystemRandomNumberGenerator()
    let alphabet = Array("0123456789abcdefABCDEFxX \n\0g\u{e9}")
    for _ in 0..<5000 {
      let count = [0, 1, 2, 39, 40, 41, 42, 43, 130, 132].randomElement(using: &random) ?? 0
      let text =
        "0x" + String((0..<count).map { _ in alphabet.randomElement(using: &random) ?? "0" })
      if let address = Address(text) {
        #expect(address.description.lowercased() == text.lowercased())
      }
      if let signature = try? Signature(parsing: text) {
        #expect(signature.bytes.count == 65)
      }
    }
  }

  /// A secret's memory, looked at through the system once its owner is gone.
  @Test func secretsAreWiped() throws {
    let memory = try FileDescriptor.open(FilePath("/proc/self/mem"), .readOnly)
    try memory.closeAfter {
      var found = 0
      for _ in 0..<20 {
        let (pattern, place) = whereASecretWas()
        var now = [UInt8](repeating: 0, count: pattern.count)
        let count = try unsafe now.withUnsafeMutableBytes {
          try unsafe memory.read(fromAbsoluteOffset: Int64(place), into: $0)
        }
        // The allocator writes its own notes into the first bytes.
        if count == pattern.count, now[64...] == pattern[64...] { found += 1 }
      }
      #expect(found == 0)
    }
  }

  private func whereASecretWas() -> (pattern: [UInt8], place: UInt) {
    let secret = SecretBytes.random(count: 128)
    return secret.withSpan { span in
      let pattern = span.indices.map { span[$0] }
      let place = unsafe span.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
      return (pattern, place)
    }
  }
}
