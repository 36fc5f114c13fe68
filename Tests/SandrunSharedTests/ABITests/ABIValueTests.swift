import ABI
import Hashing
import Records
import Testing
import WideInteger

@Suite("ABI values") struct ABIValueTests {
  private func json(_ text: String, _ type: String) throws -> ABIValue {
    try ABIValue(json: try JSON(parsing: Array(text.utf8)), as: try ABIType(parsing: type))
  }

  @Test(
    "are the same however JSON has them",
    arguments: [
      ("uint8", ["255", "\"255\"", "\"0xff\"", "\"0x0ff\""]),
      ("int8", ["-128", "\"-128\""]), ("int16", ["128", "\"0x80\""]),
      (
        "uint256",
        ["115792089237316195423570985008687907853269984665640564039457584007913129639935"]
      ),
      ("(uint8 a,bool b)", ["[1,true]", "{\"a\":1,\"b\":true}", "{\"b\":true,\"a\":\"1\"}"]),
      ("bytes2", ["\"0xABcd\"", "\"0xabcd\""]),
    ])
  func spellings(type: String, texts: [String]) throws {
    let first = try json(texts[0], type)
    for text in texts { #expect(try json(text, type) == first, "\(text)") }
    #expect(try json(first.json.text, type) == first)
  }

  @Test(
    "that are not of the type are refused",
    arguments: [
      ("uint8", "256"), ("uint8", "-1"), ("uint8", "\"0x100\""), ("uint8", "1.0"), ("uint8", "1e1"),
      ("uint8", "\"01\""), ("uint8", "\"+1\""), ("uint8", "\" 1\""), ("uint8", "\"\""),
      ("uint8", "\"0x\""), ("uint8", "\"0X1\""), ("uint8", "true"), ("uint8", "null"),
      ("uint8", "[1]"), ("uint256", "\"0x1\(String(repeating: "0", count: 64))\""),
      ("int8", "128"), ("int8", "-129"), ("int8", "\"0x80\""), ("int8", "\"-0x1\""),
      ("int8", "\"-0\""), ("bool", "1"), ("bool", "\"true\""), ("address", "\"0x00\""),
      ("address", "\"vitalik.eth\""), ("bytes", "\"00\""), ("bytes", "\"0x0\""), ("bytes", "[0]"),
      ("bytes4", "\"0x00\""), ("bytes4", "\"0x0000000000\""), ("string", "1"),
      ("function", "\"0x\(String(repeating: "0", count: 40))\""), ("uint8[]", "1"),
      ("uint8[2]", "[1]"), ("uint8[2]", "[1,2,3]"), ("uint8[]", "{\"0\":1}"),
      ("(uint8 a,bool b)", "[1]"), ("(uint8 a,bool b)", "{\"a\":1}"),
      ("(uint8 a,bool b)", "{\"a\":1,\"b\":true,\"c\":1}"), ("(uint8)", "{\"\":1}"),
      ("(uint8 a,uint8 a)", "{\"a\":1}"),
    ])
  func refusals(type: String, text: String) {
    #expect(throws: ABIError.self, "\(text)") { try json(text, type) }
  }

  @Test("tell where inside they go wrong")
  func places() throws {
    let error = #expect(throws: ABIError.self) {
      try json("[{\"a\":[1,2]},{\"a\":[3,300]}]", "(uint8[2] a)[]")
    }
    #expect(error?.path == "[1].a[1]")
    #expect(error?.description == "300 does not fit uint8, at [1].a[1]")
  }

  @Test("are written as records have them")
  func writing() throws {
    let text =
      "[\"-5\",\"0x00ff\",\"0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045\",true,[[],[\"1\"]],\"é\"]"
    let type = "(int8,bytes,address,bool,uint8[][],string)"
    #expect(try json(text, type).json.text == text)
  }

  @Test(
    "are read as people type them",
    arguments: [
      ("string", "a, \"b\"", "\"a, \\\"b\\\"\""), ("uint8", "7", "\"7\""),
      ("bool", "false", "false"),
      ("uint8[]", "[]", "[]"), ("uint8[]", " [ 1 , 2 ] ", "[\"1\",\"2\"]"),
      ("string[]", "[a b, \"c, d\",e\\]", "[\"a b\",\"c, d\",\"e\\\\\"]"),
      ("(uint8,string)", "(1,x)", "[\"1\",\"x\"]"), ("(uint8,string)", "[1,x]", "[\"1\",\"x\"]"),
      ("(uint8 a,string b)", "{\"b\":\"}\",\"a\":1}", "[\"1\",\"}\"]"),
      ("(uint8 a)[]", "[{\"a\":1},(2)]", "[[\"1\"],[\"2\"]]"), ("()", "()", "[]"),
      ("(uint8[],(bool,bytes)[1])", "([1,2],[(true,0x01)])", "[[\"1\",\"2\"],[[true,\"0x01\"]]]"),
    ])
  func words(type: String, text: String, json: String) throws {
    let type = try ABIType(parsing: type)
    #expect(try ABIValue(parsing: text, as: type).json.text == json)
  }

  @Test(
    "as people mistype them are refused",
    arguments: [
      ("uint8[]", ""), ("uint8[]", "["), ("uint8[]", "[1"), ("uint8[]", "[1]]"), ("uint8[]", "[,]"),
      ("uint8[]", "[1,]"), ("uint8[]", "(1)"), ("(uint8)", "(1]"), ("(uint8)", "(1,2)"),
      ("(uint8,uint8)", "(1)"), ("string[]", "[\"a]"), ("string[]", "[\"a\" b]"),
      ("(uint8 a)", "{\"a\":1"), ("string[]", "[\"\\ud800\"]"), ("uint8", " 1"), ("bool", "yes"),
    ])
  func mistypedWords(type: String, text: String) throws {
    let type = try ABIType(parsing: type)
    #expect(throws: ABIError.self) { try ABIValue(parsing: text, as: type) }
  }
}
