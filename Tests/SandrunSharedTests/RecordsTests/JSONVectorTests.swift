import Records
import SystemPackage
import TestSupport
import Testing

/// The parser against the JSONTestSuite rows of the shared set, and against committed rows of our own.
@Suite struct JSONVectorTests {
  struct Counts: Equatable {
    var accept = 0
    var reject = 0
    var either = 0
  }

  @Test func sharedParsingRows() throws {
    guard let folder = Vectors.shared?.appending("json") else {
      print("skipped: 190 rows of json/parsing.jsonl and 14 of json/transform.jsonl, not here")
      return
    }
    #expect(
      try check(Vectors.lines(of: folder.appending("parsing.jsonl")))
        == Counts(accept: 56, reject: 111, either: 23))
    #expect(
      try check(Vectors.lines(of: folder.appending("transform.jsonl"))) == Counts(either: 14))
  }

  @Test func ownRows() throws {
    let counts = try check(Vectors.lines(of: Vectors.own.appending("json.jsonl")))
    #expect(counts == Counts(accept: 32, reject: 56, either: 0))
  }

  private func check(_ rows: [[UInt8]]) throws -> Counts {
    var counts = Counts()
    for row in rows {
      let vector = try JSON(parsing: row)
      let name = try #require(vector["name"]?.string)
      let text = try #require(vector["base64"]?.string).decodedBase64
      let value = try? JSON(parsing: text)
      // A record's line is checked by another path through the same rules.
      let isMember = (try? ObjectText(parsing: Array(#"{"a":"#.utf8) + text + [0x7d])) != nil
      switch vector["expect"]?.string {
      case "accept":
        counts.accept += 1
        #expect(isMember, "\(name) passes through")
        if name.contains("duplicated_key") {
          // Valid by the grammar, so it passes through; yet no tool reads an object that means two things.
          let error = #expect(throws: JSONError.self) { try JSON(parsing: text) }
          #expect(error?.reason == .duplicateName("a"))
          continue
        }
        let parsed = try #require(value, "\(name) is valid")
        #expect(try JSON(parsing: parsed.bytes) == parsed, "\(name) read back")
      case "reject":
        counts.reject += 1
        #expect(value == nil, "\(name) is invalid")
      default: counts.either += 1
      }
    }
    return counts
  }
}

extension String {
  fileprivate var decodedBase64: [UInt8] {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var bytes: [UInt8] = []
    var bits: UInt32 = 0
    var count = 0
    for byte in utf8 {
      guard let value = alphabet.firstIndex(of: byte) else { continue }
      bits = bits << 6 | UInt32(value)
      count += 6
      if count >= 8 {
        count -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(count)))
      }
    }
    return bytes
  }
}
