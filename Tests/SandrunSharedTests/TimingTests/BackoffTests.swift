import Testing
import Timing

@Suite struct BackoffTests {
  @Test func waitsLieUnderABoundThatDoublesUpToTheLimit() {
    var backoff = Backoff(base: .milliseconds(100), limit: .seconds(1))
    for bound in [100, 200, 400, 800, 1000, 1000, 1000] {
      let wait = backoff.next()
      #expect(wait >= .zero && wait <= .milliseconds(bound))
    }
    #expect(backoff.count == 7)
    backoff.reset()
    #expect(backoff.next() <= .milliseconds(100))
  }

  @Test func neverOverflowsHoweverManyTries() {
    var backoff = Backoff(base: .seconds(5), limit: .seconds(60))
    for _ in 0..<200 { #expect(backoff.next() <= .seconds(60)) }
  }

  @Test func waitsDifferFromClientToClient() {
    var waits: Set<Duration> = []
    for _ in 0..<20 {
      var backoff = Backoff()
      waits.insert(backoff.next())
    }
    #expect(waits.count > 1)
  }
}
