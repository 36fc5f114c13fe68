import Hashing
import Testing

/// The hash that says where a name lies in a sharded directory.
@Suite struct Murmur3Tests {
  /// From the tests of spaolacci/murmur3, the package that Kubo uses.
  @Test(
    arguments: [
      ("", 0), ("hello", 0xcbd8_a7b3_41bd_9b02), ("hello, world", 0x342f_ac62_3a5e_bc8e),
      ("19 Jan 2038 at 3:14:07 AM", 0xb89e_5988_b737_affc),
      ("The quick brown fox jumps over the lazy dog.", 0xcd99_481f_9ee9_02c9),
    ] as [(String, UInt64)])
  func publishedValues(text: String, hash: UInt64) {
    #expect(Murmur3.hash64(Array(text.utf8)) == hash)
  }
}
