import EthereumRPC
import HTTP
import Records
import Synchronization
import TestSupport
import Testing
import WideInteger

@Suite("A client of several endpoints") struct EndpointTests {
  private static let balance = RPCRequest("eth_getBalance", ["0x00", "latest"])
  private static let thousand: JSON = "0x3635c9adc5dea00000"

  /// Talks to nodes that lie, each in its way; what the talk brought, and the requests that each node got.
  private static func run<Value: Sendable>(
    _ lies: [String], options: EthereumClient.Options = Liar.quick,
    urls: [HTTPURL] = [], talk: @Sendable (EthereumClient) async throws -> Value
  ) async throws -> (value: Value, requests: [[String]]) {
    guard let lie = lies.first else { return (try await talk(EthereumClient(urls, options)), []) }
    let (inner, said) = try await Peer.run("../Proxy/rpc-liar.py", ["--lie", lie]) { peer in
      let url = try HTTPURL("http://127.0.0.1:\(peer.port)/key-of-a-service")
      return try await run(
        Array(lies.dropFirst()), options: options, urls: urls + [url], talk: talk)
    }
    return (inner.value, [said] + inner.requests)
  }

  private static func quorum(_ count: Int) -> EthereumClient.Options {
    var options = Liar.quick
    options.quorum = count
    return options
  }

  @Test(
    "asks the next one where one gives no answer",
    arguments: [
      "hangup", "status-500", "status-401", "busy-always", "page", "half", "wrong-id",
      "error-500", "missing-answer", "no-methods", "busy", "cut",
    ])
  func failover(_ lie: String) async throws {
    let (value, requests) = try await Self.run([lie, "none"]) { client in
      try await client.call(Self.balance)
    }
    #expect(value == Self.thousand)
    #expect(requests[0].count == 1, "\(requests[0])")
    // Which chain it is on is asked in the same round trip.
    #expect(requests[1].count == 1 && requests[1][0].contains("eth_chainId"))
  }

  @Test("lets one that failed rest, and names both when it asks another") func rests() async throws
  {
    let told = Told()
    var options = Liar.quick
    options.onRetry = { told.add($0) }
    let (_, requests) = try await Self.run(["hangup", "none"], options: options) { client in
      for _ in 0..<3 { _ = try await client.call(Self.balance) }
    }
    #expect(requests[0].count == 1 && requests[1].count == 3)
    #expect(told.lines.count == 1)
    #expect(
      told.lines.first?.contains(/127.0.0.1:\d+ .*; asking http:\/\/127.0.0.1:\d+ in its place$/)
        == true)
    #expect(!told.lines.joined().contains("key-of-a-service"))
  }

  @Test("says why none answers, once each was asked again") func none() async throws {
    let (_, requests) = try await Self.run(["hangup", "status-502"]) { client in
      do throws(RPCError) {
        _ = try await client.call(Self.balance)
        Issue.record("an answer")
      } catch {
        guard case .unanswered(let errors) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(errors.count == 2)
        #expect(Failure(error).status == .temporary && Failure(error).isRetryable)
        #expect(Failure(error).code == "no-endpoint")
      }
    }
    #expect(requests[0].count == 2 && requests[1].count == 2)
  }

  @Test("asks one alone where it is told to") func only() async throws {
    let (_, requests) = try await Self.run(["none", "none"]) { client in
      let second = client.only(client.endpoints[1])
      _ = try await second.call(Self.balance)
      #expect(try await second.chainId() == 1337)
      #expect(second.endpoints.count == 1 && second.name == client.endpoints[1].name)
    }
    #expect(requests[0].isEmpty && requests[1].count == 1)
  }

  @Test("believes none that is on another chain") func otherChain() async throws {
    _ = try await Self.run(["none", "wrong-chain"]) { client in
      _ = try await client.call(Self.balance)
      do throws(RPCError) {
        _ = try await client.only(client.endpoints[1]).call(Self.balance)
        Issue.record("an answer")
      } catch {
        guard case .wrongChain(let url, 1337, 1) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(url == client.endpoints[1].name)
      }
    }
  }

  @Test("does not ask a second one to do what the first may have done") func effects() async throws
  {
    let sending = RPCRequest("eth_sendRawTransaction", ["0x02"])
    let (_, requests) = try await Self.run(["none", "none"]) { client in
      _ = try await client.call(sending)
    }
    #expect(requests[0].count == 2 && requests[0][1].contains("eth_sendRawTransaction"))
    #expect(requests[1].isEmpty)
  }

  @Test("tells the chain in the round trip of other calls") func identity() async throws {
    let (_, requests) = try await Liar.run("none") { client in
      #expect(client.knownIdentity == nil)
      let results = try await client.batch([.chainId, Self.balance], withIdentity: true)
      #expect(results.count == 2)
      #expect(try results[1].get() == Self.thousand)
      #expect(client.knownIdentity?.chainId == 1337)
      #expect(try await client.identity() == client.knownIdentity)
    }
    #expect(requests.count == 1)
  }

  // MARK: Quorum

  @Test(
    "takes what enough endpoints say",
    arguments: [
      (2, ["none", "none"]), (2, ["hangup", "none", "none"]), (3, ["none", "none", "none"]),
    ])
  func agreement(_ count: Int, _ lies: [String]) async throws {
    let (value, _) = try await Self.run(lies, options: Self.quorum(count)) { client in
      #expect(client.quorum == count)
      return try await client.call("eth_getBalance", ["0x00", "0x3"])
    }
    #expect(value == Self.thousand)
  }

  @Test("pins a tag to a block that enough endpoints have") func pins() async throws {
    let (value, requests) = try await Self.run(["none", "none"], options: Self.quorum(2)) {
      client in
      try await client.read(at: .latest) {
        [RPCRequest("eth_getBalance", ["0x00", $0.parameter])]
      }.block
    }
    #expect(value == 16)
    for requests in requests {
      #expect(requests.contains { $0.contains("eth_getBalance") && $0.contains("\"0x10\"") })
    }
  }

  @Test("says how few answer") func tooFew() async throws {
    _ = try await Self.run(["none", "hangup"], options: Self.quorum(2)) { client in
      do throws(RPCError) {
        _ = try await client.call("eth_getBalance", ["0x00", "0x3"])
        Issue.record("an answer")
      } catch {
        guard case .noQuorum(1, 2, 2, let errors) = error else {
          Issue.record("\(error)")
          return
        }
        #expect(errors.count == 1)
        #expect(Failure(error).status == .unavailable)
      }
    }
  }
}

/// What was told, line by line.
private final class Told: Sendable {
  private let all = Mutex<[String]>([])
  var lines: [String] { all.withLock { $0 } }
  func add(_ line: String) { all.withLock { $0.append(line) } }
}
