import Hashing
import Records
import SystemPackage
import TestSupport
import Testing

/// Keccak-256, varints and multibase against the rows of other implementations.
@Suite struct VectorTests {
  private func rows(_ name: String) throws -> [JSON] {
    guard let folder = Vectors.shared?.appending("eth") else {
      let rows = ["keccak.jsonl": 364, "varint-cid.jsonl": 420][name] ?? 0
      print("skipped: \(rows) rows of eth/\(name), not here")
      return []
    }
    return try Vectors.lines(of: folder.appending(name)).map { try JSON(parsing: $0) }
  }

  @Test func keccakRows() throws {
    let own = try Vectors.lines(of: Vectors.own.appending("hashing.jsonl"))
      .map { try JSON(parsing: $0) }
    let rows = try rows("keccak.jsonl") + own
    var sha256 = 0
    for row in rows {
      let data = try Hex.decode(#require(row["data"]?.string))
      #expect(Keccak256.hash(data).description == row["keccak256"]?.string)
      if let digest = row["sha256"]?.string {
        sha256 += 1
        #expect(SHA256.hash(data).description == digest)
      }
    }
    #expect(own.count == 23)
    #expect(rows.count == own.count || (rows.count == 364 + 23 && sha256 == 156 + 23))
  }

  @Test func longerHashRows() throws {
    let rows = try Vectors.lines(of: Vectors.own.appending("hashes.jsonl"))
      .map { try JSON(parsing: $0) }
    for row in rows {
      let length = try #require(row["length"]?.integer)
      let data = (0..<length).map { UInt8($0 % 251) }
      #expect(Hex.encode(SHA512.hash(data)) == row["sha512"]?.string, "\(length)")
      #expect(Hex.encode(BLAKE3.hash(data)) == row["blake3"]?.string, "\(length)")
      #expect(
        Hex.encode(BLAKE3.hash(data, length: 131)) == row["blake3Extended"]?.string, "\(length)")
    }
    #expect(rows.count == 41)
  }

  @Test func varintRows() throws {
    let rows = try rows("varint-cid.jsonl").filter { $0["kind"]?.string == "varint" }
    for row in rows {
      let bytes = try Hex.decode(#require(row["bytes"]?.string))
      var offset = 0
      if row["expect"]?.string == "accept" {
        let value = try #require(UInt64(row["value"]?.string ?? ""))
        #expect(try Varint.read(bytes, at: &offset) == value)
        #expect(offset == bytes.count)
        #expect(Varint.encode(value) == bytes)
        #expect(Varint.length(of: value) == bytes.count)
      } else {
        #expect(throws: VarintError.self) { try Varint.read(bytes, at: &offset) }
        #expect(offset == 0, "a refused number is not passed over")
      }
    }
    #expect(rows.isEmpty || rows.count == 56)
  }

  @Test func multibaseRows() throws {
    var counts: [String: Int] = [:]
    let rows = try rows("varint-cid.jsonl").filter { $0["kind"]?.string == "multibase" }
    for row in rows {
      let text = try #require(row["text"]?.string)
      switch row["expect"]?.string {
      case "accept":
        guard let base = row["encoding"]?.string.flatMap(Multibase.init(named:)) else {
          counts["base not offered", default: 0] += 1
          #expect(throws: BaseError.self) { try Multibase.decode(text) }
          continue
        }
        // Text in the other case names the same bytes, yet no encoder writes it.
        guard row["canonical"]?.boolean == true else {
          counts["not canonical", default: 0] += 1
          continue
        }
        counts["accept", default: 0] += 1
        let bytes = try Hex.decode(#require(row["bytes"]?.string))
        #expect(base.encode(bytes) == text)
        let decoded = try Multibase.decode(text)
        #expect(decoded.base == base && decoded.bytes == bytes)
      case "reject":
        counts["reject", default: 0] += 1
        #expect(throws: BaseError.self, "\(text)") { try Multibase.decode(text) }
      default:
        counts["either", default: 0] += 1
        _ = try? Multibase.decode(text)
      }
    }
    guard !rows.isEmpty else { return }
    #expect(
      counts == [
        "accept": 132, "reject": 15, "either": 2, "not canonical": 8, "base not offered": 55,
      ])
  }
}
