import ABI
import Ethereum
import EthereumRPC
import HTTP
import Hashing
import Marketplace
import Records
import TestSupport
import Testing
import WideInteger

@testable import MarketplaceClient

/// A marketplace that is found on a chain, and jobs that are looked at, whatever the chain's node does meanwhile.
@Suite("A look at the marketplace") struct MarketLookTests {
  private func finder(_ chain: RecordedChain, at address: Address? = nil) throws -> MarketFinder {
    let scratch = try Scratch()
    return MarketFinder(
      chain.client, at: try address ?? chain.market.jobMarketplace,
      ContractRegistry(folder: scratch.path))
  }

  // MARK: Wiring

  @Test("finds four contracts that name each other, once") func wired() async throws {
    try await RecordedChain.run { chain in
      try await chain.wire()
      let finder = try finder(chain)
      let market = try await finder.market()
      let expected = try chain.market
      for contract in MarketplaceContract.allCases {
        #expect(market.address(of: contract) == expected.address(of: contract))
      }
      #expect(market.chain == expected.chain)
      let asked = try await chain.asked("eth_call")
      _ = try await finder.market()
      #expect(try await chain.asked("eth_call") == asked)
    }
  }

  @Test("refuses contracts of which one names another, is another, or is not there") func wrong()
    async throws
  {
    try await RecordedChain.run { chain in
      let getters: [(MarketplaceContract, ABIFunction)] = [
        (.jobMarketplace, JobMarketplace.registry), (.jobMarketplace, JobMarketplace.consensus),
        (.consensusManager, ConsensusManager.proofs),
        (.consensusManager, ConsensusManager.marketplace),
        (.consensusManager, ConsensusManager.registry),
        (.nodeRegistry, NodeRegistry.marketplace), (.nodeRegistry, NodeRegistry.consensus),
        (.proofVerification, ProofVerification.marketplace),
      ]
      let stranger = RecordedJob.word(try RecordedJob.word(RecordedJob.node(0x66)))
      for (contract, getter) in getters {
        for data in [stranger, [], [UInt8](repeating: 255, count: 32), nil] {
          try await chain.wire()
          try await chain.answer(contract, getter, [], data)
          let found = await failure { try await self.finder(chain).market() }
          #expect(found?.code == "bad-wiring" && found?.status == .protocolViolation)
        }
      }
      try await chain.wire()
      _ = try await finder(chain).market()
    }
  }

  @Test("finds none where none is registered, or where nobody answers") func missing() async throws
  {
    try await RecordedChain.run { chain in
      let none = MarketFinder(chain.client, at: nil, ContractRegistry(folder: try Scratch().path))
      let unknown = await failure { try await none.market() }
      #expect(unknown?.status == .missingInput)
      #expect(unknown?.hint?.contains("--marketplace") == true)
      try await chain.wire()
      try await chain.tell("fail", 1000)
      let finder = try finder(chain)
      #expect(await failure { try await finder.market() }?.isRetryable == true)
      // What failed once is asked again.
      try await chain.tell("fail", 0)
      _ = try await finder.market()
    }
  }

  @Test("refuses the escrow of another chain, contract or verifier") func another() throws {
    let market = try Market.sample
    let jobId = Keccak256.hash([1])
    func code(_ chainId: UInt64, _ contract: Address, _ verifier: Address) -> String? {
      let escrow = EscrowMember(
        jobId: jobId, chainId: chainId, contract: contract, verifier: verifier)
      do throws(Failure) {
        try escrow.check(market)
        return nil
      } catch { return error.status == .data ? error.code : "\(error.status)" }
    }
    #expect(code(31337, market.jobMarketplace, market.consensusManager) == nil)
    #expect(code(1, market.jobMarketplace, market.consensusManager) == "another-marketplace")
    #expect(code(31337, market.nodeRegistry, market.consensusManager) == "another-marketplace")
    #expect(code(31337, market.jobMarketplace, market.nodeRegistry) == "another-marketplace")
  }

  // MARK: Looks

  @Test("takes several jobs of one block in two requests, one that lies by itself") func several()
    async throws
  {
    try await RecordedChain.run { chain in
      let all = try Array(RecordedJob.all().prefix(8))
      var questions: [MarketQuestion] = []
      for (index, job) in all.enumerated() {
        var job = job
        job.jobId = Keccak256.hash([UInt8(index), 1])
        if index == 3 { job.verdict(0, 6) }
        if index == 5 { job.job(0, 0) }
        questions.append(MarketQuestion(job.jobId))
        try await chain.answer(job.calls())
      }
      let head = RecordedChain.Head(1000, at: all[0].moments[0].time)
      try await chain.heads([head])
      let before = try await chain.asked("eth_call")
      let look = try await chain.market.look(questions)
      #expect(try await chain.asked("eth_call") == before + 2)
      #expect(look.header.number == 1000 && look.blockHash == head.hash)
      for (index, result) in look.jobs.enumerated() {
        switch index {
        case 3: #expect(throws: Failure.self) { try result.get() }
        case 5: #expect(try result.get() == nil)
        default:
          let job = try #require(try result.get())
          #expect(job.jobId == questions[index].jobId && job.blockHash == head.hash)
          #expect(job.current.entries.map(\.node) == all[index].claimants[job.current.index])
        }
      }
    }
  }

