public import Records

/// What a node's refusal of a transaction means; nearly all have one code, so that its words tell.
///
/// The words are those of geth and its kin, Erigon, Nethermind, Besu, Reth, Anvil and Hardhat.
public enum BroadcastRefusal: String, Sendable, CaseIterable {
  /// It says that it has the transaction: no refusal, if it answers for it.
  case alreadyKnown = "already-known"
  /// A transaction with this nonce is in a block.
  case nonceTooLow = "nonce-too-low"
  /// Another with this nonce waits in the pool, and pays nearly as much or more.
  case underpricedReplacement = "replacement-underpriced"
  /// The sender cannot pay value and highest fee.
  case insufficientFunds = "insufficient-funds"
  /// The fee is below what the node takes.
  case underpriced = "underpriced"
  /// The fee is above what the node lets anyone pay by mistake.
  case feeAboveCap = "fee-above-node-cap"
  /// The gas limit is above what a block, or a transaction, may have.
  case gasAboveLimit = "gas-above-limit"
  /// The transaction was run at once, and reverts.
  case reverted
  /// The pool has no room, or takes no more of this sender for now.
  case poolFull = "pool-full"
  /// The nonce is so far ahead that the pool does not keep it.
  case nonceTooHigh = "nonce-too-high"
  /// The transaction is for another chain.
  case wrongChain = "wrong-chain"
  /// The transaction can never be valid: its gas, size, signature or type.
  case invalid = "invalid-transaction"
  /// None of these: whether the node took it is not certain.
  case unclear = "refused"

  /// Reads a node's refusal of `eth_sendRawTransaction`.
  public init(code: Int, message: String) {
    let words = message.lowercased()
    // Not "unknown transaction", which is about something else.
    if words.hasPrefix("known transaction") {
      self = .alreadyKnown
      return
    }
    let found = Self.phrases.first { entry in entry.words.contains { words.contains($0) } }
    if let found {
      self = found.meaning
    } else if code == 3 {
      self = .reverted
    } else {
      self = code == -32602 ? .invalid : .unclear
    }
  }

  /// The first row with a phrase in the node's words counts, so that the more special ones go first.
  private static let phrases: [(meaning: Self, words: [String])] = [
    (
      .alreadyKnown,
      ["already known", "alreadyknown", "already imported", "transaction already exists"]
    ),
    (
      .wrongChain,
      [
        "invalid chain id", "invalid chainid", "incorrect chain", "wrong chain",
        "chain id mismatch",
      ]
    ),
    (
      .poolFull,
      [
        "pool is full", "pool limit", "account limit exceeded", "in-flight transaction limit",
        "gapped-nonce tx from delegated", "future transaction tries to replace pending",
        "authority already reserved", "toomanytransactions",
      ]
    ),
    (
      .underpricedReplacement,
      [
        "replacement transaction underpriced", "replacementnotallowed", "could not replace",
        "replacement not allowed", "gas price too low to replace",
      ]
    ),
    (
      .nonceTooLow,
      ["nonce too low", "nonce is too low", "oldnonce", "already been used", "nonce_too_low"]
    ),
    (
      .nonceTooHigh, ["nonce too high", "noncegap", "nonce gap", "nonce too distant"]
    ),
    (
      .insufficientFunds,
      [
        "insufficient funds", "insufficientfunds", "insufficient balance", "upfront cost exceeds",
        "doesn't have enough funds", "not enough funds", "balancebelowvalue", "total cost exceeds",
      ]
    ),
    (.feeAboveCap, ["exceeds the configured cap", "feecap exceeded"]),
    (.reverted, ["execution reverted", "vm exception", "reverted with"]),
    (
      .gasAboveLimit,
      [
        "exceeds block gas limit", "gaslimitexceeded", "gas limit too high",
        "gas limit is too high",
      ]
    ),
    (
      .invalid,
      [
        "intrinsic gas", "floor data gas", "invalid sender", "invalid signature", "rlp:",
        "oversized",
        "initcode size", "type not supported", "not supported transaction type",
        "unknown transaction type", "unsupported transaction type", "too short",
        "replay-protected", "higher than max fee", "missing sidecar", "must have at least one",
        "tip above fee cap", "negative value", "very high bitlength",
      ]
    ),
    (
      .underpriced,
      [
        "underpriced", "below minimum", "feetoolow", "gas price too low", "fee too low",
        "less than block base fee", "less than current base fee", "feetoolowtocompete",
        "max fee per gas less than",
      ]
    ),
  ]

  /// Whether the node certainly does not have the transaction, once it has also said that it does not know its hash.
  ///
  /// No words are enough alone: a node that runs transactions at once may refuse one that reverts, and put it in a block.
  public var isDefinite: Bool {
    switch self {
    case .alreadyKnown, .unclear: false
    default: true
    }
  }

  /// How a tool ends: 1 where the chain says no as things stand, 65 where the transaction is wrong, 75 where it may pass later.
  public var status: Failure.Status {
    switch self {
    case .alreadyKnown: .done
    case .nonceTooLow, .underpricedReplacement, .insufficientFunds, .underpriced, .feeAboveCap,
      .gasAboveLimit, .reverted:
      .answerNo
    case .poolFull, .nonceTooHigh, .unclear: .temporary
    case .wrongChain: .protocolViolation
    case .invalid: .data
    }
  }

  /// What the user can do.
  public var hint: String? {
    switch self {
    case .nonceTooLow:
      "another transaction has this nonce; without 'nonce', 'raw' and 'hash' the record is built anew"
    case .underpricedReplacement: "to replace a waiting transaction takes a tenth more of both fees"
    case .insufficientFunds: "'sr-chain balance' shows what the sender has"
    case .underpriced: "raise --tip or --max-fee-per-gas, or take --fees fast"
    case .unclear: "the record keeps the signed transaction; fed again it makes no second one"
    default: nil
    }
  }
}
