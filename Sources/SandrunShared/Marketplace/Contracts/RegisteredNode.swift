public import Ethereum
public import WideInteger

/// A node as it is registered, and what became of its claims: NodeRegistry's `nodes`.
public struct RegisteredNode: Hashable, Sendable {
  /// Who signs and sends for it.
  public var operatorAddress: Address
  /// Who withdraws its stake and gets its pay.
  public var owner: Address
  /// Whether it may claim: it is not retired.
  public var isActive: Bool
  /// Its stake in wei.
  public var stake: UInt256
  /// What of it is bound by claims.
  public var bound: UInt256
  /// How many claims are not final.
  public var openClaims: UInt64
  /// When it retired; nil where it did not.
  public var retiredAt: UInt64?
  /// How many claims ended with the opening of a result.
  public var done: UInt64
  /// How many of these were the verdict.
  public var agreed: UInt64
  /// How many ended with "could not run", or in silence.
  public var failed: UInt64
  /// How often it lost a bond.
  public var slashed: UInt64

  /// Reads what `nodes` gave; nil where there is no such node.
  public init?(answer data: [UInt8]) throws(ContractAnswerError) {
    var answer = try ContractAnswer(data, of: NodeRegistry.nodes)
    operatorAddress = answer.address()
    owner = answer.address()
    isActive = answer.flag()
    stake = answer.number()
    bound = answer.number()
    openClaims = try answer.small()
    let retired = try answer.small()
    retiredAt = retired == 0 ? nil : retired
    done = try answer.small()
    agreed = try answer.small()
    failed = try answer.small()
    slashed = try answer.small()
    guard owner != Address(word: 0) else { return nil }
  }

  /// What it can bind still, in wei.
  public var freeStake: UInt256 { stake > bound ? stake - bound : 0 }
}
