import ABI
import Ethereum
import Hashing
import Records
import TestSupport
import Testing

@Suite("ABI vectors") struct VectorTests {
  @Test(
    "are encoded and decoded",
    arguments: ["abi.jsonl": 24, "shared": 988].sorted { $0.value < $1.value })
  func coding(file: String, count: Int) throws {
    guard
      let rows = file == "shared" ? try Row.shared("abi.jsonl", count: count) : try Row.own(file)
    else { return }
    for row in rows {
      let types = try row.types()
      let values = try row.values(as: types)
      let encoded = try row.bytes("encoded")
      #expect(try ABI.encode(values, as: types) == encoded, "\(row.name)")
      #expect(try ABI.decode(encoded, as: types) == values, "\(row.name)")
      #expect(JSON.array(values.map(\.json)) == row.json["values"], "\(row.name)")
      // What is one byte shorter or longer is no encoding of the same types.
      if !encoded.isEmpty {
        #expect(throws: ABIError.self, "\(row.name)") {
          try ABI.decode(Array(encoded.dropLast()), as: types)
        }
      }
      #expect(throws: ABIError.self, "\(row.name)") { try ABI.decode(encoded + [0], as: types) }
    }
    #expect(rows.count == count)
  }

  @Test(
    "that are wrong are refused",
    arguments: ["abi-invalid.jsonl": 24, "shared": 180].sorted { $0.value < $1.value })
  func refusals(file: String, count: Int) throws {
    guard
      let rows = file == "shared"
        ? try Row.shared("abi-invalid.jsonl", count: count) : try Row.own(file)
    else { return }
    var tally = Tally()
    for row in rows {
      let isRefused: Bool
      switch try row.text("op") {
      case "decode":
        isRefused = (try? ABI.decode(try row.bytes("data"), as: try row.types())) == nil
      case "encode":
        let types = try row.types()
        isRefused = (try? row.values(as: types)) == nil
      default:
        isRefused = (try? ABIType(parsing: try row.text("type"))) == nil
      }
      let expect = try row.text("expect")
      if expect == "reject" { #expect(isRefused, "\(row.name): \(row.json)") }
      tally.add("\(expect) \(isRefused)")
    }
    #expect(rows.count == count)
    // Strict decoding refuses all that the suites leave open.
    let open = rows.count { $0.json["expect"] == "either" }
    #expect(tally.counts["either true", default: 0] == open)
  }

  @Test(
    "are packed", arguments: ["packed.jsonl": 12, "shared": 1022].sorted { $0.value < $1.value })
  func packing(file: String, count: Int) throws {
    guard
      let rows = file == "shared" ? try Row.shared("packed.jsonl", count: count) : try Row.own(file)
    else { return }
    for row in rows {
      let types = try row.types()
      let packed = try ABI.encodePacked(try row.values(as: types), as: types)
      #expect(packed == (try row.bytes("packed")), "\(row.name)")
      #expect("\(Keccak256.hash(packed))" == (try row.text("keccak256")), "\(row.name)")
    }
    #expect(rows.count == count)
  }

  @Test(
    "have their selectors",
    arguments: ["selectors.jsonl": 14, "shared": 97].sorted { $0.value < $1.value })
  func selectors(file: String, count: Int) throws {
    guard
      let rows = file == "shared"
        ? try Row.shared("selectors.jsonl", count: count) : try Row.own(file)
    else { return }
    for row in rows {
      switch try row.text("kind") {
      case "normalize":
        let definition = try? ABIDefinition(parsing: try row.text("text"))
        guard row.json["expect"] != "reject" else {
          #expect(definition == nil, "\(row.json)")
          continue
        }
        let (signature, hash) = try #require(definition?.identity, "\(row.json)")
        #expect(signature == (try row.text("signature")))
        #expect(hash == (try row.text("hash")))
      case let kind:
        let abi = try ContractABI(json: [try #require(row.json["abi"])])
        let signature = try row.text("signature")
        switch kind {
        case "function":
          let function = try #require(abi.functions.first)
          #expect(function.signature == signature)
          #expect(Hex.encode(function.selector) == (try row.text("selector")))
          #expect(try ABIFunction(parsing: signature).selector == function.selector)
        case "error":
          let error = try #require(abi.errors.first)
          #expect(error.signature == signature)
          #expect(Hex.encode(error.selector) == (try row.text("selector")))
        default:
          let event = try #require(abi.events.first)
          #expect(event.signature == signature)
          #expect("\(event.topic0)" == (try row.text("topic0")))
        }
      }
    }
    #expect(rows.count == count)
  }

  @Test(
    "of logs are decoded",
    arguments: ["logs.jsonl": 11, "shared": 64].sorted { $0.value < $1.value })
  func logs(file: String, count: Int) throws {
    guard
      let rows = file == "shared"
        ? try Row.shared("receipts-and-logs.jsonl", count: count) : try Row.own(file)
    else { return }
    let logs = rows.filter { $0.json["kind"] == "log" }
    for row in logs {
      let abi = try ContractABI(json: [try #require(row.json["abi"])])
      let event = try #require(abi.events.first)
      let log = try #require(row.json["log"])
      let topics = try #require(log["topics"]?.elements).map {
        try Digest32(hex: try #require($0.string))
      }
      let data = try Hex.decode(try #require(log["data"]?.string))
      guard row.json["expect"] == "accept" else {
        #expect(throws: ABIError.self, "\(row.name)") {
          try event.decode(topics: topics, data: data)
        }
        continue
      }
      let arguments = try event.decode(topics: topics, data: data)
      var written = ObjectText([:])
      try ABIEventDecoder(event).decode(topics: topics, data: data).write(to: &written)
      #expect(try written.value(of: "args") == .array(arguments.map(\.json)), "\(row.name)")
      #expect(try written.value(of: "event") == .string(event.signature), "\(row.name)")
      let encoded = try event.encode(arguments)
      #expect(encoded.topics == topics && encoded.data == data, "\(row.name)")
      #expect(try event.arguments(.array(arguments.map(\.json))) == arguments, "\(row.name)")
      for (argument, expected) in zip(arguments, try row.list("args")) {
        if let hash = expected["hash"]?.string {
          #expect(argument.json == ["keccak256": .string(hash)], "\(row.name)")
        } else {
          #expect(argument.json == expected["value"], "\(row.name)")
        }
      }
      // An indexed value that is known hashes to what the topic holds.
      let known = zip(event.inputs, try row.list("args")).map { input, expected in
        (input, expected["preimage"] ?? expected["value"] ?? .null)
      }
      let values = try known.map { ABIEvent.Argument.value(try ABIValue(json: $1, as: $0.type)) }
      #expect(try event.encode(values).topics == topics, "\(row.name)")
      #expect(
        try ABIIndex(abi).decode(topics: topics, data: data).arguments == arguments, "\(row.name)")
    }
    #expect(logs.count == count)
  }
}

extension ABIDefinition {
  /// The canonical signature and its hash.
  fileprivate var identity: (signature: String, hash: String)? {
    let signature: String
    switch self {
    case .function(let function): signature = function.signature
    case .event(let event): signature = event.signature
    case .error(let error): signature = error.signature
    case .constructor: return nil
    }
    return (signature, "\(Keccak256.hash(Array(signature.utf8)))")
  }
}
