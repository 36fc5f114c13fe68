import ABI
import Ethereum
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

/// What contracts answer, and what somebody answers in their place.
@Suite struct AnswerTests {
  private let ann: Address
  private let bob: Address

  init() throws {
    ann = try Address(bytes: [UInt8](repeating: 1, count: 20))
    bob = try Address(bytes: [UInt8](repeating: 2, count: 20))
  }

  private func node(owner: Address, _ numbers: [UInt256], isActive: Bool = true) throws -> [UInt8] {
    try NodeRegistry.nodes.encodeResult([
      .tuple([.address(ann), .address(owner), .bool(isActive)] + numbers.map(ABIValue.uint))
    ])
  }

  @Test func aNode() throws {
    let found = try RegisteredNode(answer: node(owner: bob, [100, 30, 2, 0, 5, 4, 3, 2]))
    let node = try #require(found)
    #expect(node.operatorAddress == ann && node.owner == bob && node.isActive)
    #expect(node.stake == 100 && node.bound == 30 && node.freeStake == 70)
    #expect(node.openClaims == 2 && node.retiredAt == nil)
    #expect((node.done, node.agreed, node.failed, node.slashed) == (5, 4, 3, 2))
    let retired = try RegisteredNode(answer: self.node(owner: bob, [1, 2, 0, 9, 0, 0, 0, 0]))
    #expect(retired?.retiredAt == 9)
    // A node of the chain may tell nonsense.
    #expect(retired?.freeStake == 0)
    let none = try #require(Address(word: 0))
    let zeros = [UInt256](repeating: 0, count: 8)
    #expect(try RegisteredNode(answer: self.node(owner: none, zeros, isActive: false)) == nil)
  }

  @Test func whatIsNoAnswer() throws {
    #expect(throws: ContractAnswerError.self) { try RegisteredNode(answer: []) }
    let good = try node(owner: bob, [UInt256](repeating: 1, count: 8))
    #expect(throws: ContractAnswerError.self) { try RegisteredNode(answer: good.dropLast()) }
    #expect(throws: ContractAnswerError.self) { try RegisteredNode(answer: good + good) }
    // Each count beyond all counts is refused, and named.
    for (place, name) in [(2, "openClaims"), (3, "retiredAt"), (4, "done"), (7, "slashed")] {
      var numbers = [UInt256](repeating: 1, count: 8)
      numbers[place] = UInt256(low: 1 << 64)
      let data = try node(owner: bob, numbers)
      #expect(
        throws: ContractAnswerError(function: "nodes(uint256)", reason: "\(name) 2^64 or more")
      ) { try RegisteredNode(answer: data) }
    }
  }

  private func job(nodes: UInt256, quorum: UInt256, window: UInt256) throws -> [UInt8] {
    let zero = ABIValue.address(try #require(Address(word: 0)))
    return try JobMarketplace.jobs.encodeResult([
      .tuple([
        .address(ann), .uint(nodes), .uint(quorum), .uint(.max),
        .array([1, 2, 3, window].map(ABIValue.uint)), zero, .uint(100), .uint(7), zero, .uint(0),
        .bool(false),
      ])
    ])
  }

  @Test func aJob() throws {
    let job = try PostedJob(answer: job(nodes: 3, quorum: 2, window: 2_592_000))
    #expect(job.submitter == ann && job.token == nil && job.challenger == nil)
    #expect(job.nodes == 3 && job.quorum == 2 && job.share == 33 && job.bond == .max)
    #expect(job.windows == JobWindows(claim: 1, commit: 2, open: 3, challenge: 2_592_000))
    #expect(try PostedJob(answer: self.job(nodes: 0, quorum: 0, window: 0)).share == 0)
    let refused: [(UInt256, UInt256, UInt256)] = [
      (16, 9, 1), (3, 4, 1), (.max, 1, 1), (3, .max, 1), (3, 2, 2_592_001), (3, 2, .max),
    ]
    for (nodes, quorum, window) in refused {
      let data = try self.job(nodes: nodes, quorum: quorum, window: window)
      #expect(throws: ContractAnswerError.self) { try PostedJob(answer: data) }
    }
  }

  @Test func aRoundAndAVerdict() throws {
    func round(_ slots: UInt256, _ claimed: UInt256, _ seed: UInt8) throws -> JobRound {
      try JobRound(
        answer: JobMarketplace.round.encodeResult([
          .tuple([
            .uint(slots), .uint(5), .uint(6), .bytes([UInt8](repeating: seed, count: 32)),
            .uint(claimed), .bool(true),
          ])
        ]))
    }
    #expect(try round(31, 31, 0).seed == nil)
    #expect(try round(3, 2, 9).seed == Digest32([UInt8](repeating: 9, count: 32)))
    #expect(throws: ContractAnswerError.self) { try round(32, 1, 0) }
    #expect(throws: ContractAnswerError.self) { try round(3, 4, 0) }

    func verdict(_ stage: UInt256) throws -> JobVerdict {
      try JobVerdict(
        answer: ConsensusManager.verdicts.encodeResult([
          .tuple([
            .uint(stage), .bytes([UInt8](repeating: 0, count: 32)), .uint(8), .address(bob),
            .bool(false), .bool(true), .uint(46),
          ])
        ]))
    }
    #expect(try verdict(5).stage == .refunded)
    #expect(try verdict(0).resultHash == nil)
    #expect(try verdict(2).challenger == bob)
    #expect(throws: ContractAnswerError.self) { try verdict(6) }
    #expect(throws: ContractAnswerError.self) { try verdict(.max) }
  }

  @Test func openings() throws {
    func opening(_ isOpened: Bool, _ hash: UInt8) throws -> JobOpening {
      try JobOpening(
        answer: ConsensusManager.openings.encodeResult([
          .tuple([.bool(isOpened), .bytes([UInt8](repeating: hash, count: 32))])
        ]))
    }
    #expect(try opening(false, 0) == .none)
    #expect(try opening(true, 0) == .couldNotRun)
    #expect(try opening(true, 7) == .result(Digest32([UInt8](repeating: 7, count: 32))))
  }

  /// The windows as `submitJob` takes them, and which the contracts refuse.
  @Test func windows() throws {
    let limit = JobWindows.limit
    #expect(JobWindows(claim: 1, commit: limit, open: 1, challenge: limit).areFit)
    #expect(!JobWindows(claim: 0, commit: 1, open: 1, challenge: 1).areFit)
    #expect(!JobWindows(claim: 1, commit: 1, open: 1, challenge: limit + 1).areFit)
    #expect(!JobWindows(claim: 1, commit: 1, open: .max, challenge: 1).areFit)
    let windows = JobWindows(claim: 1, commit: 2, open: 3, challenge: 4)
    let id = try #require(JobKey.bytes(of: "000102030405060708090a0b0c0d0e0f"))
    let call = try JobMarketplace.submitJob.encodeCall([
      .bytes(id), .bytes(Digest32.zero.bytes), .string("bafy"), .uint(3), .uint(2), .uint(1),
      windows.value, .address(ann), .uint(100),
    ])
    let arguments = try JobMarketplace.submitJob.decodeCall(call)
    #expect(arguments[0] == .bytes(Array(0...15)))
    #expect(arguments[6].json == ["1", "2", "3", "4"])
  }
}
