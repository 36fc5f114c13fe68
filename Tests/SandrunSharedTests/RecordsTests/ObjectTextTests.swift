import Records
import Testing

/// Edits leave every byte that they do not mean as it came.
@Suite struct ObjectTextTests {
  private func record(_ text: String) throws -> Record { try Record(parsing: Array(text.utf8)) }
  private func text(_ record: Record) -> String { String(decoding: record.bytes, as: UTF8.self) }

  @Test func untouchedMembersKeepTheirBytes() throws {
    let line = #"{ "z" : 1e400 ,"a":0.10, "n":12345678901234567890123,"s":"\u0041\ud800" }"#
    #expect(try text(record(line)) == line)
    #expect(
      try text(record(line).setting("a", to: "x"))
        == #"{ "z" : 1e400 ,"a":"x", "n":12345678901234567890123,"s":"\u0041\ud800" }"#)
    #expect(
      try text(record(line).setting("new", to: [1]))
        == #"{ "z" : 1e400 ,"a":0.10, "n":12345678901234567890123,"s":"\u0041\ud800","new":[1] }"#)
  }

  @Test(arguments: [
    (#"{"a":1,"b":2,"c":3}"#, "a", #"{"b":2,"c":3}"#),
    (#"{"a":1,"b":2,"c":3}"#, "b", #"{"a":1,"c":3}"#),
    (#"{"a":1,"b":2,"c":3}"#, "c", #"{"a":1,"b":2}"#),
    (#"{"a":1}"#, "a", "{}"), (#"{ "a" : 1 }"#, "a", "{  }"), (#"{"a":1}"#, "x", #"{"a":1}"#),
    (#"{"\u0061":1,"b":2}"#, "a", #"{"b":2}"#),
  ])
  func removing(line: String, name: String, expected: String) throws {
    #expect(try text(record(line).removing(name)) == expected)
  }

  @Test func emptyObjectsTakeMembers() throws {
    #expect(try text(record("{}").setting("a", to: 1)) == #"{"a":1}"#)
    #expect(try text(record(" { } ").setting("a", to: 1)) == #" {"a":1 } "#)
    #expect(
      try text(record("{}").setting("q\"\n", to: 1).setting("q\"\n", to: 2)) == #"{"q\"\n":2}"#)
  }

  @Test func namesAreComparedByTheirScalars() throws {
    // Composed and decomposed é: equal to Swift, different names to JSON.
    let line = "{\"\u{e9}\":1,\"e\u{301}\":2}"
    #expect(try record(line)["\u{e9}"] == 1)
    #expect(try record(line)["e\u{301}"] == 2)
  }

  @Test(arguments: [
    #"{"a":1,"a":2}"#, #"{"a":1,"\u0061":2}"#, #"{"\ud800":1,"\ud800":2}"#,
    #"{"a0":0,"a1":0,"a2":0,"a3":0,"a4":0,"a5":0,"a6":0,"a7":0,"a8":0,"a9":0,"b0":0,"b1":0,"b2":0,"b3":0,"b4":0,"b5":0,"b6":0,"a3":0}"#,
  ])
  func duplicateNamesAreRefused(line: String) {
    #expect(throws: Failure.self) { try record(line) }
  }

  @Test func duplicatesDeeperDownPassUntouchedUntilRead() throws {
    let line = #"{"a":{"x":1,"x":2},"b":1}"#
    let passed = try record(line).setting("b", to: 2)
    #expect(text(passed) == #"{"a":{"x":1,"x":2},"b":2}"#)
    #expect(throws: Failure.self) { try passed["a"] }
  }

  @Test func errorsTellWhere() throws {
    let error = #expect(throws: JSONError.self) {
      try JSON(parsing: Array("{\n \"a\": 1,\n \"b\": }".utf8))
    }
    #expect(error?.line == 3)
    #expect(error?.column == 7)
    #expect(error?.offset == 17)
    #expect(error?.description == "unexpected '}' at line 3, column 7 (offset 17)")
  }

  @Test func depthIsLimited() {
    func nested(_ depth: Int) -> [UInt8] {
      [UInt8](repeating: 0x5b, count: depth) + [UInt8](repeating: 0x5d, count: depth)
    }
    #expect(throws: Never.self) { try JSON(parsing: nested(512)) }
    #expect(throws: JSONError.self) { try JSON(parsing: nested(513)) }
    #expect(throws: JSONError.self) { try JSON(parsing: [UInt8](repeating: 0x5b, count: 1 << 20)) }
  }

  @Test func arrayElementsKeepTheirBytes() throws {
    var array = try ArrayText(parsing: Array(#"[ {"a" : 1.0} , "\u0041",[ ] ]"#.utf8))
    #expect(
      array.elements.map { String(decoding: $0, as: UTF8.self) } == [
        #"{"a" : 1.0}"#, #""\u0041""#, "[ ]",
      ])
    array.elements[2] = Array("3".utf8)
    #expect(String(decoding: array.bytes, as: UTF8.self) == #"[{"a" : 1.0},"\u0041",3]"#)
  }
}
