internal import Computing

/// Two square factors of small integers, and what their product must be.
///
/// Rows of the left one and columns of the right one come again after 61 of them: no tile that a library cuts has a side of which 61 is
/// a part, so that a tile in a wrong place is seen. Integers of so few bits are exact in every kind of number.
struct ProductPattern {
  private static let period = 61
  /// Large and odd, and nothing to do with each other: the two factors are not alike.
  private static let steps: (left: UInt32, right: UInt32) = (2_654_435_761, 2_246_822_519)

  let side: Int
  private let sums: [Int]

  init(side: Int) {
    self.side = side
    let (left, right) = (
      Self.entries(side, Self.steps.left), Self.entries(side, Self.steps.right)
    )
    var sums: [Int] = []
    sums.reserveCapacity(Self.period * Self.period)
    for row in 0..<Self.period {
      for column in 0..<Self.period {
        var sum = 0
        for place in 0..<side {
          sum += left[row * side + place] * right[column * side + place]
        }
        sums.append(sum)
      }
    }
    self.sums = sums
  }

  /// From -4 to 3, a row of the left or a column of the right after another.
  private static func entries(_ side: Int, _ step: UInt32) -> [Int] {
    (0..<period * side).map {
      Int((UInt32(truncatingIfNeeded: $0) &* step) >> 29) - 4
    }
  }

  /// What one cell must be.
  func sum(row: Int, column: Int) -> Int {
    sums[row % Self.period * Self.period + column % Self.period]
  }

  enum Factor { case left, right }

  /// One period of a factor, as it lies in memory.
  func bytes(_ factor: Factor, as number: NumberKind) -> [UInt8] {
    let codes = (-4...3).map { Self.code($0, as: number) }
    return Self.entries(side, factor == .left ? Self.steps.left : Self.steps.right)
      .flatMap { codes[$0 + 4] }
  }

  /// A small integer in a kind of number, the lowest byte first.
  static func code(_ value: Int, as number: NumberKind) -> [UInt8] {
    let float = Float(value).bitPattern
    func bytes(_ word: UInt32, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) }
    }
    switch number {
    case .int8: return [UInt8(bitPattern: Int8(value))]
    case .bf16: return bytes(float >> 16, 2)
    case .fp16:
      // A bias of 15 in place of 127, and 10 bits in place of 23.
      let sign = (float >> 31) << 15
      return bytes(value == 0 ? 0 : sign | (((float & 0x7FFF_FFFF) >> 13) - (112 << 10)), 2)
    case .fp8:
      // A bias of 7, and 3 bits.
      let sign = (float >> 31) << 7
      return bytes(value == 0 ? 0 : sign | (((float & 0x7FFF_FFFF) >> 20) - (120 << 3)), 1)
    case .tf32, .fp32, .fp64: return bytes(float, 4)
    }
  }

  /// The numbers of a product's column, as they lie in memory.
  static func numbers(_ bytes: [UInt8], productOf number: NumberKind) -> [Double] {
    switch number {
    case .int8:
      (0..<bytes.count / 4).map { Double(Int32(bitPattern: Words.uint32(bytes, at: 4 * $0))) }
    case .tf32, .fp32, .fp64:
      (0..<bytes.count / 4).map { Double(Float(bitPattern: Words.uint32(bytes, at: 4 * $0))) }
    case .bf16, .fp8:
      (0..<bytes.count / 2).map {
        Double(
          Float(bitPattern: UInt32(bytes[2 * $0]) << 16 | UInt32(bytes[2 * $0 + 1]) << 24))
      }
    case .fp16:
      (0..<bytes.count / 2).map { place in
        let bits = UInt16(bytes[2 * place]) | UInt16(bytes[2 * place + 1]) << 8
        return Self.half(bits)
      }
    }
  }

  private static func half(_ bits: UInt16) -> Double {
    let (exponent, mantissa) = (Int(bits >> 10 & 31), Double(bits & 1023))
    let size: Double =
      switch exponent {
      case 0: mantissa / 1024 / 16384
      case 31: .nan
      default:
        (1 + mantissa / 1024)
          * Double(sign: .plus, exponent: exponent - 15, significand: 1)
      }
    return bits >> 15 == 1 ? -size : size
  }

  /// How far a number may be from the sum.
  ///
  /// Not at all where the product keeps all of it, and one unit of the last place where it is rounded. Hopper's units keep 14 bits of a
  /// sum of fp8.
  static func tolerance(_ sum: Int, productOf number: NumberKind) -> Double {
    switch number {
    case .int8, .tf32, .fp32, .fp64: 0
    case .bf16: abs(Double(sum)) / 128
    case .fp16: abs(Double(sum)) / 1024
    case .fp8: abs(Double(sum)) / 32 + 16
    }
  }
}
