import EthereumRPC
import Records
import SystemPackage
import TestSupport
import Testing

/// What a real geth answers is read whole; what it is made of is in `eth/rpc/README.md` of the shared set.
@Suite("Answers of a real geth") struct GethAnswerTests {
  /// The exchanges of one call each, with their methods.
  private static func exchanges() throws -> [(method: String, params: [JSON], answer: JSON)]? {
    guard let folder = Vectors.shared else {
      print("skipped: 301 rows of eth/rpc/geth-rpc.jsonl, not here")
      return nil
    }
    return try Vectors.lines(of: folder.appending("eth/rpc/geth-rpc.jsonl")).compactMap { line in
      guard let row = try? JSON(parsing: line), let method = row["request"]?["method"]?.string,
        let answer = row["response"], answer.object != nil
      else { return nil }
      return (method, row["request"]?["params"]?.elements ?? [], answer)
    }
  }

  @Test("blocks become records") func blocks() throws {
    guard let rows = try Self.exchanges() else { return }
    var counts = (blocks: 0, absent: 0, transactions: 0)
    for row in rows where row.method.hasPrefix("eth_getBlockBy") {
      guard let result = row.answer["result"] else { continue }
      guard let block = try BlockRecord.json(RPCValue(result, method: row.method)) else {
        counts.absent += 1
        continue
      }
      counts.blocks += 1
      #expect(block["number"]?.integer != nil && block["timestamp"]?.string?.hasSuffix("Z") == true)
      #expect(block["baseFeePerGas"]?.string?.hasPrefix("0x") == false)
      for transaction in block["transactions"]?.elements ?? [] where transaction.object != nil {
        counts.transactions += 1
        #expect(transaction["nonce"]?.integer != nil && transaction["gas"]?.integer != nil)
        #expect(transaction["value"]?.string?.hasPrefix("0x") == false)
      }
    }
    #expect(counts == (40, 5, 13), "\(counts)")
  }

  @Test("histories of fees are read") func histories() throws {
    guard let rows = try Self.exchanges() else { return }
    var counts: [String: Int] = [:]
    for row in rows where row.method == "eth_feeHistory" {
      guard let result = row.answer["result"] else { continue }
      let percentiles = row.params.count > 2 ? row.params[2].elements?.count ?? 0 : 0
      let value = RPCValue(result, method: row.method)
      do throws(RPCError) {
        let history = try FeeHistory(value, percentiles: percentiles)
        counts["read", default: 0] += 1
        #expect(history.blocks.allSatisfy { (0...1).contains($0.fullness) })
      } catch {
        // None of blocks has no rewards, and none of percentiles neither: we ask for both.
        counts[percentiles == 0 ? "no percentiles" : "no blocks", default: 0] += 1
      }
    }
    #expect(counts["read", default: 0] >= 10, "\(counts)")
    #expect(counts.values.reduce(0, +) == 19, "\(counts)")
  }

  @Test("refusals have their statuses") func refusals() throws {
    guard let rows = try Self.exchanges() else { return }
    var counts: [Int32: Int] = [:]
    for row in rows {
      guard let error = row.answer["error"] else { continue }
      let refusal = RPCFailure(
        method: row.method, code: try #require(error["code"]?.integer),
        message: try #require(error["message"]?.string), data: error["data"])
      counts[Failure(refusal).status.rawValue, default: 0] += 1
      #expect(refusal.isRevert == (refusal.code == 3), "\(refusal)")
      #expect(refusal.isMissingMethod == (refusal.code == -32601), "\(refusal)")
      if refusal.isRevert { #expect(refusal.revertData?.hasPrefix("0x") == true) }
    }
    #expect(counts == [1: 17, 65: 182, 66: 23, 75: 2, 76: 13], "\(counts)")
  }

  @Test(
    "and those of other nodes too",
    arguments: [
      (3, "execution reverted: no", Failure.Status.answerNo),
      (-32000, "execution reverted", .answerNo),
      (
        -32603, "VM Exception while processing transaction: reverted with reason string 'no'",
        .answerNo
      ),
      (-32000, "header not found", .missingInput),
      (-32000, "missing trie node 1234", .missingInput),
      (-32005, "daily request count exceeded", .temporary), (429, "slow down", .temporary),
      (-32000, "transaction indexing is in progress", .temporary),
      (-32000, "execution aborted (timeout = 5s)", .temporary),
      (-32603, "internal error", .temporary), (-32000, "rate limit exceeded", .temporary),
      (-32000, "gas limit exceeded", .data), (-32005, "out of gas", .data),
      (-32603, "Error: Transaction reverted without a reason string", .data),
      (-32601, "Method not found", .protocolViolation),
      (-32000, "the method eth_feeHistory is not supported", .protocolViolation),
      (-32000, "transaction type not supported", .data),
      (-32000, "insufficient funds for gas * price + value", .data),
      (-32602, "invalid argument 0", .data), (0, "", .data),
    ])
  func others(_ code: Int, _ message: String, _ status: Failure.Status) {
    let failure = Failure(RPCFailure(method: "eth_call", code: code, message: message))
    #expect(failure.status == status, "\(failure)")
    #expect(failure.isRetryable == (status == .temporary))
  }

  @Test(
    "data of a revert is found where nodes put it",
    arguments: [
      ("\"0x08c379a0\"", "0x08c379a0"), ("{\"data\":\"0x01\"}", "0x01"),
      ("{\"result\":\"0x02\"}", "0x02"), ("\"Reverted 0x03\"", "0x03"),
    ])
  func revertData(_ data: String, _ expected: String) throws {
    let refusal = RPCFailure(
      method: "eth_call", code: 3, message: "execution reverted",
      data: try JSON(parsing: Array(data.utf8)))
    #expect(refusal.revertData == expected)
  }
}
