import ABI
import Ethereum
import EthereumRPC
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// Who is registered, as a chain's node tells it and as it may lie.
@Suite("The directory of nodes") struct NodeDirectoryTests {
  private let ann: Address
  private let bob: Address

  init() throws { (ann, bob) = (try RecordedJob.node(1), try RecordedJob.node(2)) }

  private func node(
    _ account: Address, owner: Address? = nil, active: Bool = true, claims: UInt256 = 0
  ) throws -> [UInt8] {
    let numbers: [UInt256] = [100, 0, claims, active ? 0 : 9, 0, 0, 0, 0]
    return try RecordedJob.word(account).bytes + RecordedJob.word(owner ?? account).bytes
      + RecordedJob.word(active ? 1 : 0) + numbers.flatMap(\.bytes)
  }

  private func texts(_ texts: [String]) throws -> [UInt8] {
    let function = try ABIFunction(parsing: "f(string,string)")
    return Array(try function.encodeCall(texts.map(ABIValue.string)).dropFirst(4))
  }

  private func registration(
    _ number: UInt256, _ account: Address, owner: Address? = nil, _ endpoint: String,
    block: UInt64, index: UInt64 = 0
  ) throws -> JSON {
    let function = try ABIFunction(parsing: "f(uint256,string,string)")
    let data = try function.encodeCall([.uint(100), .string(endpoint), .string("bafk")])
    return RecordedChain.log(
      try Market.sample.nodeRegistry, NodeRegistry.nodeRegistered,
      [
        number.bytes, try RecordedJob.word(account).bytes,
        try RecordedJob.word(owner ?? account).bytes,
      ], Array(data.dropFirst(4)), block: block, index: index)
  }

  private func update(
    _ number: UInt256, _ endpoint: String, block: UInt64, index: UInt64 = 0
  ) throws -> JSON {
    RecordedChain.log(
      try Market.sample.nodeRegistry, NodeRegistry.nodeUpdated, [number.bytes],
      try texts([endpoint, "bafk"]), block: block, index: index)
  }

  /// A registry of two nodes, of which the second has retired and the first has moved.
  private func registry(
    _ body: (RecordedChain, NodeDirectory) async throws -> Void
  ) async throws {
    try await RecordedChain.run { chain in
      try await chain.heads([
        RecordedChain.Head(0, at: 1), RecordedChain.Head(3, at: 1), RecordedChain.Head(4, at: 1),
        RecordedChain.Head(5, at: 1), RecordedChain.Head(9, at: 5),
      ])
      for _ in 0..<4 { _ = try await chain.client.call("eth_blockNumber") }
      try await tell(chain, NodeRegistry.lastNumber, [], RecordedJob.word(2))
      try await tell(chain, NodeRegistry.numberOf, [.address(ann)], RecordedJob.word(1))
      try await tell(chain, NodeRegistry.numberOf, [.address(bob)], RecordedJob.word(2))
      try await tell(chain, NodeRegistry.nodes, [.uint(1)], node(ann))
      try await tell(chain, NodeRegistry.nodes, [.uint(2)], node(bob, active: false))
      try await chain.tell(
        "logs",
        .array([
          registration(1, ann, "http://old", block: 3),
          registration(2, bob, "http://bob", block: 4),
          update(1, "http://new", block: 5),
        ]))
      try await body(
        chain, NodeDirectory(client: chain.client, registry: chain.market.nodeRegistry))
    }
  }

  private func tell(
    _ chain: RecordedChain, _ function: ABIFunction, _ arguments: [ABIValue], _ data: [UInt8]?
  ) async throws {
    try await chain.answer(.nodeRegistry, function, arguments, data)
  }

