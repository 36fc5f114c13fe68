import Files
import FuzzProperties
import SystemPackage
import TestSupport
import Testing

/// What a fuzzer once found worth keeping still holds.
@Suite("Kept by the fuzzers") struct CorpusTests {
  @Test("holds", arguments: FuzzTarget.allCases) func corpus(of target: FuzzTarget) throws {
    let folder = Vectors.checkout.appending("Tests/Fuzz/corpus").appending(target.rawValue)
    var count = 0
    for name in try Files.list(folder) {
      target.check(try Vectors.bytes(of: folder.appending(name)))
      count += 1
    }
    #expect(count > 50, "the corpus is not all there")
  }
}
