import Hashing
import IPFS
import Records
import SystemPackage
import TestSupport
import Testing

/// CIDs and DAG-PB blocks of the multiformats' and IPLD's own suites.
@Suite struct CIDVectorTests {
  @Test func cidRows() throws {
    var counts: [String: Int] = [:]
    for row in try rows(kind: "cid") {
      let text = try #require(row["text"]?.string)
      let expect = try #require(row["expect"]?.string)
      let cid = try? CID(parsing: text)
      counts[expect, default: 0] += 1
      switch expect {
      case "accept":
        let cid = try #require(cid, "\(text)")
        #expect(cid.version.rawValue == row["version"]?.integer)
        #expect(Hex.encode(cid.digest) == row["digest"]?.string)
        #expect(Hex.encode(cid.bytes) == row["bytes"]?.string)
        #expect(cid.byteCount == cid.bytes.count)
        #expect(try CID(bytes: cid.bytes) == cid)
        #expect(cid.v1.text(in: .base32) == row["v1_base32"]?.string)
        #expect(cid.v1.text(in: .base58btc) == row["v1_base58"]?.string)
        #expect(cid.v1.text(in: .base36) == row["v1_base36"]?.string)
        let code = try #require(row["codec_code"]?.string)
        #expect(UInt64(code.dropFirst(2), radix: 16) == cid.codec.rawValue)
        if cid.version == .v0 { #expect(cid.description == row["v0"]?.string) }
      case "reject": #expect(cid == nil, "\(text)")
      default: break
      }
    }
    let own = ["accept": 80, "reject": 20]
    let shared = ["accept": 112, "reject": 17, "either": 4]
    #expect(counts == (Vectors.shared == nil ? own : own.merging(shared, uniquingKeysWith: +)))
  }

  @Test func blockRows() throws {
    var counts: [String: Int] = [:]
    for row in try rows(kind: "block") {
      let name = try #require(row["name"]?.string)
      let block = try Hex.decode(#require(row["block"]?.string))
      let isNode = row["codec"]?.string == "dag-pb"
      let expect = try #require(row["expect"]?.string)
      counts["\(expect) \(isNode ? "dag-pb" : "raw")", default: 0] += 1
      guard expect == "accept" else {
        #expect(throws: BlockError.self, "\(name)") { try DAGNode(parsing: block) }
        continue
      }
      let cid = CID(hashing: block, codec: isNode ? .dagPB : .raw)
      #expect(cid.description == row["cid"]?.string, "\(name)")
      guard isNode else { continue }
      let node = try DAGNode(parsing: block)
      #expect(node.bytes == block, "\(name)")
      if let text = row["dag_json"]?.string {
        try compare(node, with: JSON(parsing: Array(text.utf8)))
      }
    }
    let own = ["accept dag-pb": 5, "reject dag-pb": 11]
    let shared = ["accept dag-pb": 11, "reject dag-pb": 5, "accept raw": 3]
    #expect(counts == (Vectors.shared == nil ? own : own.merging(shared, uniquingKeysWith: +)))
  }

  private func compare(_ node: DAGNode, with json: JSON) throws {
    let links = try #require(json["Links"]?.elements)
    #expect(node.links.count == links.count)
    for (link, expected) in zip(node.links, links) {
      #expect(link.cid.description == expected["Hash"]?["/"]?.string)
      #expect(link.name.map { String(decoding: $0, as: UTF8.self) } == expected["Name"]?.string)
      #expect(link.cumulativeSize.map { Int($0) } == expected["Tsize"]?.integer)
    }
    #expect((node.data == nil) == (json["Data"] == nil))
  }

  private func rows(kind: String) throws -> [JSON] {
    var files = [Vectors.own.appending("cid.jsonl")]
    if let folder = Vectors.shared { files.append(folder.appending("eth/varint-cid.jsonl")) }
    return try files.flatMap { try Vectors.lines(of: $0) }.map { try JSON(parsing: $0) }
      .filter { $0["kind"]?.string == kind }
  }
}
