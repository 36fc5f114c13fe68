internal import Hashing
public import Records
internal import Synchronization

extension ReceiptWatcher {
  /// Where the time is up.
  func late(_ id: Int, after limit: Duration) -> Failure {
    guard let watch = state.withLock({ $0.watches[id] }) else { return .interrupted }
    let time = limit.shownSeconds
    switch watch.phase {
    case .mined(let receipt):
      return Failure(
        .temporary,
        "\(receipt.transactionHash) is in block \(receipt.blockNumber), and confirmed \(watch.depth) of \(watch.confirmations) times after \(time)",
        code: "not-confirmed", hint: "wait again; see --confirmations")
    case .replaced(let use):
      return Failure(
        .temporary,
        "something else has used the nonce of \(watch.hash) in block \(use.blockNumber), which is confirmed \(watch.depth) of \(watch.confirmations) times after \(time)",
        code: "not-confirmed", hint: "wait again; see --confirmations")
    case .seeking: break
    }
    let isUnknown = watch.isPending == false
    let state =
      isUnknown
      ? "the node does not know it"
      : watch.isPending == true ? "it waits in the node's pool" : "it is in no block of the chain"
    return Failure(
      .temporary, "no receipt of \(watch.hash) after \(time): \(state)",
      code: isUnknown ? "unknown-transaction" : "not-mined",
      hint: isUnknown
        ? "a node drops what pays too little or was replaced; 'sr-chain send' offers it again"
        : "wait again; 'sr-chain bump' offers more for it")
  }

  /// Where nobody has the transaction any longer.
  func dropped(_ watch: ReceiptWatch) -> Failure {
    if let refusal = watch.refusal {
      return Failure(
        .temporary,
        "\(watch.hash) was dropped: the node has not known it for \(patience.shownSeconds), and does not take it again: \(refusal.message)",
        code: "dropped", hint: refusal.hint ?? "its nonce is still free")
    }
    return Failure(
      .temporary,
      "\(watch.hash) was dropped: the node has not known it for \(patience.shownSeconds), and its bytes are not at hand to be offered again",
      code: "dropped", hint: "'sr-chain send' offers the bytes of a record's tx.raw again")
  }

  /// Where something else has used the nonce.
  func replaced(_ watch: ReceiptWatch, by use: NonceUse?) -> Failure {
    let nonce = watch.slot.map { "nonce \($0.nonce) of \($0.sender)" } ?? "its nonce"
    let who =
      switch (use, use?.transaction) {
      case (let use?, let other?):
        "\(other) in block \(use.blockNumber) (\(use.blockHash)) has \(nonce)"
      case (let use?, nil):
        "a permission in block \(use.blockNumber) (\(use.blockHash)) has used \(nonce) (EIP-7702)"
      case (nil, _):
        "\(nonce) is used, and the node has not the state of old blocks to tell by what"
      }
    return Failure(
      .protocolViolation, "\(watch.hash) was replaced: \(who)", code: Failure.replacedCode,
      hint: "the key is used elsewhere, or its journal is lost")
  }
}

extension Failure {
  /// The code of a transaction whose nonce something else has used.
  public static let replacedCode = "replaced"
}

extension Duration {
  /// `90s`, `0.5s`.
  var shownSeconds: String { "\(JSONNumber(self))s" }
}
