import ABI
import Ethereum
import EthereumRPC
import Hashing
import Records
import Testing
import WideInteger

@testable import EventStreams

@Suite("What a stream of events is of") struct EventFilterTests {
  static let transfer = "Transfer(address indexed from,address indexed to,uint256 value)"
  static let token = "Transfer(address indexed from,address indexed to,uint256 indexed id)"

  static func address(_ byte: UInt8) throws -> Address {
    try Address(bytes: [UInt8](repeating: byte, count: 20))
  }

  static func word(_ byte: UInt8) throws -> Digest32 {
    try Digest32([UInt8](repeating: 0, count: 12) + [UInt8](repeating: byte, count: 20))
  }

  static func contract(
    _ name: String, _ byte: UInt8, _ events: [String]
  ) throws -> RegisteredContract {
    let abi = JSON.array(events.map { .string("event \($0)") })
    return try RegisteredContract(
      try #require(ContractName(name)),
      on: ChainIdentity(chainId: 1, genesis: .zero), at: try address(byte), abi: abi)
  }

  static func contracts() throws -> [RegisteredContract] {
    [
      try contract("Token", 1, [transfer, "Paid(uint256 amount)", "Paid(string note)"]),
      try contract("Market", 2, [transfer, "Raw(uint256 n) anonymous"]),
    ]
  }

  static func filter(
    _ words: [String], _ addresses: [UInt8] = [], where conditions: [(String, String)] = []
  ) throws -> EventFilter {
    let query = EventQuery(
      words, addresses: try addresses.map(address),
      conditions: conditions.map { (name: $0.0, value: $0.1) })
    return try query.filter(try contracts())
  }

  static func log(
    _ address: UInt8, _ topics: [Digest32], _ data: [UInt8] = [UInt8](repeating: 0, count: 32)
  ) throws -> Receipt.Log {
    Receipt.Log(address: try Self.address(address), topics: topics, data: data)
  }

  /// The events of a filter with the first byte of their contracts.
  static func told(_ filter: EventFilter) -> [String] {
    filter.patterns.map { pattern in
      let addresses = pattern.addresses.map { $0.map { "\($0.bytes[0])" }.sorted().joined() } ?? "*"
      return "\(addresses) \(pattern.event?.signature ?? "*")"
    }
  }

  static let queries: [([String], [UInt8], [String])] = [
    (["Token.Transfer"], [], ["1 Transfer(address,address,uint256)"]),
    (
      ["Transfer"], [],
      [
        "1 Transfer(address,address,uint256)", "2 Transfer(address,address,uint256)",
      ]
    ),
    (["Transfer"], [2], ["2 Transfer(address,address,uint256)"]),
    (["Transfer"], [9], ["9 Transfer(address,address,uint256)"]),
    (["Token.Transfer"], [9], ["9 Transfer(address,address,uint256)"]),
    // A name that has several, and one of them.
    (["Token.Paid"], [], ["1 Paid(uint256)", "1 Paid(string)"]),
    (["Token.Paid(string)"], [], ["1 Paid(string)"]),
    (["Paid(string)"], [], ["* Paid(string)"]),
    (["Paid(string)", "Token.Paid"], [3], ["3 Paid(string)", "3 Paid(uint256)"]),
    (["Market"], [], ["2 Transfer(address,address,uint256)", "2 Raw(uint256)", "2 *"]),
    ([], [7], ["7 *"]),
    ([], [2], ["2 Transfer(address,address,uint256)", "2 Raw(uint256)", "2 *"]),
  ]

  @Test("is told by names, signatures and contracts", arguments: queries)
  func named(words: [String], addresses: [UInt8], wanted: [String]) throws {
    #expect(Self.told(try Self.filter(words, addresses)) == wanted)
  }

  @Test("of a whole contract those events are meant that have the indexed parameter")
  func conditions() throws {
    let to = ("to", "\(try Self.address(5))")
    let wanted = ["2 Transfer(address,address,uint256)"]
    #expect(Self.told(try Self.filter(["Market"], where: [to])) == wanted)
    #expect(Self.told(try Self.filter([], [2], where: [to])) == wanted)
    #expect(try Self.filter(["Market"], where: [to]).parameters["topics"] != nil)
  }

  @Test("a signature may be as it stands in a contract's source") func source() throws {
    let filter = try Self.filter(["event \(Self.transfer);"])
    #expect(filter.digest == (try Self.filter([Self.transfer])).digest)
  }

  static let refusals: [([String], [(String, String)], Failure.Status, String)] = [
    (
      ["Nope"], [], .missingInput,
      "no contract that is registered on this chain has an event 'Nope'"
    ),
    (["Nope.Paid"], [], .missingInput, "no contract 'Nope' is registered on this chain"),
    (["Token.Nope"], [], .data, "the contract 'Token': no event 'Nope'"),
    (["Paid(uint"], [], .usage, "malformed signature 'Paid(uint': expected , or ) at byte 9"),
    (["a b"], [], .usage, "'a b' is no event"),
    ([], [], .usage, "no event is named"),
    (["Token.Transfer"], [("to", "0x12")], .data, "--where to: "),
    (["Token.Transfer"], [("value", "1")], .data, "--where value: 'value' of Transfer"),
    (["Token.Transfer"], [("nobody", "1")], .data, "--where nobody: no parameter of Transfer"),
    (["Market"], [("value", "1")], .data, "--where value: no event that is known of the contract"),
    (["Market"], [("to", "0x12")], .data, "--where to: "),
  ]

