import Files
import Records
import SystemPackage
import TestSupport
import Testing

/// What the fuzzer once found worth keeping still holds.
@Suite struct CorpusTests {
  @Test func jsonCorpus() throws {
    let folder = Vectors.checkout.appending("Tests/Fuzz/corpus/json")
    var count = 0
    for name in try Files.list(folder) {
      checkJSONProperties(try Vectors.bytes(of: folder.appending(name)))
      count += 1
    }
    #expect(count > 500, "the corpus is not all there")
  }
}
