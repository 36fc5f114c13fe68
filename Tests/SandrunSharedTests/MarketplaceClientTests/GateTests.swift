import Records
import Synchronization
import Testing

@testable import MarketplaceClient

/// One who lets one in at a time.
@Suite("A gate") struct GateTests {
  @Test("lets one in at a time, and all in the end") func one() async throws {
    let gate = Gate()
    let inside = Inside()
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<50 {
        group.addTask {
          try await gate.enter()
          defer { gate.leave() }
          inside.enter()
          await Task.yield()
          inside.leave()
        }
      }
      try await group.waitForAll()
    }
    #expect(inside.counts.withLock { $0 } == [0, 1, 50])
  }

  @Test("is left by who is cancelled before, and open to the next") func cancelled() async throws {
    let gate = Gate()
    try await gate.enter()
    let waiter = Task { () -> Bool in
      do { try await gate.enter() } catch { return false }
      return true
    }
    waiter.cancel()
    #expect(await waiter.value == false)
    gate.leave()
    try await gate.enter()
    gate.leave()
  }
}

/// Who is inside: now, at most, in all.
private final class Inside: Sendable {
  let counts = Mutex([0, 0, 0])

  func enter() {
    counts.withLock { counts in
      counts[0] += 1
      counts[1] = max(counts[1], counts[0])
      counts[2] += 1
    }
  }

  func leave() { counts.withLock { $0[0] -= 1 } }
}
