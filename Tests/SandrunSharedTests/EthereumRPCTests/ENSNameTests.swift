import EthereumRPC
import Hashing
import Records
import SystemPackage
import TestSupport
import Testing

@Suite("Names of ENS") struct ENSNameTests {
  /// EIP-137's own examples, and what its reference gives for others.
  @Test(
    "hash as EIP-137 has it",
    arguments: [
      ("", "0x0000000000000000000000000000000000000000000000000000000000000000"),
      ("eth", "0x93cdeb708b7545dc668eb9280176169d1c33cfd8ed6f04690a0bcc88a93fc4ae"),
      ("foo.eth", "0xde9b09fd7c5f901e23a3f19fecc54828e9c848539801e86591bd9801b019f84f"),
    ])
  func examples(_ name: String, _ hash: String) {
    #expect("\(ENSName.hash(of: name))" == hash)
  }

  @Test(
    "of other letters, and spoiled ones, are refused",
    arguments: [
      ("", ENSNameError.emptyLabel), (".", .emptyLabel), ("a..eth", .emptyLabel),
      ("eth.", .emptyLabel), (".eth", .emptyLabel), ("Foo.eth", .badCharacter("F")),
      ("fo o.eth", .badCharacter(" ")), ("fo_o.eth", .badCharacter("_")),
      ("fóo.eth", .badCharacter("ó")), ("xn--a.eth", .reservedLabel("xn--a")),
      ("a\u{200d}b.eth", .badCharacter("\u{200d}")), ("a\0.eth", .badCharacter("\0")),
    ])
  func refused(_ name: String, _ error: ENSNameError) {
    #expect(throws: error) { try ENSName(parsing: name) }
  }

  @Test("of 255 bytes are the longest") func longest() throws {
    let label = String(repeating: "a", count: 251)
    #expect(try ENSName(parsing: label + ".eth").hash == ENSName.hash(of: label + ".eth"))
    #expect(throws: ENSNameError.tooLong) { try ENSName(parsing: "a" + label + ".eth") }
  }

  @Test("of the shared set hash as given, or are refused") func vectors() throws {
    guard let folder = Vectors.shared else {
      print("skipped: 3518 rows of eth/namehash.jsonl, not here")
      return
    }
    let rows = try Vectors.lines(of: folder.appending("eth/namehash.jsonl")).map {
      try JSON(parsing: $0)
    }
    var counts: [String: Int] = [:]
    for row in rows {
      let name = try #require(row["ens_name"]?.string)
      let expectation = try #require(row["expect"]?.string)
      // What must be brought into normal form first is none of ours, and never taken.
      guard row["needs_ensip15"]?.boolean != true else {
        counts["needs ENSIP-15", default: 0] += 1
        continue
      }
      counts[expectation, default: 0] += 1
      switch expectation {
      case "reject":
        #expect(throws: ENSNameError.self, "\(row)") { try ENSName(parsing: name) }
      case "either", "accept":
        #expect("\(ENSName.hash(of: name))" == row["namehash"]?.string, "\(row)")
        if let taken = try? ENSName(parsing: name) {
          #expect("\(taken.hash)" == row["namehash"]?.string)
          counts["taken", default: 0] += 1
        }
      default: Issue.record("\(row)")
      }
    }
    #expect(
      counts == [
        "accept": 948, "reject": 994, "either": 1, "needs ENSIP-15": 1575, "taken": 826,
      ])
  }
}
