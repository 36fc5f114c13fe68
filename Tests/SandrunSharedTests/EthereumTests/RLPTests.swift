import Ethereum
import Hashing
import Records
import Testing

/// RLP: rows of the shared set and of our own, and what must hold of any input.
@Suite struct RLPTests {
  @Test func ownRows() throws {
    #expect(try run(Row.own("rlp.jsonl")) == ["accept": 16, "reject": 16])
  }

  @Test func sharedRows() throws {
    guard let rows = try Row.shared("rlp.jsonl") else { return }
    #expect(try run(rows) == ["accept": 275, "reject": 94])
  }

  private func run(_ rows: [Row]) throws -> [String: Int] {
    var tally = Tally()
    for row in rows {
      let encoded = try row.bytes("encoded")
      if try row.text("expect") == "accept" {
        let item = try rlp(#require(row.json["decoded"]))
        #expect(try RLP(decoding: encoded) == item)
        #expect(item.encoded == encoded)
        tally.add("accept")
      } else {
        #expect(throws: RLPError.self, "\(row.json)") { try RLP(decoding: encoded) }
        tally.add("reject")
      }
    }
    return tally.counts
  }

  private func rlp(_ json: JSON) throws -> RLP {
    if let text = json.string { return .bytes(try Hex.decode(text)) }
    return .list(try #require(json.elements).map(rlp))
  }

  @Test func whatIsReadIsWrittenAgain() throws {
    var random = Seeded(state: 1)
    var read = 0
    for _ in 0..<20_000 {
      let bytes = (0..<Int.random(in: 1...12, using: &random)).map { _ in
        [0x00, 0x01, 0x7f, 0x80, 0x81, 0xb8, 0xc0, 0xc1, 0xc2, 0xf8].randomElement(using: &random)
          ?? UInt8(0)
      }
      guard let item = try? RLP(decoding: bytes) else { continue }
      #expect(item.encoded == bytes)
      read += 1
    }
    #expect(read > 500)
  }

  @Test func depthIsBounded() throws {
    var item = RLP.list([])
    for _ in 1..<RLP.depthLimit { item = .list([item]) }
    #expect(try RLP(decoding: item.encoded) == item)
    let deeper = RLP.list([item]).encoded
    let error = #expect(throws: RLPError.self) { try RLP(decoding: deeper) }
    #expect(error?.reason == .tooDeep)
    let hostile = [UInt8](repeating: 0xc1, count: 1 << 20)
    #expect(throws: RLPError.self) { try RLP(decoding: hostile) }
  }

  @Test func errorsTellTheirPlace() throws {
    func error(_ hex: String) throws -> RLPError? {
      let bytes = try Hex.decode(hex)
      return #expect(throws: RLPError.self) { try RLP(decoding: bytes) }
    }
    #expect(try error("0x")?.description == "RLP ends early, at byte 0")
    #expect(
      try error("0xc3018101")?.description == "RLP not in its shortest form, at byte 2")
    #expect(try error("0x0102")?.description == "bytes behind the end of the RLP, at byte 1")
    #expect(try error("0xbf00ffffffffffffff")?.reason == .notMinimal)
    #expect(try error("0xffffffffffffffffff")?.reason == .truncated)
  }
}

/// Numbers that look random and are the same in every run (SplitMix64).
struct Seeded: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
