import Ethereum
import Marketplace
import Records
import Testing
import WideInteger

@testable import Matching

/// What a node demands of terms that the contracts tell.
@Suite("Demands") struct MatchPolicyTests {
  private func code(_ policy: MatchPolicy, _ escrow: Escrow) throws -> JobRefusal.Code? {
    let posted = try escrow.posted()
    return refusal { () throws(JobRefusal) in try policy.check(posted) }?.code
  }

  /// What is said of the terms of an escrow that was changed.
  private func code(
    _ change: (inout MatchPolicy) -> Void = { _ in }, of terms: (inout Escrow) -> Void = { _ in }
  ) throws -> JobRefusal.Code? {
    var (policy, escrow) = (MatchPolicy(), Escrow())
    change(&policy)
    terms(&escrow)
    return try code(policy, escrow)
  }

  private func code(
    _ policy: MatchPolicy, _ escrow: Escrow, _ change: (inout JSONObject) -> Void
  ) throws -> JobRefusal.Code? {
    let (posted, job) = (try escrow.posted(), try Job(sampleJob(change)))
    return refusal { () throws(JobRefusal) in try policy.check(posted, for: job) }?.code
  }

  @Test("ETH is taken by itself, tokens where they are named, each share from its least on")
  func currencies() throws {
    let (token, other) = (try Escrow.account(0x31), try Escrow.account(0x32))
    #expect(try code() == nil)
    #expect(try code { $0.takesEther = false } == .currency)
    #expect(try code { $0.minimumShare = 100_000 } == nil)
    #expect(try code { $0.minimumShare = 100_001 } == .pay)
    #expect(try code({ _ in }, of: { $0.token = token }) == .currency)
    #expect(try code({ $0.tokens = [other: 0] }, of: { $0.token = token }) == .currency)
    #expect(try code({ $0.tokens = [token: 100_000] }, of: { $0.token = token }) == nil)
    #expect(try code({ $0.tokens = [token: 100_001] }, of: { $0.token = token }) == .pay)
    // What is wanted of ETH says nothing of tokens.
    let paid = try code(
      { (policy) in
        policy.tokens = [token: 0]
        (policy.takesEther, policy.minimumShare) = (false, 1 << 60)
      }, of: { $0.token = token })
    #expect(paid == nil)
    // A share is rounded down: the rest is nobody's.
    #expect(try code({ $0.minimumShare = 100_000 }, of: { $0.payment = 299_999 }) == .pay)
  }

  @Test("a bond is risked through the largest, whatever the currency") func bonds() throws {
    #expect(try code({ _ in }, of: { $0.bond = .max }) == nil)
    #expect(try code { $0.maximumBond = 1000 } == nil)
    #expect(try code { $0.maximumBond = 999 } == .bond)
    let token = try Escrow.account(0x31)
    let refused = try code(
      { (policy) in (policy.tokens, policy.maximumBond) = ([token: 0], 999) },
      of: { $0.token = token })
    #expect(refused == .bond)
  }

  @Test("windows are neither shorter nor longer than they may be, each by its own limit")
  func windows() throws {
    #expect(try code { $0.minimumOpen = 600 } == nil)
    #expect(try code { $0.minimumOpen = 601 } == .window)
    #expect(try code { $0.maximumHold = 1200 } == nil)
    #expect(try code { $0.maximumHold = 1199 } == .window)
    #expect(try code({ $0.maximumHold = 1200 }, of: { $0.windows.claim = 1201 }) == .window)
    #expect(try code { $0.maximumWait = 3600 } == nil)
    #expect(try code { $0.maximumWait = 3599 } == .window)
    #expect(try code({ $0.maximumWait = 3600 }, of: { $0.windows.open = 3601 }) == .window)
    // Waiting binds money, holding a place: neither limit is the other's.
    #expect(try code { ($0.maximumHold, $0.maximumWait) = (1200, 3600) } == nil)
    let day: UInt64 = 86_400
    #expect(try code({ _ in }, of: { $0.windows.commit = day }) == nil)
    #expect(try code({ _ in }, of: { $0.windows.commit = day + 1 }) == .window)
    #expect(try code({ _ in }, of: { $0.windows.challenge = 7 * day }) == nil)
    #expect(try code({ _ in }, of: { $0.windows.challenge = 7 * day + 1 }) == .window)
    let posted = try Escrow().posted()
    let reason = refusal { () throws(JobRefusal) in
      var policy = MatchPolicy()
      policy.maximumHold = 1199
      try policy.check(posted)
    }?.reason
    #expect(reason == "its commit window is 1200 s, longer than 1199 s")
  }

  @Test("a share covers the gas at its price, where it is in ETH") func gas() throws {
    func code(_ gas: UInt64, _ price: UInt256, _ escrow: Escrow = Escrow()) throws
      -> JobRefusal.Code?
    {
      var policy = MatchPolicy()
      policy.gas = gas
      let (demands, posted) = (policy, try escrow.posted())
      return refusal { () throws(JobRefusal) in try demands.check(posted, gasPrice: price) }?.code
    }
    #expect(try code(100, 1000) == nil)
    #expect(try code(100, 1001) == .pay)
    #expect(try code(0, .max) == nil)
    // What no number holds is more than any share.
    #expect(try code(.max, .max) == .pay)
    #expect(try code(2, UInt256.max >> 1 + 1) == .pay)
    var token = Escrow()
    token.token = try Escrow.account(0x31)
    #expect(try code(.max, .max, token) == nil)
  }

