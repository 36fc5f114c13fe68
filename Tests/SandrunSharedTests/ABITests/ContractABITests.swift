import ABI
import Hashing
import Records
import Testing
import WideInteger

@Suite("contract ABIs") struct ContractABITests {
  private func abi(_ text: String) throws -> ContractABI {
    try ContractABI(parsing: Array(text.utf8))
  }

  @Test("are read from files of compilers, old and new")
  func reading() throws {
    let abi = try abi(
      """
      {"contractName": "T", "abi": [
        {"type": "constructor", "inputs": [{"type": "address", "name": "owner"}], "payable": true},
        {"name": "get", "constant": true, "inputs": [], "outputs": [{"type": "uint256"}]},
        {"type": "function", "name": "set", "stateMutability": "payable", "inputs": [
          {"name": "legs", "type": "tuple[2][]", "internalType": "struct Leg[2][]", "components": [
            {"name": "token", "type": "address"},
            {"name": "inner", "type": "tuple", "components": [{"name": "", "type": "bytes4"}]}]}]},
        {"type": "event", "name": "E", "anonymous": true, "inputs": [
          {"name": "a", "type": "bytes", "indexed": true}, {"name": null, "type": "bool"}]},
        {"type": "error", "name": "Low", "inputs": [{"name": "by", "type": "uint8"}]},
        "function set(uint8)", "event E(bytes indexed)",
        {"type": "function", "name": "get", "inputs": []},
        {"type": "fallback", "stateMutability": "nonpayable"},
        {"type": "receive", "stateMutability": "payable"}
      ]}
      """)
    #expect(
      abi.constructor == ABIConstructor(inputs: [ABIParameter("owner", .address)], isPayable: true))
    #expect(
      abi.functions.map(\.signature)
        == ["get()", "set((address,(bytes4))[2][])", "set(uint8)"])
    #expect(abi.functions.map(\.mutability) == [.view, .payable, .nonpayable])
    #expect(abi.functions[0].outputs == [ABIParameter("", .uint(256))])
    #expect(abi.events.map(\.signature) == ["E(bytes,bool)", "E(bytes)"])
    #expect(abi.events.map(\.isAnonymous) == [true, false])
    #expect(abi.events[0].inputs.map(\.isIndexed) == [true, false])
    #expect(abi.errors.map(\.signature) == ["Low(uint8)"])
    #expect(abi.hasFallback && abi.isPayable)
  }

  @Test(
    "that are none are refused",
    arguments: [
      "", "{}", "1", "{\"abi\":1}", "[1]", "[{\"type\":\"thing\"}]", "[{\"type\":1}]",
      "[{\"type\":\"function\"}]", "[{\"type\":\"function\",\"name\":\"a b\"}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":{}}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[1]}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"name\":\"a\"}]}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"uint7\"}]}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"uint8 a\"}]}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"tuple\"}]}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[{\"type\":\"bool\",\"name\":1}]}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"stateMutability\":\"maybe\"}]",
      "[{\"type\":\"function\",\"name\":\"f\",\"constant\":\"yes\"}]",
      "[{\"type\":\"constructor\"},{\"type\":\"constructor\"}]",
      "[\"f(\"]",
      "[\"event E(bool indexed,bool indexed,bool indexed,bool indexed)\"]",
    ])
  func refusals(text: String) {
    #expect(throws: ABIError.self) { try abi(text) }
  }

  @Test("hold tuples so deep and no deeper")
  func depth() {
    var parameter = "{\"type\":\"bool\"}"
    for _ in 0..<100 { parameter = "{\"type\":\"tuple\",\"components\":[\(parameter)]}" }
    #expect(throws: ABIError.self) {
      try abi("[{\"type\":\"function\",\"name\":\"f\",\"inputs\":[\(parameter)]}]")
    }
  }

  @Test("tell functions of one name apart by their arguments")
  func overloads() throws {
    let abi = try abi(
      "[\"function f(uint8 a)\",\"function f(address a)\",\"function f(uint8 a,uint8 b)\",\"function f(string a)\"]"
    )
    let address = "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045"
    #expect(try abi.function(named: "f", arguments: [1, 2]).function.inputs.count == 2)
    #expect(try abi.function(named: "f", arguments: ["text"]).function.inputs[0].type == .string)
    #expect(
      throws: ABIError(.ambiguous(name: "f", signatures: ["f(address)", "f(string)"]))
    ) { try abi.function(named: "f", arguments: [.string(address)]) }
    #expect(
      try abi.function(named: "f(address)", parsing: [address]).function.signature == "f(address)")
    #expect(try abi.function(named: "f(uint8 x)", arguments: [1]).arguments == [.uint(1)])
    #expect(throws: ABIError.self) { try abi.function(named: "f", arguments: [1, 2, 3]) }
    #expect(throws: ABIError(.notFound(kind: "function", name: "g"))) {
      try abi.function(named: "g", arguments: [])
    }
    // Of those with so many arguments there is but one, so its own complaint is told.
    #expect(throws: ABIError(.outOfRange("300", type: "uint8"), path: ".b")) {
      try abi.function(named: "f", arguments: [1, 300])
    }
  }

  @Test("find what data are of")
  func index() throws {
    let abi = try abi(
      """
      ["function f(uint8 a)", "error Low(uint8 by)",
       "event Transfer(address indexed a,address indexed b,uint256 c)",
       "event Transfer(address indexed a,address indexed b,uint256 indexed c)",
       "event Dark(bytes32 indexed a) anonymous"]
      """)
    let index = ABIIndex(abi)
    let call = try abi.functions[0].encodeCall([.uint(7)])
    #expect(try index.function(calledBy: call) == abi.functions[0])
    #expect(throws: ABIError.self) { try index.function(calledBy: [1, 2, 3, 4]) }
    #expect(throws: ABIError.self) { try index.function(calledBy: []) }
    #expect(throws: ABIError.self) { try index.error(thrownAs: call) }
    // Two tokens' events have one topic and differ in what is indexed.
    for event in abi.events[..<2] {
      let (topics, data) = try event.encode(
        try event.arguments(parsing: [
          "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045",
          "0xd8dA6BF26964aF9D7eEd9e03E53415D37aA96045", "7",
        ]))
      #expect(try index.decode(topics: topics, data: data).event == event)
    }
    let dark = try Digest32([UInt8](repeating: 7, count: 32))
    #expect(try index.decode(topics: [dark], data: []).event.name == "Dark")
    #expect(throws: ABIError.self) { try index.decode(topics: [], data: []) }
    #expect(throws: ABIError.self) { try index.decode(topics: [dark, dark], data: []) }
  }

  @Test(
    "have definitions as Solidity writes them",
    arguments: [
      ("function f() external view virtual override returns (uint a, bool)", "f()", 2, "view"),
      ("f(uint8)(bool)", "f(uint8)", 1, "nonpayable"),
      ("f ( uint8 a ) pure", "f(uint8)", 0, "pure"),
      ("function f() public payable", "f()", 0, "payable"),
      ("function function_(function x)", "function_(function)", 0, "nonpayable"),
    ])
  func functions(text: String, signature: String, outputs: Int, mutability: String) throws {
    let function = try ABIFunction(parsing: text)
    #expect(function.signature == signature)
    #expect(function.outputs.count == outputs)
    #expect(function.mutability.rawValue == mutability)
  }

  @Test(
    "have no other definitions",
    arguments: [
      "", "f", "()", "f()x", "f() view pure", "f() external public", "f() returns",
      "f() returns bool",
      "f() returns () view", "f()()()", "event E()", "error E()", "f();", "f() anonymous",
      "function", "function (uint8)", "f(uint8 indexed a)", "f() returns (uint7)",
    ])
  func badFunctions(text: String) {
    #expect(throws: ABIError.self) { try ABIFunction(parsing: text) }
  }

  @Test(
    "read why a contract reverted",
    arguments: [
      ("0x", "no reason given"),
      ("0x08c379a0\(word(32))\(word(2))6e6f\(String(repeating: "0", count: 60))", "no"),
      ("0x08c379a0\(word(32))\(word(0))", "an empty reason"),
      ("0x4e487b71\(word(0x11))", "panic 0x11: arithmetic overflow or underflow"),
      ("0x4e487b71\(word(0x01))", "panic 0x01: an assertion failed"),
      ("0x4e487b71\(word(0x99))", "panic 0x99: a code that is not known"),
      ("0x4e487b71", "unknown reason 0x4e487b71"),
      ("0x08c379a0\(word(32))\(word(9))", "unknown reason 0x08c379a0"),
      ("0x4a6d9e61\(word(7))", "Low(7)"),
    ])
  func reverts(data: String, expected: String) throws {
    let abi = try abi("[\"error Low(uint8 by)\"]")
    var data = try Hex.decode(data)
    if expected == "Low(7)" { data.replaceSubrange(..<4, with: abi.errors[0].selector) }
    let reason = RevertReason(decoding: data, abi: abi)
    #expect(reason.description.hasPrefix(expected))
    #expect(reason.json["message"]?.string?.hasPrefix(expected) == true)
  }
}

/// The 64 digits of a small number.
private func word(_ value: Int) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: 64 - digits.count) + digits
}
