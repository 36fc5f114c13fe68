internal import EthereumRPC
public import Ethereum
public import Hashing
public import WideInteger

/// What is known of a transaction whose receipt is waited for: what the receipt must agree with.
public struct ReceiptExpectation: Sendable {
  /// Whom a transaction calls.
  public enum Target: Equatable, Sendable {
    /// An account or a contract.
    case account(Address)
    /// Nobody: it makes a contract.
    case creation
  }

  /// The transaction's hash.
  public var hash: Digest32
  /// Who sent it.
  public var from: Address?
  /// Whom it calls.
  public var target: Target?
  /// The sender's nonce.
  public var nonce: UInt64?
  /// The most gas that it may use.
  public var gas: UInt64?
  /// The chain that it is for.
  public var chainId: UInt256?

  /// Expects no more than that the receipt is this transaction's.
  public init(hash: Digest32) { self.hash = hash }

  /// Expects all that the signed bytes tell.
  public init(_ transaction: SignedTransaction) {
    hash = transaction.hash
    from = transaction.from
    target = transaction.transaction.to.map { .account($0) } ?? .creation
    nonce = transaction.transaction.nonce
    gas = transaction.transaction.gas
    chainId = transaction.transaction.chainId
  }

  /// The address of the contract that it makes; nil where it makes none or that is not known.
  public var contract: Address? {
    guard target == .creation, let from, let nonce else { return nil }
    return Address(createdBy: from, nonce: nonce)
  }

  /// Holds a node's receipt against what is known.
  func check(_ receipt: TransactionReceipt, in value: RPCValue) throws(RPCError) {
    guard receipt.transactionHash == hash else {
      throw value.flaw("the receipt of \(receipt.transactionHash), where \(hash) was asked for")
    }
    if let from, receipt.from != from {
      throw value.flaw("it says that \(receipt.from) sent \(hash), which \(from) signed")
    }
    switch target {
    case nil: break
    case .creation:
      guard receipt.to == nil else {
        throw value.flaw("\(hash) makes a contract, and calls nobody")
      }
      // A creation that failed has made nothing; some nodes tell the address all the same.
      guard
        receipt.contractAddress == contract || contract == nil
          || !receipt.hasSucceeded && receipt.contractAddress == nil
      else {
        throw value.flaw(
          "the contract of \(hash) is \(Self.shown(contract)), not \(Self.shown(receipt.contractAddress))"
        )
      }
    case .account(let to):
      guard receipt.to == to, receipt.contractAddress == nil else {
        throw value.flaw("\(hash) calls \(to), not \(Self.shown(receipt.to))")
      }
    }
    if let gas, receipt.gasUsed > gas {
      throw value.flaw("\(hash) used \(receipt.gasUsed) gas, where it may use \(gas)")
    }
  }

  private static func shown(_ address: Address?) -> String { address.map { "\($0)" } ?? "nothing" }
}
