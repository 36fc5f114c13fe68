import EthereumRPC
import HTTP
import Records
import Testing
import WideInteger

@Suite("The RPC client") struct EthereumClientTests {
  private static let balance = RPCRequest("eth_getBalance", ["0x00", "latest"])

  @Test("asks many things in one round trip, and gives the answers in their order")
  func batch() async throws {
    let requests = [RPCRequest.chainId, Self.balance, RPCRequest("no_such"), .block("0x3")]
    let (results, seen) = try await Liar.run("reversed-answers") { try await $0.batch(requests) }
    #expect(seen.count == 1)
    #expect(try results[0].get() == "0x539")
    #expect(try results[1].get() == "0x3635c9adc5dea00000")
    guard case .failure(let refusal) = results[2] else {
      Issue.record("a method that no node has is answered")
      return
    }
    #expect(refusal.method == "no_such" && refusal.code == -32601 && refusal.isMissingMethod)
    #expect(try results[3].answer(to: requests[3]).member("number").number() == 3)
  }

  @Test(
    "asks one by one where a node takes no batches, and remembers",
    arguments: [
      "no-batches", "geth-batches", "status-413",
    ])
  func noBatches(_ lie: String) async throws {
    guard lie != "status-413" else {
      // Not a whole batch, and not one call of it either.
      _ = try await Liar.run(lie) { client in
        await #expect(throws: RPCError.self) { try await client.batch([.chainId, Self.balance]) }
      }
      return
    }
    let (_, seen) = try await Liar.run(lie) { client in
      for _ in 0..<2 {
        let results = try await client.batch([.chainId, Self.balance, .block("0x1")])
        #expect(try results[0].get() == "0x539")
        #expect(try results[2].answer(to: .block("0x1")).member("number").number() == 1)
      }
    }
    #expect(seen.count { $0.hasPrefix("[") } == 1)
    #expect(seen.count { $0.hasPrefix("{") } == 6)
  }

