/// Eight hexadecimal digits at once, in the bytes of one word, the first digit in the highest byte.
package enum HexWord {
  private static let ones: UInt64 = 0x0101_0101_0101_0101

  /// A number's digits as values below 16, one a byte.
  package static func values(of number: UInt32) -> UInt64 {
    var word = UInt64(number)
    word = (word | word &<< 16) & 0x0000_ffff_0000_ffff
    word = (word | word &<< 8) & 0x00ff_00ff_00ff_00ff
    return (word | word &<< 4) & 0x0f0f_0f0f_0f0f_0f0f
  }

  /// Values below 16 as characters; letters are upper case where a byte of `upper` is 1, 0 elsewhere.
  package static func characters(of values: UInt64, upper: UInt64 = 0) -> UInt64 {
    // Ten and more reach the top bit of their byte.
    let letters = (values &+ ones &* 0x76) &>> 7 & ones
    return values &+ ones &* 0x30 &+ letters &* 0x27 &- (letters & upper) &* 0x20
  }

  /// The number that eight characters are in either case; nil where one of them is no digit.
  package static func number(_ characters: UInt64) -> UInt32? {
    // Of digits and letters, only letters have this bit.
    let letters = characters &>> 6 & ones
    let values = characters & (ones &* 0x0f) &+ letters &* 9
    guard values & (ones &* 0xf0) == 0,
      self.characters(of: values) == characters | letters &* 0x20
    else { return nil }
    var word = (values | values &>> 4) & 0x00ff_00ff_00ff_00ff
    word = (word | word &>> 8) & 0x0000_ffff_0000_ffff
    return UInt32(truncatingIfNeeded: word | word &>> 16)
  }
}
