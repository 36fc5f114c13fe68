public import Ethereum
import Synchronization
public import WideInteger

/// The nonces that one process gives to its transactions, chain by chain and sender by sender.
///
/// The caller asks in the order of its input, once nothing else can fail, so that there are no gaps. Where one comes about
/// all the same, since a node refused a transaction whose followers were on their way, the next transaction fills it.
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
    /// Whether later ones were given before: it fills a gap.
    public var isOpen = false
  }

  /// What a nonce is once a transaction has not used it.
  public enum Return: Equatable, Sendable {
    /// The next to be given.
    case next
    /// The next to be given, with later ones in use, which wait for it.
    case open
    /// In use all the same: another transaction of this process brought the same.
    case used
  }

  /// The highest nonce that a transaction may have (EIP-2681).
  public static let highest = UInt64.max - 1

  private let counts = Mutex<[Account: NonceCount]>([:])

  /// Starts with nothing counted.
  public init() {}

  /// The next nonce of an account: one that stayed open, else the one counted, or the chain's count of its transactions, pending ones included, if that is higher.
  ///
  /// Passes over those that transactions brought. Nil where the account has used up all nonces.
  public func take(for account: Account, pending: UInt64) -> Taken? {
    counts.withLock { $0[account, default: NonceCount()].take(pending: pending) }
  }

  /// Notes a nonce that a transaction brought with it; gives the lowest one that this leaves open before it, once, where that is known.
  @discardableResult
  public func pass(_ nonce: UInt64, of account: Account) -> UInt64? {
    guard nonce <= Self.highest else { return nil }
    return counts.withLock { $0[account, default: NonceCount()].pass(nonce) }
  }

  /// Takes a nonce back that a transaction did not use, to be given again.
  public func giveBack(_ nonce: UInt64, of account: Account) -> Return {
    counts.withLock { $0[account, default: NonceCount()].giveBack(nonce) }
  }
}

/// What is known of an account's nonces.
private struct NonceCount {
  /// The nonce after those that were counted; nil before one was given.
  private var next: UInt64?
  /// Nonces that came back, and that nobody uses.
  private var open: Set<UInt64> = []
  /// Nonces that transactions brought, from `next` on.
  private var ahead: Set<UInt64> = []
  /// Nonces that more than one transaction has: they are never given again.
  private var shared: Set<UInt64> = []
  /// The open nonce that was told last.
  private var told: UInt64?

  mutating func take(pending: UInt64) -> NonceSequence.Taken? {
    // What the chain has counted is no longer open.
    if !open.isEmpty { open = open.filter { $0 >= pending } }
    let counted = next
    let start = max(counted ?? pending, pending)
    if let lowest = open.min(), lowest < start {
      open.remove(lowest)
      return .init(nonce: lowest, counted: nil, isOpen: true)
    }
    if let counted, counted < pending, !ahead.isEmpty { ahead = ahead.filter { $0 >= pending } }
    let nonce = after(start)
    guard nonce <= NonceSequence.highest else { return nil }
    next = nonce + 1
    open.remove(nonce)
    return .init(nonce: nonce, counted: counted.flatMap { $0 < pending ? $0 : nil })
  }

  mutating func pass(_ nonce: UInt64) -> UInt64? {
    if isUsed(nonce) {
      shared.insert(nonce)
    } else {
      open.remove(nonce)
      if nonce >= next ?? 0 { ahead.insert(nonce) }
      next = next.map { after($0) }
    }
    guard let lowest = [open.min(), next].compactMap(\.self).min(), lowest < nonce, lowest != told
    else { return nil }
    told = lowest
    return lowest
  }

  mutating func giveBack(_ nonce: UInt64) -> NonceSequence.Return {
    guard isUsed(nonce), !shared.contains(nonce) else { return .used }
    guard let next, nonce < next else {
      ahead.remove(nonce)
      open.insert(nonce)
      return ahead.contains(nonce + 1) ? .open : .next
    }
    guard nonce + 1 == next else {
      open.insert(nonce)
      return .open
    }
    var lowest = nonce
    while lowest > 0, open.remove(lowest - 1) != nil { lowest -= 1 }
    self.next = lowest
    return .next
  }

  private func isUsed(_ nonce: UInt64) -> Bool {
    if let next, nonce < next { return !open.contains(nonce) }
    return ahead.contains(nonce)
  }

  /// The first nonce from one on that no transaction brought; those before it need not be known any longer.
  private mutating func after(_ nonce: UInt64) -> UInt64 {
    var nonce = nonce
    while ahead.remove(nonce) != nil { nonce += 1 }
    return nonce
  }
}
