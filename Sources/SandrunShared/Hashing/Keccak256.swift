/// A Keccak-256 computation, fed piece by piece: the hash of Ethereum.
///
/// It is Keccak[512] with the padding of the original submission (`0x01`), not SHA3-256 (`0x06`).
public struct Keccak256: Sendable {
  /// The bytes taken in between two permutations.
  private static let rate = 136

  private var state = InlineArray<25, UInt64>(repeating: 0)
  private var filled = 0

  /// Starts an empty computation.
  public init() {}

  /// Takes more of the message.
  public mutating func update(_ bytes: Span<UInt8>) {
    var offset = 0
    while offset < bytes.count {
      if filled == 0, bytes.count - offset >= Self.rate {
        // A whole block, lane by lane.
        for lane in 0..<17 { state[lane] ^= Self.word(bytes, at: offset &+ lane &* 8) }
        permute()
        offset &+= Self.rate
        continue
      }
      if filled & 7 == 0, bytes.count - offset >= 8 {
        // Lanes are little-endian words, so that aligned input is taken in eight bytes at a time.
        state[filled &>> 3] ^= Self.word(bytes, at: offset)
        offset &+= 8
        filled &+= 8
      } else {
        state[filled &>> 3] ^= UInt64(bytes[offset]) &<< UInt64((filled & 7) &* 8)
        offset &+= 1
        filled &+= 1
      }
      if filled == Self.rate {
        permute()
        filled = 0
      }
    }
  }

  /// Takes more of the message.
  public mutating func update(_ bytes: [UInt8]) {
    update(bytes.span)
  }

  /// The digest of all that was taken; the computation then starts afresh.
  public mutating func finish() -> Digest32 {
    state[filled &>> 3] ^= 0x01 &<< UInt64((filled & 7) &* 8)
    state[16] ^= 0x80 &<< 56
    permute()
    let digest = Digest32(littleEndian: (state[0], state[1], state[2], state[3]))
    self = Keccak256()
    return digest
  }

  /// The digest of one message.
  public static func hash(_ bytes: Span<UInt8>) -> Digest32 {
    var hasher = Keccak256()
    hasher.update(bytes)
    return hasher.finish()
  }

  /// The digest of one message.
  public static func hash(_ bytes: [UInt8]) -> Digest32 {
    hash(bytes.span)
  }

  private static func word(_ bytes: Span<UInt8>, at offset: Int) -> UInt64 {
    unsafe UInt64(
      littleEndian: bytes.bytes.unsafeLoadUnaligned(
        fromUncheckedByteOffset: offset, as: UInt64.self))
  }

