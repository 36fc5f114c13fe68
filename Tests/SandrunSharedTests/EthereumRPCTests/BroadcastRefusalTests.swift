import EthereumRPC
import Records
import TestSupport
import Testing

@Suite("Refusals of transactions") struct BroadcastRefusalTests {
  /// What nodes say, each in its own words.
  static let words: [(BroadcastRefusal, Int, String)] = [
    (.alreadyKnown, -32000, "already known"),
    (.alreadyKnown, -32010, "AlreadyKnown"),
    (.alreadyKnown, -32003, "transaction already imported"),
    (.alreadyKnown, -32000, "Known transaction"),
    (.invalid, -32000, "Unknown transaction type"),
    (.invalid, -32602, "unknown transaction type: 4"),
    (.unclear, -32000, "contract already exists"),
    (.nonceTooLow, -32000, "nonce too low: next nonce 1, tx nonce 0"),
    (.nonceTooLow, -32010, "OldNonce, Current nonce: 5, nonce of rejected tx: 4"),
    (.nonceTooLow, -32001, "Nonce too low"),
    (.underpricedReplacement, -32000, "replacement transaction underpriced"),
    (.underpricedReplacement, -32010, "ReplacementNotAllowed"),
    (.underpricedReplacement, -32000, "could not replace existing tx"),
    (
      .insufficientFunds, -32000,
      "insufficient funds for gas * price + value: balance 0, tx cost 42000000000001, overshot 1"
    ),
    (.insufficientFunds, -32003, "Insufficient funds for gas * price + value"),
    (.insufficientFunds, -32004, "Upfront cost exceeds account balance"),
    (.underpriced, -32000, "transaction gas price below minimum: gas tip cap 0, minimum needed 1"),
    (.underpriced, -32000, "transaction underpriced"),
    (.underpriced, -32010, "FeeTooLow, EffectivePriorityFeePerGas too low 1 < 2"),
    (.feeAboveCap, -32000, "tx fee (21.00 ether) exceeds the configured cap (1.00 ether)"),
    (.gasAboveLimit, -32000, "exceeds block gas limit"),
    (.gasAboveLimit, -32000, "transaction gas limit too high (cap: 16777216, tx: 30000000)"),
    (.reverted, 3, "execution reverted: no"),
    (.reverted, 3, "something else"),
    (.poolFull, -32000, "txpool is full"),
    (.poolFull, -32000, "in-flight transaction limit reached for delegated accounts"),
    (.nonceTooHigh, -32010, "NonceGap, Future nonce. Expected nonce: 5"),
    (.wrongChain, -32000, "invalid sender: invalid chain id for signer: have 1 want 1337"),
    (.invalid, -32000, "invalid sender: invalid transaction v, r, s values"),
    (.invalid, -32000, "intrinsic gas too low: gas 20999, minimum needed 21000"),
    (.invalid, -32000, "only replay-protected (EIP-155) transactions allowed over RPC"),
    (.invalid, -32602, "invalid argument 0: json: cannot unmarshal"),
    (.unclear, -32603, "internal error"),
    (.unclear, -32000, "context deadline exceeded"),
    (.unclear, -32000, ""),
  ]

  @Test("are told apart by their words", arguments: words)
  func apart(meaning: BroadcastRefusal, code: Int, message: String) {
    #expect(BroadcastRefusal(code: code, message: message) == meaning)
  }

  @Test(
    "free no nonce where they say nothing, or that the node has it",
    arguments: ["already known", "Known transaction", "internal error", "no", ""])
  func vague(message: String) {
    #expect(!BroadcastRefusal(code: -32000, message: message).isDefinite)
  }

  @Test(
    "free the nonce where they are clear, and the node does not know the transaction",
    arguments: [
      "nonce too low", "transaction underpriced", "txpool is full", "intrinsic gas too low",
      "unknown transaction type", "execution reverted", "exceeds block gas limit",
    ])
  func clear(message: String) {
    let meaning = BroadcastRefusal(code: -32000, message: message)
    #expect(meaning.isDefinite)
    #expect(meaning.status != .done)
  }

  @Test("of a real geth are all understood") func geth() throws {
    guard let rows = try RPCRows.of("eth_sendRawTransaction") else {
      print("skipped: 60 rows of the shared vectors")
      return
    }
    var counts: [BroadcastRefusal: Int] = [:]
    for row in rows {
      guard let error = row.answer["error"], let code = error["code"]?.integer,
        let message = error["message"]?.string
      else { continue }
      let meaning = BroadcastRefusal(code: code, message: message)
      #expect(meaning != .unclear, "\(message)")
      counts[meaning, default: 0] += 1
    }
    #expect(counts.values.reduce(0, +) == 60)
    #expect(counts[.underpricedReplacement] == 7)
    #expect(counts[.insufficientFunds] == 6)
    #expect(counts[.nonceTooLow] == 3)
    #expect(counts[.wrongChain] == 2)
  }
}
