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
      for word in 0..<16 { unsafe output[word] = unsafe last[word] ^ x[index * 16 + word] }
      unsafe salsa(output)
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

/// Salsa20/8 on sixteen words in place: four double rounds, then the input added.
private func salsa(_ words: UnsafeMutablePointer<UInt32>) {
  var (a, b, c, d) = unsafe (words[0], words[1], words[2], words[3])
  var (e, f, g, h) = unsafe (words[4], words[5], words[6], words[7])
  var (i, j, k, l) = unsafe (words[8], words[9], words[10], words[11])
  var (m, n, o, p) = unsafe (words[12], words[13], words[14], words[15])
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
  unsafe add(a, b, c, d, to: words)
  unsafe add(e, f, g, h, to: words + 4)
  unsafe add(i, j, k, l, to: words + 8)
  unsafe add(m, n, o, p, to: words + 12)
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