  @Test("cuts a batch where a node would not take the whole") func longBatch() async throws {
    var options = Liar.quick
    options.batchLimit = 100
    let requests = (0..<250).map { RPCRequest.block("0x" + String($0 % 16, radix: 16)) }
    let (results, seen) = try await Liar.run("none", options: options) {
      try await $0.batch(requests)
    }
    #expect(seen.count == 3)
    for (index, result) in results.enumerated() {
      #expect(
        try result.answer(to: requests[index]).member("number").number() == UInt64(index % 16))
    }
  }

  @Test(
    "takes no answer that is none",
    arguments: [
      "wrong-id", "text-id", "no-id", "null-id", "huge-id", "version-1", "no-version", "no-result",
      "both", "text-error", "bare-error", "empty", "half", "twice", "page", "binary", "text",
      "null",
      "deep", "half-surrogate", "name-twice", "missing-answer", "double-answer",
    ])
  func malformed(_ lie: String) async throws {
    _ = try await Liar.run(lie) { client in
      for requests in [[Self.balance], [Self.balance, .chainId]] {
        do throws(RPCError) {
          let results = try await client.batch(requests)
          Issue.record("\(lie): \(results)")
        } catch {
          guard case .malformed(let url, let reason) = error else {
            Issue.record("\(lie): \(error)")
            continue
          }
          #expect(!url.contains("key-of-a-service"))
          #expect(reason.utf8.count < 300, "\(reason)")
          #expect(Failure(error).status == .protocolViolation)
        }
      }
    }
  }

  @Test(
    "takes no value that is no quantity",
    arguments: [
      "zeros", "empty", "bare", "negative", "upper", "number", "float", "null", "list", "object",
      "true", "long", "digits", "space", "megabytes",
    ])
  func values(_ lie: String) async throws {
    _ = try await Liar.run("value-\(lie)") { client in
      let answer = RPCValue(try await client.call(Self.balance), method: Self.balance.method)
      do throws(RPCError) {
        let value = try answer.quantity()
        Issue.record("\(lie): \(value)")
      } catch {
        #expect("\(error)".hasPrefix("bad answer to eth_getBalance: "))
        #expect("\(error)".utf8.count < 300)
        #expect(Failure(error).status == .protocolViolation)
      }
    }
  }

  @Test(
    "tells failures apart",
    arguments: [
      ("status-400", Failure.Status.protocolViolation), ("status-401", .permission),
      ("status-403", .permission), ("status-404", .protocolViolation),
      ("status-413", .protocolViolation), ("status-500", .temporary), ("status-502", .temporary),
      ("status-301", .protocolViolation), ("error-500", .temporary), ("hangup", .temporary),
      ("cut", .temporary), ("endless", .protocolViolation), ("huge-length", .protocolViolation),
      ("busy-always", .temporary), ("busy-for-days", .temporary), ("busy", .temporary),
      ("no-methods", .protocolViolation), ("terminal-error", .data),
    ])
  func statuses(_ lie: String, _ status: Failure.Status) async throws {
    _ = try await Liar.run(lie) { client in
      do throws(RPCError) {
        let value = try await client.call(Self.balance)
        Issue.record("\(lie): \(value)")
      } catch {
        #expect(Failure(error).status == status, "\(lie): \(error)")
        #expect(!Failure(error).message.contains("key-of-a-service"))
      }
    }
  }

  @Test("waits as a node asks, and asks again", arguments: [("busy-once", 2), ("busy-twice", 3)])
  func retryAfter(_ lie: String, _ requests: Int) async throws {
    var options = Liar.quick
    options.http.retries = 3
    let (value, seen) = try await Liar.run(lie, options: options) {
      try await $0.call(Self.balance)
    }
    #expect(value == "0x3635c9adc5dea00000")
    #expect(seen.count == requests)
  }

  @Test("is never held longer than it is let", arguments: ["silence", "drip"])
  func hanging(_ lie: String) async throws {
    var options = Liar.quick
    options.timeout = .milliseconds(500)
    _ = try await Liar.run(lie, options: options) { client in
      do throws(RPCError) {
        _ = try await client.forRecord().call(Self.balance)
        Issue.record("\(lie): an answer")
      } catch {
        #expect(Failure(error).status == .temporary)
      }
    }
  }

  @Test("does not repeat what may have had an effect") func effects() async throws {
    let sending = RPCRequest("eth_sendRawTransaction", ["0x02"])
    #expect(!sending.isRepeatable)
    for method in ["eth_getFilterChanges", "evm_mine", "eth_sendTransaction", "foo_bar"] {
      #expect(!RPCRequest.reads(method), "\(method)")
    }
    let (_, once) = try await Liar.run("hangup") { client in
      await #expect(throws: RPCError.self) { try await client.call(sending) }
    }
    #expect(once.count == 1)
    let (_, twice) = try await Liar.run("hangup") { client in
      await #expect(throws: RPCError.self) {
        try await client.call(
          RPCRequest("eth_sendRawTransaction", ["0x02"], isRepeatable: true))
      }
    }
    #expect(twice.count == 2)
  }

  @Test("speaks to no other chain than it must") func chains() async throws {
    var options = Liar.quick
    options.chainId = 1337
    let (_, seen) = try await Liar.run("none", options: options) { client in
      _ = try await client.call(Self.balance)
      _ = try await client.call(Self.balance)
    }
    #expect(seen.count == 2)
    #expect(seen[0].contains("eth_chainId") && !seen[1].contains("eth_chainId"))

    let (_, calls) = try await Liar.run("wrong-chain", options: options) { client in
      for request in [Self.balance, RPCRequest("eth_sendRawTransaction", ["0x02"])] {
        do throws(RPCError) {
          _ = try await client.call(request)
          Issue.record("\(request.method) is answered by another chain")
        } catch {
          guard case .wrongChain(_, let expected, let found) = error else {
            Issue.record("\(error)")
            continue
          }
          #expect(expected == 1337 && found == 1)
          #expect(Failure(error).status == .protocolViolation)
        }
      }
    }
    // What changes something was not even asked for.
    #expect(!calls.contains { $0.contains("eth_sendRawTransaction") })
  }

  @Test("finds out where a node's chain changes") func chainChanges() async throws {
    _ = try await Liar.run("chain-changes") { client in
      _ = try await client.batch([.chainId])
      await #expect(throws: RPCError.self) { try await client.batch([.chainId]) }
    }
  }

  @Test("tells a chain by its id and block 0, and asks once") func identity() async throws {
    let (pair, seen) = try await Liar.run("none") { client in
      (try await client.identity(), try await client.identity())
    }
    #expect(pair.0 == pair.1 && pair.0.chainId == 1337)
    #expect("\(pair.0.genesis)".hasSuffix("b10c00"))
    #expect(seen.count == 1)
  }

  @Test("tells which block an answer is of, though the head moves") func reading() async throws {
    let (block, seen) = try await Liar.run("moving-head") { client in
      try await client.read(at: .latest) { [RPCRequest("eth_getBalance", ["0x00", $0.parameter])] }
        .block
    }
    #expect(block == 17)
    #expect(seen.count == 2 && seen[1].contains("\"0x11\""))
  }
}
