import Computing
import Testing

@testable import GPUBenchmarks

/// The factors and the product that cuBLASLt is held to.
@Suite struct ProductPatternTests {
  /// By IEEE 754 and the OCP's specification of E4M3.
  @Test func smallIntegersAreWhatTheFormatsSay() {
    let half: [UInt16] = [0xC400, 0xC200, 0xC000, 0xBC00, 0, 0x3C00, 0x4000, 0x4200]
    let brain: [UInt16] = [0xC080, 0xC040, 0xC000, 0xBF80, 0, 0x3F80, 0x4000, 0x4040]
    let quarter: [UInt8] = [0xC8, 0xC4, 0xC0, 0xB8, 0, 0x38, 0x40, 0x44]
    for (index, value) in (-4...3).enumerated() {
      #expect(ProductPattern.code(value, as: .fp8) == [quarter[index]])
      #expect(ProductPattern.code(value, as: .int8) == [UInt8(truncatingIfNeeded: value)])
      for (kind, word) in [(NumberKind.fp16, half[index]), (.bf16, brain[index])] {
        let bytes = [UInt8(word & 255), UInt8(word >> 8)]
        #expect(ProductPattern.code(value, as: kind) == bytes)
        #expect(ProductPattern.numbers(bytes, productOf: kind) == [Double(value)])
      }
    }
  }

  @Test func numbersThatAreNoneAreWithinNoBound() {
    for bytes in [[0, 0x7C], [1, 0xFC]] as [[UInt8]] {
      #expect(ProductPattern.numbers(bytes, productOf: .fp16)[0].isNaN)
    }
    #expect(ProductPattern.numbers([0xFF, 0x7B], productOf: .fp16) == [65504])
    #expect(ProductPattern.numbers([1, 0x80], productOf: .fp16)[0] < 0)
  }

  /// Each sum by another way: the whole of both factors, as they lie in memory.
  @Test func sumsAreThoseOfTheFactors() {
    let pattern = ProductPattern(side: 80)
    let (left, right) = (
      pattern.bytes(.left, as: .int8).map { Int(Int8(bitPattern: $0)) },
      pattern.bytes(.right, as: .int8).map { Int(Int8(bitPattern: $0)) }
    )
    #expect(left.count == 61 * 80 && Set(left) == Set(-4...3) && left != right)
    for (row, column) in [(0, 0), (3, 79), (79, 61), (60, 60), (61, 0)] {
      let sum = (0..<80).reduce(0) {
        $0 + left[row % 61 * 80 + $1] * right[column % 61 * 80 + $1]
      }
      #expect(pattern.sum(row: row, column: column) == sum)
    }
    #expect(Set((0..<61).map { pattern.sum(row: $0, column: 7) }).count > 30)
  }
}
