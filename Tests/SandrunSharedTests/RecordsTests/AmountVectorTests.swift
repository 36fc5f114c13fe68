import Records
import SystemPackage
import TestSupport
import Testing
import WideInteger

/// Units of ether: rows of ethers.js in the shared set, and of our own.
@Suite struct AmountVectorTests {
  @Test(arguments: [
    ("1", "ether", "1000000000000000000"), ("0.000000000000000001", "ether", "1"),
    ("1.5", "gwei", "1500000000"), ("00.100", "ether", "100000000000000000"), ("7", "wei", "7"),
    ("1.0", "szabo", "1000000000000"), ("2.0", "finney", "2000000000000000"),
    ("-1.23", "ether", "-1230000000000000000"), ("0.0", "mwei", "0"), ("1.001", "kwei", "1001"),
  ])
  func reads(_ text: String, _ unit: String, _ wei: String) throws {
    let decimals = try #require(Amount.decimals(of: unit))
    #expect(try Amount.parseSigned(text, decimals: decimals).description == wei)
  }

  @Test(arguments: ["", "-", "1.", ".5", "1e3", "0x1", "+1", "--1", "1 ", "1ether", "１", "1.2.3"])
  func refuses(_ text: String) {
    #expect(throws: UnitError.self) { try Amount.parseSigned(text, decimals: 18) }
  }

  @Test func boundsOfSignedNumbers() throws {
    for text in [Int256.max.description, Int256.min.description] {
      #expect(try Amount.parseSigned(text, decimals: 0).description == text)
      let beyond = text.dropLast() + "9"
      #expect(throws: UnitError.self) { try Amount.parseSigned(String(beyond), decimals: 0) }
    }
    #expect(try Amount.parse(UInt256.max.description, decimals: 0) == .max)
    #expect(Amount.decimals(of: "") == nil)
    #expect(Amount.decimals(of: "bitcoin") == nil)
  }

  @Test func sharedRows() throws {
    guard let folder = Vectors.shared else {
      print("skipped: 230 rows of eth/units.jsonl, not here")
      return
    }
    var counts: [String: Int] = [:]
    for line in try Vectors.lines(of: folder.appending("eth/units.jsonl")) {
      let row = try JSON(parsing: line)
      counts[try run(row), default: 0] += 1
    }
    #expect(counts == ["format": 94, "accept": 107, "reject": 26, "either": 3])
  }

  private func run(_ row: JSON) throws -> String {
    let decimals = try #require(row["decimals"]?.integer)
    #expect(try Amount.decimals(of: #require(row["unit"]?.string)) == decimals)
    let text = try #require(row["text"]?.string)
    guard row["op"] == "parse" else {
      let wei = try #require(row["wei"]?.string)
      #expect(try shown(wei, decimals) == text)
      return "format"
    }
    switch try #require(row["expect"]?.string) {
    case "accept":
      #expect(try read(text, decimals) == row["wei"]?.string)
      return "accept"
    case "either":
      if let wei = try? read(text, decimals) { #expect(wei == row["wei"]?.string) }
      return "either"
    default:
      #expect(throws: UnitError.self, "\(row)") { try read(text, decimals) }
      return "reject"
    }
  }

  private func read(_ text: String, _ decimals: Int) throws -> String {
    text.hasPrefix("-")
      ? try Amount.parseSigned(text, decimals: decimals).description
      : try Amount.parse(text, decimals: decimals).description
  }

  private func shown(_ wei: String, _ decimals: Int) throws -> String {
    wei.hasPrefix("-")
      ? Amount.text(try Int256(decimal: wei), decimals: decimals)
      : Amount.text(try UInt256(decimal: wei), decimals: decimals)
  }
}