  /// The 24 rounds of Keccak-f[1600] (FIPS 202, section 3.3).
  ///
  /// The lanes live in 25 locals (lane x, y is `a(x + 5y)`) and the round is written out, so that the compiler
  /// keeps them in registers.
  private mutating func permute() {
    var a0 = state[0], a1 = state[1], a2 = state[2], a3 = state[3], a4 = state[4]
    var a5 = state[5], a6 = state[6], a7 = state[7], a8 = state[8], a9 = state[9]
    var a10 = state[10], a11 = state[11], a12 = state[12], a13 = state[13], a14 = state[14]
    var a15 = state[15], a16 = state[16], a17 = state[17], a18 = state[18], a19 = state[19]
    var a20 = state[20], a21 = state[21], a22 = state[22], a23 = state[23], a24 = state[24]
    for round in 0..<24 {
      // Theta: each lane takes in the parity of two neighbouring columns.
      let c0 = a0 ^ a5 ^ a10 ^ a15 ^ a20
      let c1 = a1 ^ a6 ^ a11 ^ a16 ^ a21
      let c2 = a2 ^ a7 ^ a12 ^ a17 ^ a22
      let c3 = a3 ^ a8 ^ a13 ^ a18 ^ a23
      let c4 = a4 ^ a9 ^ a14 ^ a19 ^ a24
      let d0 = c4 ^ rotate(c1, 1)
      let d1 = c0 ^ rotate(c2, 1)
      let d2 = c1 ^ rotate(c3, 1)
      let d3 = c2 ^ rotate(c4, 1)
      let d4 = c3 ^ rotate(c0, 1)
      // Rho and pi: lanes turn by their own amounts and change places.
      let b0 = a0 ^ d0
      let b1 = rotate(a6 ^ d1, 44)
      let b2 = rotate(a12 ^ d2, 43)
      let b3 = rotate(a18 ^ d3, 21)
      let b4 = rotate(a24 ^ d4, 14)
      let b5 = rotate(a3 ^ d3, 28)
      let b6 = rotate(a9 ^ d4, 20)
      let b7 = rotate(a10 ^ d0, 3)
      let b8 = rotate(a16 ^ d1, 45)
      let b9 = rotate(a22 ^ d2, 61)
      let b10 = rotate(a1 ^ d1, 1)
      let b11 = rotate(a7 ^ d2, 6)
      let b12 = rotate(a13 ^ d3, 25)
      let b13 = rotate(a19 ^ d4, 8)
      let b14 = rotate(a20 ^ d0, 18)
      let b15 = rotate(a4 ^ d4, 27)
      let b16 = rotate(a5 ^ d0, 36)
      let b17 = rotate(a11 ^ d1, 10)
      let b18 = rotate(a17 ^ d2, 15)
      let b19 = rotate(a23 ^ d3, 56)
      let b20 = rotate(a2 ^ d2, 62)
      let b21 = rotate(a8 ^ d3, 55)
      let b22 = rotate(a14 ^ d4, 39)
      let b23 = rotate(a15 ^ d0, 41)
      let b24 = rotate(a21 ^ d1, 2)
      // Chi, the one step that is not linear; iota breaks the symmetry of the rounds.
      a0 = b0 ^ (~b1 & b2) ^ roundConstants[round]
      a1 = b1 ^ (~b2 & b3)
      a2 = b2 ^ (~b3 & b4)
      a3 = b3 ^ (~b4 & b0)
      a4 = b4 ^ (~b0 & b1)
      a5 = b5 ^ (~b6 & b7)
      a6 = b6 ^ (~b7 & b8)
      a7 = b7 ^ (~b8 & b9)
      a8 = b8 ^ (~b9 & b5)
      a9 = b9 ^ (~b5 & b6)
      a10 = b10 ^ (~b11 & b12)
      a11 = b11 ^ (~b12 & b13)
      a12 = b12 ^ (~b13 & b14)
      a13 = b13 ^ (~b14 & b10)
      a14 = b14 ^ (~b10 & b11)
      a15 = b15 ^ (~b16 & b17)
      a16 = b16 ^ (~b17 & b18)
      a17 = b17 ^ (~b18 & b19)
      a18 = b18 ^ (~b19 & b15)
      a19 = b19 ^ (~b15 & b16)
      a20 = b20 ^ (~b21 & b22)
      a21 = b21 ^ (~b22 & b23)
      a22 = b22 ^ (~b23 & b24)
      a23 = b23 ^ (~b24 & b20)
      a24 = b24 ^ (~b20 & b21)
    }
    state[0] = a0
    state[1] = a1
    state[2] = a2
    state[3] = a3
    state[4] = a4
    state[5] = a5
    state[6] = a6
    state[7] = a7
    state[8] = a8
    state[9] = a9
    state[10] = a10
    state[11] = a11
    state[12] = a12
    state[13] = a13
    state[14] = a14
    state[15] = a15
    state[16] = a16
    state[17] = a17
    state[18] = a18
    state[19] = a19
    state[20] = a20
    state[21] = a21
    state[22] = a22
    state[23] = a23
    state[24] = a24
  }
}

@inline(__always)
private func rotate(_ lane: UInt64, _ count: UInt64) -> UInt64 {
  lane &<< count | lane &>> (64 &- count)
}

private let roundConstants: InlineArray<24, UInt64> = [
  0x0000000000000001, 0x0000000000008082, 0x800000000000808a, 0x8000000080008000,
  0x000000000000808b, 0x0000000080000001, 0x8000000080008081, 0x8000000000008009,
  0x000000000000008a, 0x0000000000000088, 0x0000000080008009, 0x000000008000000a,
  0x000000008000808b, 0x800000000000008b, 0x8000000000008089, 0x8000000000008003,
  0x8000000000008002, 0x8000000000000080, 0x000000000000800a, 0x800000008000000a,
  0x8000000080008081, 0x8000000000008080, 0x0000000080000001, 0x8000000080008008,
]
