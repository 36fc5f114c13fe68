import Hashing
import IPFS
import Synchronization
import TestSupport
import Testing

/// What a walk holds, and what it does where a DAG is made to exhaust it.
@Suite struct DAGWalkTests {
  private let store = MemoryStore()

  private func node(_ links: [CID]) -> CID {
    let node = DAGNode(
      links: links.map { DAGNode.Link($0, name: [], cumulativeSize: 1) }, data: nil)
    return store.keep(node.bytes, codec: .dagPB)
  }

  private func leaf(_ text: String) -> CID { store.keep(Array(text.utf8), codec: .raw) }

  /// Counts how often a block is read.
  private final class Counter: BlockSource {
    let source: MemoryStore
    let reads = Mutex(0)
    init(_ source: MemoryStore) { self.source = source }
    func block(_ cid: CID) throws(RepositoryError) -> [UInt8] {
      reads.withLock { $0 += 1 }
      return try source.block(cid)
    }
    func length(of cid: CID) throws(RepositoryError) -> Int { try source.block(cid).count }
  }

  /// A chain of nodes, the way down in the middle of each, and leaves of its own on both sides: as many links as are held are a few
  /// nodes' worth, and the order is that of a walk which holds them all.
  @Test func wideAndDeep() throws {
    var expected: [CID] = []
    var after: [CID] = []
    var root = leaf("bottom")
    var inside = [root]
    let many = leaf("many")
    for depth in 0..<6 {
      let (before, behind) = (leaf("before \(depth)"), leaf("behind \(depth)"))
      let filler = [CID](repeating: many, count: 40_000)
      root = node([before] + filler + [root] + filler + [behind])
      inside = [root, before] + inside + [behind]
    }
    expected = inside.filter { $0 != many }
    after = [expected[0], expected[1], many] + expected.dropFirst(2)
    let counter = Counter(store)
    var walk = DAGWalk([root], in: counter)
    var order: [CID] = []
    while let step = try walk.next() { order.append(step.cid) }
    #expect(order == after)
    // Each node once on the way down, and most of them once more on the way back.
    let reads = counter.reads.withLock { $0 }
    #expect(reads > 6 && reads <= 12)
  }

  @Test func linksAreBoundedAlsoWhereTheyAreFew() throws {
    var root = leaf("leaf")
    for _ in 0..<3 { root = node([CID](repeating: root, count: 100)) }
    var walk = DAGWalk([root], in: store, linkLimit: 300)
    var count = 0
    while try walk.next() != nil { count += 1 }
    #expect(count == 4)
    var short = DAGWalk([root], in: store, linkLimit: 299)
    #expect(throws: ReadError.overLimit(.entries(299))) { while try short.next() != nil {} }
  }

  @Test func aChainIsNoPathHoweverLongItIs() throws {
    var root = leaf("end")
    for _ in 0..<2 * DAGWalk.maximumDepth { root = node([root]) }
    var walk = DAGWalk([root], in: store)
    var count = 0
    while try walk.next() != nil { count += 1 }
    #expect(count == 2 * DAGWalk.maximumDepth + 1)
  }

  @Test func depthIsBounded() throws {
    let last = leaf("last")
    var root = node([last, last])
    for _ in 1..<DAGWalk.maximumDepth { root = node([root, last]) }
    var walk = DAGWalk([root], in: store)
    var count = 0
    while try walk.next() != nil { count += 1 }
    #expect(count == DAGWalk.maximumDepth + 1)
    var deeper = DAGWalk([node([root, last])], in: store)
    #expect(throws: ReadError.overLimit(.depth(DAGWalk.maximumDepth))) {
      while try deeper.next() != nil {}
    }
  }

  @Test func whatIsForgottenBetweenRootsIsVisitedAgain() throws {
    let shared = node([leaf("a"), leaf("b")])
    let roots = [node([shared, leaf("c")]), node([shared, leaf("d")]), shared]
    func count(_ memory: Int) throws -> Int {
      var walk = DAGWalk(roots, in: store, memory: memory)
      var count = 0
      while try walk.next() != nil { count += 1 }
      return count
    }
    #expect(try count(.max) == 7)
    #expect(try count(8) == 7)
    #expect(try count(7) == 7 + 3)
    #expect(try count(1) == 5 + 5 + 3)
  }

  @Test func aWalkGoesOnBehindWhatIsMissing() throws {
    let gone = CID(hashing: [1], codec: .dagPB)
    var walk = DAGWalk([node([leaf("a"), gone, leaf("b")])], in: store)
    var found = 0
    var missing: [ReadError] = []
    while true {
      do throws(ReadError) {
        guard try walk.next() != nil else { break }
        found += 1
      } catch { missing.append(error) }
    }
    #expect(found == 3 && missing == [.repository(.notFound(gone))])
  }
}