  @Test("the commit window is longer than timeout and margin together") func margin() throws {
    var policy = MatchPolicy()
    func code(timeout: Int) throws -> JobRefusal.Code? {
      try self.code(policy, Escrow()) { $0["timeout"] = .integer(timeout) }
    }
    #expect(try code(timeout: 899) == nil)
    #expect(try code(timeout: 900) == .window)
    policy.margin = 1139
    #expect(try code(timeout: 60) == nil)
    policy.margin = 1140
    #expect(try code(timeout: 60) == .window)
    policy.margin = .max
    #expect(try code(timeout: 60) == .window)
    policy.margin = 0
    #expect(try code(timeout: 1199) == nil)
    #expect(try code(timeout: 1200) == .window)
  }

  @Test("a share pays the machine's price for the whole time limit, and that of its GPUs")
  func price() throws {
    var policy = MatchPolicy()
    // 100000 wei for a minute: 6000000 an hour.
    policy.price = NodePrice(cpu: 6_000_000)
    #expect(try code(policy, Escrow()) { _ in } == nil)
    policy.price = NodePrice(cpu: 6_000_001)
    #expect(try code(policy, Escrow()) { _ in } == .pay)
    policy.price = NodePrice(gpu: 3_000_000)
    let gpus: (inout JSONObject) -> Void = { $0["gpu"] = ["type": "cuda", "count": .integer(2)] }
    policy.takesUnpinned = true
    #expect(try code(policy, Escrow(), gpus) == nil)
    policy.price = NodePrice(gpu: 3_000_001)
    #expect(try code(policy, Escrow(), gpus) == .pay)
    #expect(try code(policy, Escrow()) { _ in } == nil)
    policy.price = NodePrice(gpu: .max, cpu: .max)
    #expect(try code(policy, Escrow(), gpus) == .pay)
    // The price is in ETH: a token's worth is said with the token.
    var token = Escrow()
    token.token = try Escrow.account(0x31)
    #expect(try code(policy, token, gpus) == nil)
  }

  @Test(
    "a job for GPUs on whose result nodes must agree is not pinned, and is taken only on demand")
  func pins() throws {
    var policy = MatchPolicy()
    let gpu: (inout JSONObject) -> Void = { $0["gpu"] = ["type": "cuda", "count": .integer(1)] }
    #expect(try code(policy, Escrow(), gpu) == .unpinned)
    var single = Escrow()
    single.quorum = 1
    #expect(try code(policy, single, gpu) == nil)
    #expect(try code(policy, Escrow()) { _ in } == nil)
    policy.takesUnpinned = true
    #expect(try code(policy, Escrow(), gpu) == nil)
  }
}

/// What a node demands of a job that is in no escrow.
@Suite("Promises") struct MatchPromiseTests {
  private func code(
    _ policy: MatchPolicy, _ change: (inout JSONObject) -> Void = { _ in }
  ) throws -> JobRefusal.Code? {
    let job = try Job(sampleJob(change))
    return refusal { () throws(JobRefusal) in try policy.check(promise: job) }?.code
  }

  @Test("of a payment are held against price, least share and currency") func pay() throws {
    var policy = MatchPolicy()
    #expect(try code(policy) == nil)
    #expect(try code(policy) { $0["payment"] = nil } == nil)
    policy.minimumShare = 100_000
    #expect(try code(policy) == nil)
    policy.minimumShare = 100_001
    #expect(try code(policy) == .pay)
    #expect(try code(policy) { $0["payment"] = nil } == .pay)
    policy.minimumShare = 0
    policy.price = NodePrice(cpu: 6_000_001)
    #expect(try code(policy) == .pay)
    policy.price = NodePrice()
    policy.takesEther = false
    #expect(try code(policy) == .currency)
    // Who asks for nothing of ETH is not kept from what is free.
    #expect(try code(policy) { $0["payment"] = nil } == nil)
    let token = try Escrow.account(0x31)
    func paying(_ job: inout JSONObject) {
      job["payment"] = ["amount": "300000", "token": .string("\(token)")]
    }
    #expect(try code(policy, paying) == .currency)
    policy.tokens = [token: 100_000]
    #expect(try code(policy, paying) == nil)
    policy.tokens = [token: 100_001]
    #expect(try code(policy, paying) == .pay)
  }

  @Test("of GPUs are refused where several nodes must agree") func pins() throws {
    var policy = MatchPolicy()
    let gpu: (inout JSONObject) -> Void = { $0["gpu"] = ["type": "cuda", "count": .integer(1)] }
    #expect(try code(policy, gpu) == .unpinned)
    #expect(
      try code(policy) {
        gpu(&$0)
        $0["consensus"] = "1-of-1"
      } == nil)
    policy.takesUnpinned = true
    #expect(try code(policy, gpu) == nil)
  }
}
