import Ethereum
import Marketplace
import Records
import Testing
import WideInteger

/// How jobs ended on the real contracts, and who was credited what.
@Suite struct SettlementTests {
  @Test func everyRow() throws {
    var kinds: Set<PaymentKind> = []
    let rows = try Row.own("marketplace-payments.jsonl")
    for (place, row) in rows.enumerated() {
      let settlement = try self.settlement(row)
      let expected = try #require(row.json["credits"]?.elements).map { json in
        let parts = try #require(json.elements)
        let kind = UInt8(try #require(parts[2].integer))
        return Settlement.Credit(
          account: try Address(parsing: #require(parts[0].string)),
          amount: try UInt256(decimal: #require(parts[1].string)),
          kind: try #require(PaymentKind(rawValue: kind)))
      }
      #expect(settlement.credits == expected, "row \(place + 1)")
      #expect(try settlement.total == held(row), "row \(place + 1)")
      kinds.formUnion(expected.map(\.kind))
    }
    #expect(rows.count == 42)
    #expect(kinds == Set(PaymentKind.allCases).subtracting([.losersBonds]))
  }

  @Test func everyLostBond() throws {
    var seen: Set<String> = []
    for row in try Row.own("marketplace-payments.jsonl") {
      let isTurned = row.json["challenge"]?["turned"].map { $0 == .bool(true) } ?? false
      for json in try #require(row.json["lost"]?.elements) {
        let parts = try #require(json.elements)
        let number = UInt8(try #require(parts[0].integer))
        let reason = try #require(SlashReason(rawValue: number))
        let lost = try LostBond(row.number("bond"), reason: reason, isTurned: isTurned)
        #expect(try lost.toChallenger == UInt256(decimal: #require(parts[1].string)))
        #expect(try lost.burned == UInt256(decimal: #require(parts[2].string)))
        seen.insert("\(reason) \(isTurned)")
      }
    }
    #expect(seen.isSuperset(of: ["expired false", "silent false", "otherResult true"]))
  }

  /// Odd bonds: the half that burns is the larger.
  @Test(arguments: [0, 1, 2, 3, UInt256(low: .max)] as [UInt256])
  func halves(bond: UInt256) {
    for reason in SlashReason.allCases {
      for isTurned in [false, true] {
        let lost = LostBond(bond, reason: reason, isTurned: isTurned)
        #expect(lost.toChallenger + lost.burned == bond)
        let isShared = isTurned && reason != .expired
        #expect(lost.toChallenger == (isShared ? bond / 2 : 0))
      }
    }
  }

  /// Money is conserved, whatever the numbers.
  @Test func nothingIsMadeOrLost() throws {
    var generator = SystemRandomNumberGenerator()
    let (ann, carl) = (try address(1), try address(2))
    for _ in 0..<2000 {
      let nodes = Int.random(in: 1...15, using: &generator)
      let small = UInt128(nodes)
      // So that a challenger's bond still fits.
      let payment = UInt256(low: UInt128.random(in: small...(.max / 4), using: &generator))
      let winners = try owners(Int.random(in: 0...nodes, using: &generator))
      let share = payment / UInt256(low: small)
      let least = share * UInt256(low: UInt128(2 * nodes + 1))
      let isFilled = Bool.random(using: &generator)
      let count = isFilled ? Int.random(in: 0...(2 * nodes + 1), using: &generator) : 0
      let bond = least + UInt256(low: UInt128.random(in: 0...1000, using: &generator))
      let challenge = try Settlement.Challenge(
        challenger: carl, bond: bond, checkers: owners(count),
        isTurned: isFilled && Bool.random(using: &generator), isFilled: isFilled)
      let plain = try Settlement(
        paying: payment, nodes: nodes, submitter: ann, winners: winners)
      #expect(plain.total == payment)
      let judged = try Settlement(
        paying: payment, nodes: nodes, submitter: ann, winners: winners, challenge: challenge)
      #expect(judged.total == payment + bond)
      for settlement in [plain, judged] {
        #expect(settlement.credits.allSatisfy { $0.amount > 0 })
        let shares = settlement.credits.filter { [.nodeShare, .checkerShare].contains($0.kind) }
        #expect(shares.allSatisfy { $0.amount == share })
      }
    }
  }

  /// What no contract lets come about is refused, and nothing traps.
  @Test func whatCannotBe() throws {
    let ann = try address(1)
    func refusal(
      _ payment: UInt256, _ nodes: Int, _ winners: Int, _ challenge: Settlement.Challenge? = nil
    ) throws -> SettlementError? {
      let winners = try owners(winners)
      do throws(SettlementError) {
        _ = try Settlement(
          paying: payment, nodes: nodes, submitter: ann, winners: winners, challenge: challenge)
        return nil
      } catch {
        return error
      }
    }
    func challenge(
      _ bond: UInt256, checkers: Int = 0, isTurned: Bool = false, isFilled: Bool = true
    ) throws -> Settlement.Challenge {
      try Settlement.Challenge(
        challenger: ann, bond: bond, checkers: owners(checkers), isTurned: isTurned,
        isFilled: isFilled)
    }
    #expect(try refusal(100, 0, 0) == .badNodes)
    #expect(try refusal(100, -1, 0) == .badNodes)
    #expect(try refusal(100, 16, 0) == .badNodes)
    #expect(try refusal(100, .max, 0) == .badNodes)
    #expect(try refusal(100, 3, 4) == .badNodes)
    #expect(try refusal(2, 3, 0) == .badAmount)
    #expect(try refusal(.max, 3, 0) == .badAmount)
    #expect(try refusal(Settlement.amountLimit + 1, 3, 0) == .badAmount)
    #expect(try refusal(Settlement.amountLimit, 15, 15) == nil)
    #expect(try refusal(99, 3, 1, challenge(230)) == .badAmount)
    #expect(try refusal(99, 3, 1, challenge(231)) == nil)
    #expect(try refusal(99, 3, 1, challenge(.max)) == .badAmount)
    // The largest payment can be challenged, too.
    #expect(try refusal(Settlement.amountLimit, 15, 1, challenge(.max)) == .badAmount)
    let most = Settlement.challengeLimit
    for nodes in [1, 2, 15] {
      let share = Settlement.amountLimit / UInt256(nodes)
      let least = share * UInt256(2 * nodes + 1)
      #expect(try refusal(Settlement.amountLimit, nodes, 1, challenge(least)) == nil)
      #expect(try refusal(Settlement.amountLimit, nodes, 1, challenge(least - 1)) == .badAmount)
      #expect(try refusal(Settlement.amountLimit, nodes, 1, challenge(most)) == nil)
      #expect(try refusal(Settlement.amountLimit, nodes, 1, challenge(most + 1)) == .badAmount)
    }
    #expect(try refusal(99, 3, 1, challenge(231, checkers: 7)) == nil)
    #expect(try refusal(99, 3, 1, challenge(231, checkers: 8)) == .badNodes)
    #expect(try refusal(99, 3, 1, challenge(231, checkers: 1, isFilled: false)) == .badNodes)
    #expect(try refusal(99, 3, 1, challenge(231, isTurned: true, isFilled: false)) == .badNodes)
    // A refund of nothing credits nothing.
    #expect(Settlement(refunding: 0, to: ann).credits.isEmpty)
    #expect(Settlement(refunding: .max, to: ann).total == .max)
  }

  // MARK: Reading rows

  private func settlement(_ row: Row) throws -> Settlement {
    let (payment, submitter) = (try row.number("payment"), try row.address("submitter"))
    guard try !row.flag("refunded") else { return Settlement(refunding: payment, to: submitter) }
    return try Settlement(
      paying: payment, nodes: row.count("nodes"), submitter: submitter,
      winners: addresses(row.json["winners"]), challenge: challenge(row))
  }

  private func challenge(_ row: Row) throws -> Settlement.Challenge? {
    guard let json = row.json["challenge"], json != .null else { return nil }
    let row = Row(json: json)
    return try Settlement.Challenge(
      challenger: row.address("challenger"), bond: row.number("bond"),
      checkers: addresses(json["checkers"]), isTurned: row.flag("turned"),
      isFilled: row.flag("filled"))
  }

  private func held(_ row: Row) throws -> UInt256 {
    try row.number("payment") + (challenge(row)?.bond ?? 0)
  }

  private func addresses(_ json: JSON?) throws -> [Address] {
    try #require(json?.elements).map { try Address(parsing: #require($0.string)) }
  }

  private func owners(_ count: Int) throws -> [Address] {
    try (0..<count).map { try address(UInt8(100 + $0)) }
  }

  private func address(_ number: UInt8) throws -> Address {
    try Address(bytes: [UInt8](repeating: number, count: 20))
  }
}
