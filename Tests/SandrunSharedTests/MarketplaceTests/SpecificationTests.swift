import Hashing
import IPFS
import Marketplace
import Records
import SystemPackage
import TestSupport
import Testing

/// The canonical specification and the result hash against rows computed by other hands.
@Suite struct SpecificationTests {
  @Test func vectors() throws {
    var counts: [String: Int] = [:]
    for line in try Vectors.lines(of: Vectors.own.appending("specification.jsonl")) {
      let row = try JSON(parsing: line)
      let name = try #require(row["name"]?.string)
      let kind = (row["kind"]?.string ?? "") + (row["expect"]?.string ?? "")
      counts[kind, default: 0] += 1
      switch kind {
      case "resultHash": try checkHash(row, name)
      case "canonicalaccept":
        let specification = try Specification(of: #require(row["job"]?.object))
        #expect(
          String(decoding: specification.bytes, as: UTF8.self) == row["canonical"]?.string,
          "\(name)")
        #expect(CID(specification.digest, codec: .raw).description == row["cid"]?.string, "\(name)")
      default:
        let job = try JSON(parsing: Array(#require(row["text"]?.string).utf8))
        #expect(throws: CanonicalError.self, "\(name)") {
          try Specification(of: #require(job.object))
        }
      }
    }
    #expect(counts == ["resultHash": 16, "canonicalaccept": 4, "canonicalreject": 7])
  }

  private func checkHash(_ row: JSON, _ name: String) throws {
    func digest(_ member: String) throws -> Digest32 {
      try Digest32(hex: #require(row[member]?.string))
    }
    let hash = try ResultHash.of(
      specification: digest("specification"), code: digest("code"), outputs: digest("outputs"),
      exitStatus: UInt8(#require(row["exitStatus"]?.integer)))
    #expect(try hash == digest("hash"), "\(name)")
  }
}
