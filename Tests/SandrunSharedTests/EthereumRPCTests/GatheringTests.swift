import EthereumRPC
import Records
import Synchronization
import Testing

@Suite("Questions asked together") struct GatheringTests {
  /// Doubles even numbers, refuses odd ones, and keeps how many it was asked at once.
  private final class Doubling: Sendable {
    let sizes = Mutex<[Int]>([])

    func load(_ keys: [Int]) async -> [Result<Int, Failure>] {
      sizes.withLock { $0.append(keys.count) }
      // Long enough for others to come while this is under way.
      try? await Task.sleep(for: .milliseconds(20))
      return keys.map { $0.isMultiple(of: 2) ? .success($0 * 2) : .failure(Failure(.data, "odd")) }
    }
  }

  @Test("each gets its own answer, in few batches of bounded size") func together() async {
    let doubling = Doubling()
    let gathering = Gathering<Int, Int>(limit: 64, breadth: 500, load: doubling.load)
    let answers = await withTaskGroup(of: (Int, Int?).self) { group in
      for key in 0..<500 {
        group.addTask {
          do throws(Failure) { return (key, try await gathering.value(for: key)) } catch {
            return (key, nil)
          }
        }
      }
      var answers: [Int: Int?] = [:]
      for await (key, value) in group { answers[key] = value }
      return answers
    }
    #expect(answers.count == 500)
    #expect(answers.allSatisfy { $0.value == ($0.key.isMultiple(of: 2) ? $0.key * 2 : nil) })
    let sizes = doubling.sizes.withLock { $0 }
    #expect(sizes.reduce(0, +) == 500)
    #expect(sizes.allSatisfy { (1...64).contains($0) }, "\(sizes)")
    #expect(sizes.count < 100, "\(sizes)")
  }

  @Test("one after another, each is a batch of one") func alone() async throws {
    let doubling = Doubling()
    let gathering = Gathering<Int, Int>(breadth: 1, load: doubling.load)
    for key in [2, 4, 6] { #expect(try await gathering.value(for: key) == key * 2) }
    #expect(doubling.sizes.withLock { $0 } == [1, 1, 1])
  }
}
