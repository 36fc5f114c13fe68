import Testing
import WideInteger

/// What must hold for any values, and what Swift's own small integers say.
@Suite struct WideIntegerIdentityTests {
  /// Numbers of every length, with long runs of equal bits among them.
  struct Numbers: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }

    mutating func value() -> UInt256 {
      let high = UInt128.random(in: 0...UInt128.max, using: &self)
      let low = UInt128.random(in: 0...UInt128.max, using: &self)
      let random = UInt256(high: high, low: low) >> Int.random(in: 0..<256, using: &self)
      guard Bool.random(using: &self) else { return random }
      return random | (UInt256.max >> Int.random(in: 0..<256, using: &self))
    }
  }

  @Test func divisionUndoesMultiplication() {
    var numbers = Numbers(state: 1)
    for _ in 0..<5000 {
      let (dividend, divisor) = (numbers.value(), numbers.value() | 1)
      let (quotient, remainder) = dividend.quotientAndRemainder(dividingBy: divisor)
      #expect(remainder < divisor)
      #expect(quotient * divisor + remainder == dividend)
    }
  }

  @Test func ringIdentities() {
    var numbers = Numbers(state: 2)
    for _ in 0..<2000 {
      let (a, b, c) = (numbers.value(), numbers.value(), numbers.value())
      #expect(a &+ b &- b == a)
      #expect(a &* b == b &* a)
      #expect(a &* (b &+ c) == a &* b &+ a &* c)
      #expect((a &* b) &* c == a &* (b &* c))
      #expect(~a &+ 1 == .min &- a)
      #expect(a ^ b ^ b == a)
      #expect((a & b) &+ (a | b) == a &+ b)
    }
  }

  @Test func textAndBytesComeBack() throws {
    var numbers = Numbers(state: 3)
    for _ in 0..<1000 {
      let value = numbers.value()
      let signed = Int256(bitPattern: value)
      #expect(try UInt256(decimal: value.description) == value)
      #expect(try UInt256(hex: value.hex) == value)
      #expect(try UInt256(bytes: value.bytes) == value)
      #expect(try Int256(decimal: signed.description) == signed)
    }
  }

  @Test func smallValuesAgreeWithSwiftsOwn() {
    var numbers = Numbers(state: 4)
    for _ in 0..<2000 {
      let a = Int64(truncatingIfNeeded: numbers.next()) >> Int64(numbers.next() % 64)
      let b = Int64(truncatingIfNeeded: numbers.next()) >> Int64(numbers.next() % 64)
      let product = Int128(a) * Int128(b)
      #expect(Int128(exactly: Int256(a) * Int256(b)) == product)
      #expect(Int128(exactly: Int256(a) - Int256(b)) == Int128(a) - Int128(b))
      #expect((Int256(a) < Int256(b)) == (a < b))
      #expect(Int256(a).description == a.description)
      if b != 0 {
        #expect(Int128(exactly: Int256(a) / Int256(b)) == Int128(a) / Int128(b))
        #expect(Int128(exactly: Int256(a) % Int256(b)) == Int128(a) % Int128(b))
      }
    }
  }

  @Test func conversionsKnowTheirRange() {
    #expect(UInt256(exactly: -1) == nil)
    #expect(UInt256(exactly: Int128.min) == nil)
    #expect(UInt256(exactly: UInt128.max) == UInt256(low: .max))
    #expect(UInt64(exactly: UInt256(low: 1 << 64)) == nil)
    #expect(UInt128(exactly: UInt256(high: 1, low: 0)) == nil)
    #expect(UInt64(exactly: UInt256(UInt64.max)) == .max)
    #expect(Int8(exactly: Int256(-128)) == -128)
    #expect(Int8(exactly: Int256(-129)) == nil)
    #expect(Int128(exactly: Int256(Int128.min)) == .min)
    #expect(Int128(exactly: Int256(Int128.min) - 1) == nil)
    #expect(UInt128(exactly: Int256(bitPattern: UInt256(low: .max))) == .max)
    #expect(UInt128(exactly: Int256(-1)) == nil)
    #expect(Int256(exactly: UInt256.max) == nil)
    #expect(Int256(exactly: UInt256.max >> 1) == .max)
    #expect(UInt256(exactly: Int256.min) == nil)
    #expect(UInt256(bitPattern: -1) == .max)
    #expect(Int256.min.magnitude == 1 << 255)
  }

  @Test func literals() throws {
    let unsigned: UInt256 =
      115_792_089_237_316_195_423_570_985_008_687_907_853_269_984_665_640_564_039_457_584_007_913_129_639_935
    let signed: Int256 =
      -57_896_044_618_658_097_711_785_492_504_343_953_926_634_992_332_820_282_019_728_792_003_956_564_819_968
    #expect(unsigned == .max)
    #expect(signed == .min)
    #expect([UInt256](arrayLiteral: 1, 2, 3).reduce(0, +) == 6)
  }

  @Test func wrongLengths() {
    for count in [0, 31, 33] {
      #expect(throws: WideIntegerError.badLength(count)) {
        try UInt256(bytes: [UInt8](repeating: 1, count: count))
      }
    }
    #expect(throws: WideIntegerError.badLength(33)) {
      try UInt256(minimalBytes: [UInt8](repeating: 0, count: 33))
    }
  }
}