  @Test("has what each node told last, in the order that was asked for") func listing() async throws
  {
    try await registry { _, directory in
      let all = try await directory.listing(.all)
      #expect(all.block == 9)
      #expect(all.nodes.map(\.endpoint) == ["http://new", "http://bob"])
      #expect(all.nodes.map(\.address) == [ann, bob])
      #expect(try await directory.listing().nodes.map(\.number) == [1])
      #expect(try await directory.listing(.operators([bob, ann])).nodes.map(\.number) == [2, 1])
      #expect(
        try await directory.listing(.numbers([2, 3, 0, 1, .max])).nodes.map(\.number) == [2, 1])
      let references = ["2", "\(ann)", "7"].compactMap(NodeReference.init)
      #expect(try await directory.nodes(references).map { $0?.number } == [2, 1, nil])
    }
  }

  @Test("does not take another's node for an account's") func another() async throws {
    try await registry { chain, directory in
      try await tell(chain, NodeRegistry.numberOf, [.address(ann)], RecordedJob.word(2))
      let found = await failure { try await directory.node(of: ann) }
      #expect(found?.code == "bad-answer" && found?.status == .protocolViolation)
      #expect(found?.message.contains("node 2, of \(bob), for another account") == true)
      // Nor is one node two accounts'.
      #expect(await failure { try await directory.listing(.operators([ann, bob])) } != nil)
      #expect(try await directory.node(of: bob)?.number == 2)
    }
  }

  @Test("is none where there is no contract, and none of numbers that cannot be") func numbers()
    async throws
  {
    try await registry { chain, directory in
      let lies: [([UInt8]?, String)] = [
        ([], "no-contract"), (nil, "bad-answer"), ([1], "bad-answer"),
        (UInt256(low: 1 << 64).bytes, "bad-answer"),
        (UInt256(low: UInt128(NodeDirectory.limit + 1)).bytes, "bad-answer"),
        (UInt256.max.bytes, "bad-answer"),
      ]
      for (data, code) in lies {
        try await tell(chain, NodeRegistry.lastNumber, [], data)
        let found = await failure { try await directory.listing(.all) }
        #expect(found?.status == .protocolViolation, "\(data ?? [])")
        if data != nil { #expect(found?.code == code, "\(data ?? [])") }
      }
      try await tell(chain, NodeRegistry.lastNumber, [], RecordedJob.word(0))
      #expect(try await directory.listing(.all).nodes.isEmpty)
      #expect(try await directory.listing(.numbers([1])).nodes.isEmpty)
    }
  }

  @Test("refuses states that no contract gives, and leaves out who is not registered") func states()
    async throws
  {
    try await registry { chain, directory in
      let beyond = UInt256(low: 1 << 64)
      for lie in [[], [1], try node(bob, claims: beyond), try node(bob) + [0]] {
        try await tell(chain, NodeRegistry.nodes, [.uint(2)], lie)
        #expect(await failure { try await directory.listing(.all) }?.code == "bad-answer")
      }
      let none = [UInt8](repeating: 0, count: 11 * 32)
      try await tell(chain, NodeRegistry.nodes, [.uint(2)], none)
      #expect(try await directory.listing(.all).nodes.map(\.number) == [1])
    }
  }

  @Test("refuses logs that do not go with the state") func logs() async throws {
    try await registry { chain, directory in
      let (first, second) = (
        try registration(1, ann, "http://a", block: 3),
        try registration(2, bob, "http://b", block: 4)
      )
      let foreign = RecordedChain.log(
        try RecordedJob.node(0x99), NodeRegistry.nodeUpdated, [UInt256(2).bytes],
        try texts(["x", "y"]), block: 5)
      let short = RecordedChain.log(
        try Market.sample.nodeRegistry, NodeRegistry.nodeUpdated, [UInt256(2).bytes], [1],
        block: 5)
      let refused: [[JSON]] = [
        // Nobody told of the second node.
        [first], [first, foreign],
        // The second node is registered by, or for, another.
        [first, try registration(2, ann, "http://b", block: 4)],
        [first, try registration(2, bob, owner: ann, "http://b", block: 4)],
        [first, second, short],
      ]
      for logs in refused {
        try await chain.tell("logs", .array(logs))
        #expect(await failure { try await directory.listing(.all) }?.status == .protocolViolation)
      }
      try await chain.tell("logs", [first, second])
      #expect(try await directory.listing(.all).nodes.map(\.endpoint) == ["http://a", "http://b"])
    }
  }

  @Test("has the node whose texts are none, and whoever else there is") func noText() async throws {
    try await registry { chain, directory in
      var data = try texts(["http", "bafk"])
      data[3 * 32] = 0xff
      let bad = RecordedChain.log(
        try Market.sample.nodeRegistry, NodeRegistry.nodeUpdated, [UInt256(2).bytes], data,
        block: 5)
      try await chain.tell(
        "logs",
        [
          registration(1, ann, "http://a", block: 3), registration(2, bob, "http://b", block: 4),
          bad,
        ])
      let nodes = try await directory.listing(.all).nodes
      #expect(nodes.map(\.endpoint) == ["http://a", "\u{FFFD}"])
      #expect(nodes[1].descriptorCID == nil)
    }
  }
}
