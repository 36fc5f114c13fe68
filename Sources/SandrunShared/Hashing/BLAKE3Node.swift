/// What one compression of BLAKE3 takes in: a chaining value, sixteen words of message, and what they are.
struct BLAKE3Node {
  static let blockLength = 64
  static let chunkStart: UInt32 = 1
  static let chunkEnd: UInt32 = 2
  static let parent: UInt32 = 4
  static let root: UInt32 = 8

  /// The first words of the square roots of the first eight primes, as in SHA-256.
  static let initial: InlineArray<8, UInt32> = [
    0x6a09_e667, 0xbb67_ae85, 0x3c6e_f372, 0xa54f_f53a, 0x510e_527f, 0x9b05_688c, 0x1f83_d9ab,
    0x5be0_cd19,
  ]

  private let input: InlineArray<8, UInt32>
  private var words = InlineArray<16, UInt32>(repeating: 0)
  private let counter: UInt64
  private let length: UInt32
  private let flags: UInt32

  /// A block of a chunk; a short one is filled with zeros.
  init(_ input: InlineArray<8, UInt32>, block: RawSpan, counter: UInt64, flags: UInt32) {
    self.input = input
    self.counter = counter
    self.flags = flags
    length = UInt32(block.byteCount)
    let whole = block.byteCount / 4
    for index in 0..<whole {
      unsafe words[index] = UInt32(
        littleEndian: block.unsafeLoadUnaligned(fromByteOffset: 4 &* index, as: UInt32.self))
    }
    for offset in (4 * whole)..<block.byteCount {
      let byte = unsafe block.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
      words[whole] |= UInt32(byte) &<< UInt32(8 * (offset - 4 * whole))
    }
  }

  /// The parent of two nodes.
  init(joining left: InlineArray<8, UInt32>, _ right: InlineArray<8, UInt32>) {
    input = Self.initial
    counter = 0
    flags = Self.parent
    length = UInt32(Self.blockLength)
    for index in 0..<8 {
      words[index] = left[index]
      words[index + 8] = right[index]
    }
  }

  /// The chaining value: what the node above takes in.
  var value: InlineArray<8, UInt32> {
    let words = compress(counter: counter, flags: flags)
    return InlineArray { words[$0] }
  }

  /// So many bytes of output, this being the root.
  func output(_ count: Int) -> [UInt8] {
    var output: [UInt8] = []
    var counter: UInt64 = 0
    while output.count < count {
      let words = compress(counter: counter, flags: flags | Self.root)
      for index in 0..<16 {
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
          output.append(UInt8(truncatingIfNeeded: words[index] >> shift))
        }
      }
      counter += 1
    }
    return Array(output.prefix(count))
  }

  /// The seven rounds; state and message live in locals, so that the compiler keeps what it can in registers.
  private func compress(counter: UInt64, flags: UInt32) -> InlineArray<16, UInt32> {
    var s0 = input[0], s1 = input[1], s2 = input[2], s3 = input[3]
    var s4 = input[4], s5 = input[5], s6 = input[6], s7 = input[7]
    var s8 = Self.initial[0], s9 = Self.initial[1], s10 = Self.initial[2], s11 = Self.initial[3]
    var s12 = UInt32(truncatingIfNeeded: counter), s13 = UInt32(truncatingIfNeeded: counter >> 32)
    var s14 = length, s15 = flags
    var m = words
    for round in 0..<7 {
      if round > 0 { m = Self.permuted(m) }
      mix(&s0, &s4, &s8, &s12, m[0], m[1])
      mix(&s1, &s5, &s9, &s13, m[2], m[3])
      mix(&s2, &s6, &s10, &s14, m[4], m[5])
      mix(&s3, &s7, &s11, &s15, m[6], m[7])
      mix(&s0, &s5, &s10, &s15, m[8], m[9])
      mix(&s1, &s6, &s11, &s12, m[10], m[11])
      mix(&s2, &s7, &s8, &s13, m[12], m[13])
      mix(&s3, &s4, &s9, &s14, m[14], m[15])
    }
    return [
      s0 ^ s8, s1 ^ s9, s2 ^ s10, s3 ^ s11, s4 ^ s12, s5 ^ s13, s6 ^ s14, s7 ^ s15,
      s8 ^ input[0], s9 ^ input[1], s10 ^ input[2], s11 ^ input[3],
      s12 ^ input[4], s13 ^ input[5], s14 ^ input[6], s15 ^ input[7],
    ]
  }

  /// Where the words of the message stand in the next round.
  @inline(__always)
  private static func permuted(_ m: InlineArray<16, UInt32>) -> InlineArray<16, UInt32> {
    [
      m[2], m[6], m[3], m[10], m[7], m[0], m[4], m[13],
      m[1], m[11], m[12], m[5], m[9], m[14], m[15], m[8],
    ]
  }
}

/// The quarter round: one column or one diagonal of the state takes in two words.
@inline(__always)
private func mix(
  _ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32, _ d: inout UInt32, _ x: UInt32,
  _ y: UInt32
) {
  a = a &+ b &+ x
  d = turned(d ^ a, 16)
  c = c &+ d
  b = turned(b ^ c, 12)
  a = a &+ b &+ y
  d = turned(d ^ a, 8)
  c = c &+ d
  b = turned(b ^ c, 7)
}

@inline(__always)
private func turned(_ word: UInt32, _ count: UInt32) -> UInt32 {
  word &>> count | word &<< (32 - count)
}
