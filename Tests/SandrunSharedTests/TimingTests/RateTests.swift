import Testing
import Timing

/// Rates are read strictly, and tokens come back at their rate.
@Suite struct RateTests {
  @Test(arguments: [
    ("5/s", 5.0, 5), ("0.5/s", 0.5, 1), ("10/s:50", 10, 50), ("1000/s:1", 1000, 1),
    (".5/s:2", 0.5, 2),
  ])
  func rates(text: String, perSecond: Double, burst: Int) throws {
    let rate = try Rate(text)
    #expect(rate.perSecond == perSecond && rate.burst == burst)
    #expect(try Rate(rate.description) == rate)
  }

  @Test(arguments: [
    "", "5", "/s", "0/s", "-1/s", "5/m", "5/s:", "5/s:0", "5/s:-1", "5/s:x", "5/s:1:2", "inf/s",
    "nan/s", "1e3/s", "0x5/s", " 5/s", "1.2.3/s", "99999999/s", "5/s:99999999",
    "5/s:99999999999999999999",
  ])
  func otherTexts(text: String) {
    #expect(throws: RateError.self) { try Rate(text) }
  }

  @Test(arguments: [-1e300, 1e300, 0, -0.0, .nan, .infinity, -.infinity, 1e-300])
  func otherNumbers(perSecond: Double) {
    #expect(throws: RateError.self) { try Rate(perSecond: perSecond) }
    #expect(throws: RateError.self) { try Rate(perSecond: perSecond, burst: 1) }
  }

  @Test func aBurstThenOneAtATime() throws {
    var bucket = TokenBucket(try Rate("2/s:3"), at: .zero)
    #expect(
      (0..<5).map { _ in bucket.take(at: .zero) } == [
        .zero, .zero, .zero, .seconds(0.5), .seconds(1),
      ])
    // Two were borrowed: after two seconds two are there.
    #expect(bucket.take(at: .seconds(2)) == .zero)
    #expect(bucket.take(at: .seconds(2)) == .zero)
    #expect(bucket.take(at: .seconds(2)) == .seconds(0.5))
    // No more gather than the burst, and a clock that stands still or goes back changes nothing.
    #expect((0..<4).map { _ in bucket.take(at: .seconds(1000)) }.last == .seconds(0.5))
    #expect(bucket.take(at: .seconds(999)) == .seconds(1))
  }

  @Test func whatIsGivenBackIsThere() throws {
    var bucket = TokenBucket(try Rate("1/s:1"), at: .zero)
    #expect(bucket.take(at: .zero) == .zero)
    #expect(bucket.isFull(at: .zero) == false)
    bucket.giveBack()
    #expect(bucket.take(at: .zero) == .zero)
    bucket.giveBack()
    bucket.giveBack()
    #expect(bucket.isFull(at: .zero) == true)
  }

  @Test func namesHaveTheirOwn() async throws {
    let limiter = RateLimiter(try Rate("0.001/s:1"))
    // None of these waits: it would be a quarter of an hour.
    for number in 0..<2000 { try await limiter.wait(for: "host\(number)") }
    let task = Task { try await limiter.wait(for: "host1") }
    task.cancel()
    await #expect(throws: CancellationError.self) { try await task.value }
  }
}
