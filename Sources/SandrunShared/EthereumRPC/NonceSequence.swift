public import Ethereum
import Synchronization
public import WideInteger

/// The nonces that one process gives to its transactions, chain by chain and sender by sender.
///
/// The caller asks in the order of its input, once nothing else can fail, so that there are no gaps.
public final class NonceSequence: Sendable {
  /// Whose nonces: an account on a chain.
  public struct Account: Hashable, Sendable {
    /// The chain's id.
    public var chainId: UInt256
    /// Who sends.
    public var sender: Address

    /// Names an account.
    public init(chainId: UInt256, sender: Address) {
      self.chainId = chainId
      self.sender = sender
    }
  }

  /// A nonce that was given.
  public struct Taken: Equatable, Sendable {
    /// The nonce.
    public var nonce: UInt64
    /// The nonce that was counted, where the chain's own count had run ahead of it: somebody else uses the key.
    public var counted: UInt64?
  }

  /// The highest nonce that a transaction may have (EIP-2681).
  public static let highest = UInt64.max - 1

  private let next = Mutex<[Account: UInt64]>([:])

  /// Starts with nothing counted.
  public init() {}

  /// The next nonce of an account: the one counted, or the chain's count of its transactions, pending ones included, if that is higher.
  ///
  /// Nil where the account has used up all nonces.
  public func take(for account: Account, pending: UInt64) -> Taken? {
    next.withLock { next in
      let counted = next[account]
      let nonce = max(counted ?? pending, pending)
      guard nonce <= Self.highest else { return nil }
      next[account] = nonce + 1
      return Taken(nonce: nonce, counted: counted.flatMap { $0 < pending ? $0 : nil })
    }
  }

  /// Counts past a nonce that a transaction brought with it.
  public func pass(_ nonce: UInt64, of account: Account) {
    guard nonce <= Self.highest else { return }
    next.withLock { next in next[account] = max(next[account] ?? 0, nonce + 1) }
  }

  /// Takes a nonce back that no transaction used, to be given again; false where a later one was given, so that it is left open.
  public func giveBack(_ nonce: UInt64, of account: Account) -> Bool {
    next.withLock { next in
      guard next[account] == nonce + 1 else { return false }
      next[account] = nonce
      return true
    }
  }
}
