internal import Glibc

/// The memory that scrypt mixes a block through: ROMix of RFC 7914, section 5.
@safe
struct ScryptMemory: ~Copyable {
  private let n: Int
  private let r: Int
  /// Words of 32 bits in a block.
  private let width: Int
  /// n blocks, then the block in work, then the one it becomes.
  private let words: UnsafeMutablePointer<UInt32>
  private var count: Int { (n + 2) * width }

  /// Takes 128·r·(n + 2) bytes; nil where there are not so many.
  init?(n: Int, r: Int) {
    let width = 32 * r
    guard let memory = unsafe malloc((n + 2) * width * 4) else { return nil }
    self.n = n
    self.r = r
    self.width = width
    unsafe words = memory.bindMemory(to: UInt32.self, capacity: (n + 2) * width)
  }

  deinit {
    unsafe explicit_bzero(words, (n + 2) * width * 4)
    unsafe free(words)
  }

  /// Mixes 128·r bytes in place.
  func mix(_ block: UnsafeMutablePointer<UInt8>) {
    let x = unsafe words + n * width
    let y = unsafe x + width
    for index in 0..<width { unsafe x[index] = load(block + 4 * index) }
    for index in 0..<n {
      unsafe memcpy(words + index * width, x, width * 4)
      unsafe mixBlock(x, y)
    }
    for _ in 0..<n {
      // n is a power of two of at most 2³², so the low word of the last 64 bytes decides.
      let earlier = unsafe words + Int(x[width - 16] & UInt32(truncatingIfNeeded: n - 1)) * width
      for index in 0..<width { unsafe x[index] ^= earlier[index] }
      unsafe mixBlock(x, y)
    }
    for index in 0..<width { unsafe store(x[index], block + 4 * index) }
  }

  /// scryptBlockMix: even blocks of 64 bytes go to the first half, odd ones to the second.
  private func mixBlock(_ x: UnsafeMutablePointer<UInt32>, _ y: UnsafeMutablePointer<UInt32>) {
    var last = unsafe x + (2 * r - 1) * 16
    for index in 0..<2 * r {
      let output = unsafe y + (index / 2 + index % 2 * r) * 16
      unsafe salsa(last, x + index * 16, output)
      unsafe last = output
    }
    unsafe memcpy(x, y, width * 4)
  }

  private func load(_ bytes: UnsafePointer<UInt8>) -> UInt32 {
    unsafe UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16 | UInt32(bytes[3])
      << 24
  }

  private func store(_ word: UInt32, _ bytes: UnsafeMutablePointer<UInt8>) {
    for index in 0..<4 {
      unsafe bytes[index] = UInt8(truncatingIfNeeded: word >> UInt32(8 * index))
    }
  }
}

/// Salsa20/8 on the sum modulo 2 of two blocks of sixteen words: four double rounds, then the input added.
private func salsa(
  _ left: UnsafePointer<UInt32>, _ right: UnsafePointer<UInt32>,
  _ output: UnsafeMutablePointer<UInt32>
) {
  unsafe output[0] = left[0] ^ right[0]
  unsafe output[1] = left[1] ^ right[1]
  unsafe output[2] = left[2] ^ right[2]
  unsafe output[3] = left[3] ^ right[3]
  unsafe output[4] = left[4] ^ right[4]
  unsafe output[5] = left[5] ^ right[5]
  unsafe output[6] = left[6] ^ right[6]
  unsafe output[7] = left[7] ^ right[7]
  unsafe output[8] = left[8] ^ right[8]
  unsafe output[9] = left[9] ^ right[9]
  unsafe output[10] = left[10] ^ right[10]
  unsafe output[11] = left[11] ^ right[11]
  unsafe output[12] = left[12] ^ right[12]
  unsafe output[13] = left[13] ^ right[13]
  unsafe output[14] = left[14] ^ right[14]
  unsafe output[15] = left[15] ^ right[15]
  var (a, b, c, d) = unsafe (output[0], output[1], output[2], output[3])
  var (e, f, g, h) = unsafe (output[4], output[5], output[6], output[7])
  var (i, j, k, l) = unsafe (output[8], output[9], output[10], output[11])
  var (m, n, o, p) = unsafe (output[12], output[13], output[14], output[15])
  for _ in 0..<4 {
    quarter(&a, &e, &i, &m)
    quarter(&f, &j, &n, &b)
    quarter(&k, &o, &c, &g)
    quarter(&p, &d, &h, &l)
    quarter(&a, &b, &c, &d)
    quarter(&f, &g, &h, &e)
    quarter(&k, &l, &i, &j)
    quarter(&p, &m, &n, &o)
  }
  unsafe add(a, b, c, d, to: output)
  unsafe add(e, f, g, h, to: output + 4)
  unsafe add(i, j, k, l, to: output + 8)
  unsafe add(m, n, o, p, to: output + 12)
}

@inline(__always)
private func add(
  _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32, to words: UnsafeMutablePointer<UInt32>
) {
  unsafe words[0] &+= a
  unsafe words[1] &+= b
  unsafe words[2] &+= c
  unsafe words[3] &+= d
}

@inline(__always)
private func quarter(_ a: inout UInt32, _ b: inout UInt32, _ c: inout UInt32, _ d: inout UInt32) {
  var sum = a &+ d
  b ^= sum &<< 7 | sum &>> 25
  sum = b &+ a
  c ^= sum &<< 9 | sum &>> 23
  sum = c &+ b
  d ^= sum &<< 13 | sum &>> 19
  sum = d &+ c
  a ^= sum &<< 18 | sum &>> 14
}
