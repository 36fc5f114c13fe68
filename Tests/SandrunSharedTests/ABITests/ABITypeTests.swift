import ABI
import Testing

@Suite("ABI types") struct ABITypeTests {
  @Test(
    "have one canonical text",
    arguments: [
      ("uint", "uint256"), ("int", "int256"), ("uint8[]", "uint8[]"), ("int[2][]", "int256[2][]"),
      ("(uint a,(bytes32[] b,bool)[3] c)", "(uint256,(bytes32[],bool)[3])"),
      ("tuple(address payable who, string memory what)", "(address,string)"), ("()", "()"),
      ("uint8[0]", "uint8[0]"), ("function", "function"), ("(function f)", "(function)"),
      ("(uint8 a1,uint8 _b,uint8 $c)", "(uint8,uint8,uint8)"),
    ])
  func canonical(text: String, canonical: String) throws {
    let type = try ABIType(parsing: text)
    #expect(type.description == canonical)
    #expect(try ABIType(parsing: canonical).description == canonical)
  }

  @Test(
    "are read strictly",
    arguments: [
      "", " uint8", "uint8 ", "uint 8", "uint08", "uint0", "uint264", "uint12", "int-8", "uint8[ ]",
      "uint8[01]", "uint8[1", "uint8]", "uint8[][", "bytes0", "bytes33", "bytes032", "byte",
      "Uint8",
      "fixed", "ufixed128x18", "fixed8x1", "(uint8", "(uint8,)", "(,uint8)", "(uint8))", "((uint8)",
      "(uint8 a b)", "(uint8 indexed a)", "(uint8 memory a)", "(uint8 1a)", "tuple", "tuple[]",
      "(uint8 indexed)", "(uint8)a", "uint8[4294967296]", "uint8[99999999999999999999]", "ümlaut",
      "(uint8 returns)", "(uint8a b)",
    ])
  func refusals(text: String) {
    #expect(throws: ABIError.self) { try ABIType(parsing: text) }
  }

  @Test("nest so deep and no deeper")
  func depth() throws {
    let deepest = String(repeating: "(", count: 63) + "bool" + String(repeating: ")", count: 63)
    #expect(try ABIType(parsing: deepest).description == deepest)
    #expect(throws: ABIError.self) { try ABIType(parsing: "(\(deepest))") }
    #expect(throws: ABIError.self) {
      try ABIType(parsing: String(repeating: "(", count: 60_000))
    }
    let arrays = "bool" + String(repeating: "[]", count: 63)
    #expect(try ABIType(parsing: arrays).description == arrays)
    #expect(throws: ABIError.self) { try ABIType(parsing: arrays + "[]") }
    #expect(throws: ABIError.self) {
      try ABIType(parsing: String(repeating: "a", count: 1 << 17))
    }
  }

  @Test("tell where a text goes wrong")
  func places() {
    #expect(throws: ABIError(.syntax(expected: ", or )", offset: 6))) {
      try ABIType(parsing: "(uint8")
    }
    #expect(throws: ABIError(.unknownType("uint9"))) { try ABIType(parsing: "uint9[]") }
    #expect(throws: ABIError(.fixedPoint("fixed128x18"))) { try ABIType(parsing: "fixed128x18") }
  }
}
