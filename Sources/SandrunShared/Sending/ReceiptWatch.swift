internal import Ethereum
internal import EthereumRPC
internal import Hashing
internal import Records
internal import Synchronization

/// What is known of one nonce of a sender that is waited for.
struct ReceiptWatch: Sendable {
  /// Where the nonce stands.
  enum Phase: Sendable {
    /// None of its transactions is in a block of the chain.
    case seeking
    /// One of them is.
    case mined(TransactionReceipt)
    /// Something else has used the nonce.
    case replaced(NonceUse)
  }

  /// A nonce that is used, while no transaction of ours has a receipt.
  struct Spending: Sendable {
    var since: ContinuousClock.Instant
    /// The head at which it was seen first.
    var head: UInt64
    /// How often it was seen.
    var looks = 1
  }

  /// The transactions that have the nonce; the first is the one that was asked for.
  var known: [TransactionAlternative]
  /// How many blocks must hold it or lie on it.
  let confirmations: UInt64
  let since = ContinuousClock.now
  var due = ContinuousClock.now
  var phase = Phase.seeking
  /// Since when it is in this phase.
  var entered = ContinuousClock.now
  /// When the pool was asked last; nil before it ever was, which is the second poll's business.
  var looked: ContinuousClock.Instant?
  /// Whether the pool had it when it was asked last.
  var isPending: Bool?
  /// Since when the node does not know it.
  var unknownSince: ContinuousClock.Instant?
  /// Why the bytes were refused for certain when they were offered last.
  var refusal: Failure?
  var spending: Spending?
  /// Whether its bytes are being offered, or what used its nonce is being searched for.
  var isBusy = false
  /// Since when a receipt is told whose block is not the chain's.
  var strays: ContinuousClock.Instant?
  /// How often it was last said to be confirmed.
  var depth: UInt64 = 0

  init(_ known: [TransactionAlternative], confirmations: UInt64) {
    self.known = known
    self.confirmations = confirmations
  }

  /// The hash of the transaction that was asked for.
  var hash: Digest32 { known[0].hash }

  /// Whose nonce it is, where that is known.
  var slot: (sender: Address, nonce: UInt64)? {
    for one in known {
      if let from = one.expectation.from, let nonce = one.expectation.nonce { return (from, nonce) }
    }
    return nil
  }

  /// Whether none of them is in the chain, as far as it was seen.
  var isSeeking: Bool { if case .seeking = phase { true } else { false } }

  /// The latest bytes, which pay most.
  var bytes: SignedTransaction? { known.last { $0.transaction != nil }?.transaction }

  func alternative(_ hash: Digest32) -> TransactionAlternative? {
    known.first { $0.hash == hash }
  }

  mutating func enter(_ next: Phase) {
    phase = next
    entered = .now
    depth = 0
    // After a reorganisation the pool is asked at once.
    looked = nil
    unknownSince = nil
    spending = nil
  }

  /// Takes up what somebody has signed for the same nonce meanwhile.
  mutating func learn(_ alternatives: [TransactionAlternative]) {
    for one in alternatives {
      guard let place = known.firstIndex(where: { $0.hash == one.hash }) else {
        known.append(one)
        continue
      }
      if known[place].transaction == nil, one.transaction != nil { known[place] = one }
      // Who wrote it down knows what it is for; a record alone does not.
      known[place].kind = one.kind
    }
  }
}
