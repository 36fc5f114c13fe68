import Records
import Testing

@testable import EthereumRPC

@Suite("A quorum") struct QuorumTests {
  private static func votes(_ method: String, _ texts: [String]) throws -> QuorumVotes {
    let request = RPCRequest(method)
    return QuorumVotes(
      method: method,
      votes: try texts.enumerated().map { place, text in
        ("node\(place)", QuorumVote(.success(try JSON(parsing: Array(text.utf8))), to: request))
      })
  }

  private static func refusal(_ message: String, code: Int = -32000) -> QuorumVote {
    let request = RPCRequest("eth_call")
    return QuorumVote(
      .failure(RPCFailure(method: request.method, code: code, message: message)), to: request)
  }

  @Test(
    "is not broken by what clients tell differently",
    arguments: [
      ("eth_getBalance", "\"0xAB\"", "\"0xab\""),
      (
        "eth_getBlockByNumber", #"{"number":"0x1","hash":"0xAA"}"#,
        #"{"hash":"0xaa","size":"0x9","number":"0x1"}"#
      ),
      (
        "eth_getBlockByNumber", #"{"number":"0x1","uncles":[]}"#,
        #"{"uncles":[],"number":"0x1","withdrawals":null}"#
      ),
      (
        "eth_getTransactionReceipt", #"{"status":"0x1","logs":[]}"#,
        #"{"logsBloom":"0x","status":"0x1","logs":[]}"#
      ),
      (
        "eth_getTransactionReceipt", #"{"status":"0x0","contractAddress":"0x1"}"#,
        #"{"status":"0x0"}"#
      ),
      (
        "eth_getLogs", #"[{"data":"0x","removed":false}]"#,
        #"[{"data":"0x","blockTimestamp":"0x5"}]"#
      ),
      (
        "eth_getTransactionByHash", #"{"hash":"0x1","blockHash":"0x2","yParity":"0x1"}"#,
        #"{"blockHash":"0x2","hash":"0x1","chainId":"0x1"}"#
      ),
      ("eth_getTransactionByHash", #"{"hash":"0x1","blockHash":null}"#, "null"),
      (
        "eth_getTransactionByHash",
        #"{"hash":"0x1","type":"0x2","blockHash":"0x2","gasPrice":"0x1"}"#,
        #"{"hash":"0x1","type":"0x2","blockHash":"0x2","gasPrice":"0x2"}"#
      ),
    ])
  func agreement(_ method: String, _ one: String, _ two: String) throws {
    #expect(try Self.votes(method, [one, two]).decision(of: 2) != nil)
    #expect(try Self.votes(method, [two, one]).decision(of: 2) != nil)
  }

  @Test(
    "is broken by what must be the same, and says where",
    arguments: [
      ("eth_getBalance", "\"0x1\"", "\"0x2\"", #"node0 says "0x1", node1 says "0x2""#),
      (
        "eth_getTransactionReceipt", "null", #"{"transactionHash":"0xaa","status":"0x1"}"#,
        #"node0 says null, node1 says that of "0xaa""#
      ),
      (
        "eth_getTransactionReceipt", #"{"status":"0x1","logs":[{"data":"0x"}]}"#,
        #"{"status":"0x1","logs":[{"data":"0x01"}]}"#,
        #"node0 says logs[0].data "0x", node1 says logs[0].data "0x01""#
      ),
      (
        "eth_getTransactionReceipt", #"{"gasUsed":"0x1"}"#, #"{"gasUsed":"0x2"}"#,
        #"node0 says gasUsed "0x1", node1 says gasUsed "0x2""#
      ),
      (
        "eth_getTransactionByHash", #"{"hash":"0x1","blockHash":"0x2"}"#, #"{"hash":"0x1"}"#,
        #"node0 says blockHash "0x2", node1 says blockHash null"#
      ),
      (
        "eth_getTransactionByHash",
        #"{"hash":"0x1","blockHash":"0x2","type":"0x0","gasPrice":"0x1"}"#,
        #"{"hash":"0x1","blockHash":"0x2","type":"0x0","gasPrice":"0x2"}"#,
        #"node0 says gasPrice "0x1", node1 says gasPrice "0x2""#
      ),
      ("eth_getLogs", "[]", #"[{"data":"0x"}]"#, "node0 says 0 elements, node1 says 1 elements"),
      (
        "eth_getLogs", #"[{"data":"0x"}]"#, #"[{"data":"0x","removed":true}]"#,
        "node0 says [0].removed null, node1 says [0].removed true"
      ),
      (
        "eth_getBlockByNumber", #"{"transactions":["0x1"]}"#, #"{"transactions":["0x2"]}"#,
        #"node0 says transactions[0] "0x1", node1 says transactions[0] "0x2""#
      ),
    ])
  func disagreement(_ method: String, _ one: String, _ two: String, _ words: String) throws {
    let votes = try Self.votes(method, [one, two])
    #expect(votes.decision(of: 2) == nil && votes.refusal(of: 2) == nil)
    #expect("\(votes.disagreement)" == "the endpoints disagree about \(method): \(words)")
    #expect(try Self.votes(method, [one, two, two]).decision(of: 2) != nil)
  }

  @Test("leaves out of an answer what was not compared") func uncounted() throws {
    let block = #"{"number":"0x1","hash":"0xAA","totalDifficulty":"0x7","miner":null}"#
    let decision = try Self.votes("eth_getBlockByHash", [block, block]).decision(of: 2)
    #expect(try decision?.get() == ["number": "0x1", "hash": "0xaa"])
  }

  @Test("gives what a pool holds where another's does not") func pools() throws {
    let waiting = #"{"hash":"0x1","from":"0x2","blockHash":null}"#
    let decision = try Self.votes("eth_getTransactionByHash", ["null", waiting]).decision(of: 2)
    #expect(try decision?.get() == ["hash": "0x1", "from": "0x2"])
  }

  @Test("counts reverts and missing state, and no refusals") func refusals() {
    var votes = QuorumVotes(method: "eth_call")
    votes.votes = [("a", Self.refusal("execution reverted", code: 3))]
    #expect(votes.decision(of: 2) == nil)
    votes.votes.append(("b", Self.refusal("VM Exception: reverted", code: 3)))
    #expect(votes.decision(of: 2) != nil)
    votes.votes = [("a", Self.refusal("header not found")), ("b", Self.refusal("unknown block"))]
    #expect(votes.decision(of: 2) != nil)
    votes.votes = [("a", .value("0x01")), ("b", Self.refusal("header not found"))]
    #expect(votes.decision(of: 2) == nil && votes.refusal(of: 2) == nil)
    #expect("\(votes.disagreement)".hasSuffix("a says \"0x01\", b does not have the block"))
    votes.votes = [("a", .value("0x01")), ("b", Self.refusal("out of range", code: -32602))]
    #expect(votes.decision(of: 2) == nil && votes.refusal(of: 2) != nil)
    votes.votes = [("a", .value("0x01")), ("b", Self.refusal("too many requests"))]
    #expect(votes.decision(of: 2) == nil && votes.refusal(of: 2) == nil)
  }

  @Test(
    "asks all of what cannot differ, at one block",
    arguments: [
      ("eth_chainId", "[]", nil, "[]"),
      ("eth_getBalance", #"["0x1","0x5"]"#, nil, #"["0x1","0x5"]"#),
      ("eth_getBalance", #"["0x1",{"blockHash":"0x5"}]"#, nil, #"["0x1",{"blockHash":"0x5"}]"#),
      ("eth_getBalance", #"["0x1","latest"]"#, "latest", #"["0x1","0x10"]"#),
      ("eth_getBalance", #"["0x1"]"#, "latest", #"["0x1","0x10"]"#),
      ("eth_getBalance", #"["0x1","earliest"]"#, nil, #"["0x1","earliest"]"#),
      ("eth_getStorageAt", #"["0x1","0x0","safe"]"#, "safe", #"["0x1","0x0","0x10"]"#),
      ("eth_getBlockByNumber", #"["finalized",false]"#, "finalized", #"["0x10",false]"#),
      (
        "eth_getLogs", #"[{"fromBlock":"0x1"}]"#, "latest",
        #"[{"fromBlock":"0x1","toBlock":"0x10"}]"#
      ),
      (
        "eth_getLogs", #"[{"fromBlock":"0x1","toBlock":"0x2"}]"#, nil,
        #"[{"fromBlock":"0x1","toBlock":"0x2"}]"#
      ),
      ("eth_getLogs", #"[{"blockHash":"0x1"}]"#, nil, #"[{"blockHash":"0x1"}]"#),
      ("eth_blockNumber", "[]", "latest", nil),
    ] as [(String, String, String?, String?)])
  func questions(_ method: String, _ params: String, _ tag: String?, _ pinned: String?) throws {
    let params = try JSON(parsing: Array(params.utf8))
    let question = QuorumQuestion(RPCRequest(method, params: params))
    #expect(!question.isFree)
    #expect(Set(question.tags.map(\.rawValue)) == Set([tag].compactMap(\.self)))
    let request = question.request([.latest: 16, .safe: 16, .finalized: 16])
    #expect(request?.params.text == pinned)
  }

  @Test(
    "takes one's word for what may differ",
    arguments: [
      ("eth_gasPrice", "[]"), ("eth_feeHistory", #"["0x14","latest",[]]"#),
      ("eth_estimateGas", #"[{},"latest"]"#), ("eth_sendRawTransaction", #"["0x02"]"#),
      ("eth_getTransactionCount", #"["0x1","pending"]"#), ("eth_getBalance", #"[]"#),
      ("eth_getBalance", #"["0x1",5]"#), ("eth_getLogs", #"[{"toBlock":"pending"}]"#),
      ("eth_getLogs", "[1]"), ("eth_getBalance", "{}"), ("evm_mine", "[]"),
    ])
  func free(_ method: String, _ params: String) throws {
    let params = try JSON(parsing: Array(params.utf8))
    #expect(QuorumQuestion(RPCRequest(method, params: params)).isFree)
  }
}