  @Test("is refused where it means nothing", arguments: refusals)
  func refused(
    words: [String], conditions: [(String, String)], status: Failure.Status, message: String
  ) throws {
    let failure = try #require(throws: Failure.self) {
      try Self.filter(words, where: conditions)
    }
    #expect(failure.status == status)
    #expect(failure.message.hasPrefix(message), "\(failure.message)")
  }

  @Test("asks for no more than it must") func parameters() throws {
    let one = try Self.filter(["Token.Transfer"], where: [("to", "\(try Self.address(5))")])
    let topic = try #require(one.patterns[0].event?.topic0)
    #expect(
      JSON.object(one.parameters).text
        == #"{"address":["0x0101010101010101010101010101010101010101"],"topics":[["\#(topic)"],null,["\#(try Self.word(5))"]]}"#
    )
    // Where one wants anything, anything is asked for.
    #expect(JSON.object(try Self.filter(["Market"]).parameters)["topics"] == nil)
    #expect(JSON.object(try Self.filter(["Paid(string)"]).parameters)["address"] == nil)
  }

  @Test("tells its logs from others") func readings() throws {
    let filter = try Self.filter(
      ["Token.Transfer", "Paid(uint256)"], where: [])
    let event = try #require(filter.patterns[0].event)
    let words = [event.topic0, try Self.word(3), try Self.word(4)]
    func kind(_ log: Receipt.Log) -> String {
      switch filter.reading(of: log) {
      case .event(let found): "\(found.event.name) \(found.arguments.count)"
      case .raw: "raw"
      case .undecodable: "undecodable"
      case .misfit: "misfit"
      case .unwanted: "unwanted"
      }
    }
    #expect(kind(try Self.log(1, words)) == "Transfer 3")
    // Of another contract, of another shape, and with data that are none of its types.
    #expect(kind(try Self.log(2, words)) == "unwanted")
    #expect(kind(try Self.log(1, words + [.zero], [])) == "misfit")
    #expect(kind(try Self.log(1, words, [1])) == "undecodable")
    let paid = try ABIEvent(parsing: "Paid(uint256)")
    #expect(kind(try Self.log(9, [paid.topic0])) == "Paid 1")
    #expect(kind(try Self.log(9, [])) == "unwanted")
    // One event by two names is one event.
    let twice = try Self.filter(["Paid(uint256)", "Token.Paid"])
    guard case .event = twice.reading(of: try Self.log(1, [paid.topic0])) else {
      Issue.record("an event that is asked for twice")
      return
    }
  }

  @Test("knows both shapes of a token's event") func shapes() throws {
    let filter = try EventQuery([Self.transfer, Self.token]).filter([])
    let topic = try ABIEvent(parsing: Self.transfer).topic0
    let words = [topic, try Self.word(3), try Self.word(4)]
    for log in [try Self.log(1, words), try Self.log(1, words + [.zero], [])] {
      guard case .event(let found) = filter.reading(of: log) else {
        Issue.record("a log of neither shape")
        continue
      }
      #expect(found.event.topicCount == log.topics.count)
    }
  }

  @Test("has a digest of its own") func digests() throws {
    let address = "\(try Self.address(5))"
    let filters = [
      try Self.filter(["Token.Transfer"]), try Self.filter(["Market.Transfer"]),
      try Self.filter(["Transfer"]), try Self.filter([Self.transfer]),
      try Self.filter([Self.token]), try Self.filter(["Market"]), try Self.filter([], [7]),
      try Self.filter(["Token.Transfer"], where: [("to", address)]),
      try Self.filter(["Token.Transfer"], where: [("from", address)]),
    ]
    #expect(Set(filters.map(\.digest)).count == filters.count)
    // The same, asked for in another way.
    #expect(try Self.filter(["Market.Transfer", "Token.Transfer"]).digest == filters[2].digest)
    #expect(try Self.filter([Self.transfer], [1]).digest == filters[0].digest)
  }

  @Test("finds the size of ranges") func sizes() {
    for limit: UInt64 in [1, 2, 3, 7, 100, 1000, 5000, 1_000_000] {
      var size = LogRangeSize()
      var refused = 0
      for _ in 0..<200 {
        let asked = size.blocks
        if asked <= limit {
          size.succeeded(asked, logs: 0)
        } else {
          refused += 1
          let canShrink = size.failed(asked)
          #expect(canShrink)
        }
      }
      #expect(size.blocks >= limit / 2 || size.blocks == LogRangeSize.most)
      #expect(refused < 60)
    }
    var full = LogRangeSize()
    full.succeeded(1024, logs: LogRangeSize.enoughLogs + 1)
    #expect(full.blocks == 512)
    let canShrink = full.failed(1)
    #expect(!canShrink)
  }
}
