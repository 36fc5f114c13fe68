/// MurmurHash3 in its variant x64 of 128 bits, of which the first 64 are kept: where a name lies in a sharded directory.
///
/// It spreads names evenly; against people it guards nothing.
public enum Murmur3 {
  /// The first 64 bits of the hash, with seed 0; the multihash `murmur3-x64-64` writes them big-endian.
  public static func hash64(_ bytes: [UInt8]) -> UInt64 {
    var (one, two): (UInt64, UInt64) = (0, 0)
    var offset = 0
    while offset + 16 <= bytes.count {
      one ^= mixedFirst(word(bytes, offset, 8))
      one = (rotated(one, 27) &+ two) &* 5 &+ 0x52dc_e729
      two ^= mixedSecond(word(bytes, offset + 8, 8))
      two = (rotated(two, 31) &+ one) &* 5 &+ 0x3849_5ab5
      offset += 16
    }
    let rest = bytes.count - offset
    if rest > 8 { two ^= mixedSecond(word(bytes, offset + 8, rest - 8)) }
    if rest > 0 { one ^= mixedFirst(word(bytes, offset, min(8, rest))) }
    one ^= UInt64(bytes.count)
    two ^= UInt64(bytes.count)
    one &+= two
    two &+= one
    return finished(one) &+ finished(two)
  }

  /// Up to eight bytes from an offset on, the first one lowest.
  private static func word(_ bytes: [UInt8], _ offset: Int, _ count: Int) -> UInt64 {
    var word: UInt64 = 0
    for index in 0..<count { word |= UInt64(bytes[offset + index]) << UInt64(8 * index) }
    return word
  }

  private static let firstFactor: UInt64 = 0x87c3_7b91_1142_53d5
  private static let secondFactor: UInt64 = 0x4cf5_ad43_2745_937f

  private static func mixedFirst(_ word: UInt64) -> UInt64 {
    rotated(word &* firstFactor, 31) &* secondFactor
  }

  private static func mixedSecond(_ word: UInt64) -> UInt64 {
    rotated(word &* secondFactor, 33) &* firstFactor
  }

  private static func rotated(_ word: UInt64, _ count: UInt64) -> UInt64 {
    word &<< count | word &>> (64 &- count)
  }

  private static func finished(_ word: UInt64) -> UInt64 {
    var word = word
    word ^= word &>> 33
    word &*= 0xff51_afd7_ed55_8ccd
    word ^= word &>> 33
    word &*= 0xc4ce_b9fe_1a85_ec53
    return word ^ word &>> 33
  }
}