  @Test("is of one block, where the head moves and where it is replaced") func moving() async throws
  {
    try await RecordedChain.run { chain in
      let recorded = try RecordedJob.first { $0.current.entries.count > 1 }
      try await chain.answer(recorded.calls())
      let (first, other) = (
        RecordedChain.Head(1000, at: 5), RecordedChain.Head(1000, 1, at: 6)
      )
      let next = RecordedChain.Head(1001, at: 7)
      // A block comes between the first question and the last: all is asked anew of the first block.
      try await chain.heads([first, next])
      var job = try #require(try await chain.market.job(recorded.jobId))
      #expect(job.blockHash == first.hash && job.time == 5)
      // The first batch is of a block that the second finds replaced: the look begins anew.
      try await chain.heads([first, first, other])
      job = try #require(try await chain.market.job(recorded.jobId))
      #expect(job.blockHash == other.hash && job.time == 6)
    }
  }

  @Test("gives up where the head never holds still, or the node lacks its own block")
  func unsteady()
    async throws
  {
    try await RecordedChain.run { chain in
      let recorded = try RecordedJob.first { $0.current.entries.count > 1 }
      try await chain.answer(recorded.calls())
      let (first, other) = (
        RecordedChain.Head(1000, at: 5), RecordedChain.Head(1000, 1, at: 6)
      )
      try await chain.heads([first, other], cycling: true)
      let moving = await failure { try await chain.market.job(recorded.jobId) }
      #expect(moving?.code == "unsteady-head" && moving?.status == .temporary)
      try await chain.heads([first])
      #expect(try await chain.market.job(recorded.jobId) != nil)
      try await chain.tell("hide", 1000)
      let lacking = await failure { try await chain.market.job(recorded.jobId) }
      #expect(lacking?.code == "unsteady-head")
    }
  }

  @Test("tells of a node that reverts a getter, or whose block cannot be") func malformed()
    async throws
  {
    try await RecordedChain.run { chain in
      let recorded = try RecordedJob.first { $0.current.entries.count > 1 }
      try await chain.answer(recorded.calls())
      try await chain.heads([RecordedChain.Head(1000, at: 5)])
      let arguments: [ABIValue] = [.bytes(recorded.jobId.bytes)]
      try await chain.answer(.jobMarketplace, JobMarketplace.jobs, arguments, nil)
      let found = await failure { try await chain.market.job(recorded.jobId) }
      #expect(found?.status == .protocolViolation)
      #expect(found?.message.contains("JobMarketplace.jobs reverts") == true)
      try await chain.answer(recorded.calls())
      #expect(try await chain.market.job(recorded.jobId) != nil)
      try await chain.heads([RecordedChain.Head((1 << 63) + 1, at: 5)])
      let high = await failure { try await chain.market.job(recorded.jobId) }
      #expect(high?.status == .protocolViolation)
    }
  }

  @Test("tells who operates a node, and refuses a registration that is another's")
  func registration()
    async throws
  {
    try await RecordedChain.run { chain in
      let (ann, bob) = (try RecordedJob.node(1), try RecordedJob.node(2))
      #expect(await failure { try await chain.market.registration(of: ann) }?.code == "bad-answer")
      func node(_ account: Address, _ claims: UInt8 = 0) throws -> [UInt8] {
        let word = try RecordedJob.word(account)
        return word.bytes + word.bytes + RecordedJob.word(1)
          + (0..<8).flatMap { RecordedJob.word($0 == 2 ? .init(claims) : 0) }
      }
      let number: [ABIValue] = [.address(ann)]
      try await chain.answer(.nodeRegistry, NodeRegistry.numberOf, number, RecordedJob.word(0))
      #expect(try await chain.market.registration(of: ann) == nil)
      try await chain.answer(.nodeRegistry, NodeRegistry.numberOf, number, RecordedJob.word(7))
      try await chain.answer(.nodeRegistry, NodeRegistry.nodes, [.uint(7)], node(ann, 2))
      let found = try #require(try await chain.market.registration(of: ann))
      #expect(found.number == 7 && found.node.openClaims == 2)
      try await chain.answer(.nodeRegistry, NodeRegistry.nodes, [.uint(7)], node(bob))
      #expect(await failure { try await chain.market.registration(of: ann) }?.code == "bad-answer")
    }
  }
}
