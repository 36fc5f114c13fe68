import GPUBenchmarks
import Testing

/// What a number of samples say together.
@Suite struct StatisticsTests {
  @Test func tellsTheMiddleAndTheSpread() throws {
    let odd = try #require(Statistics([3, 1, 2]))
    #expect((odd.count, odd.min, odd.median, odd.max) == (3, 1, 2, 3))
    #expect(odd.variation == 0.5)
    let even = try #require(Statistics([4, 1, 2, 3]))
    #expect(even.median == 2.5)
    // The sample standard deviation of 1, 2, 3, 4 is the root of 5/3.
    #expect(abs(try #require(even.variation) - 0.516_397_779_494_322_2) < 1e-12)
  }

  @Test func aSingleSampleHasNoSpread() throws {
    let one = try #require(Statistics([7]))
    #expect(one.median == 7 && one.variation == nil)
  }

  @Test(arguments: [[], [0], [-1], [.nan], [1, .infinity]] as [[Double]])
  func saysNothingOfNonsense(_ samples: [Double]) {
    #expect(Statistics(samples) == nil)
  }
}
