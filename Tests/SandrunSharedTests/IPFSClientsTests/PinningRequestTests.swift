import IPFS
import IPFSClients
import Records
import Testing

/// Requests to pin: their life, and what can go wrong with it.
@Suite struct PinningRequestTests {
  @Test(arguments: [PinningService.Kind.pinningServiceAPI, .pinata])
  func livesAndDies(_ kind: PinningService.Kind) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a", kind)
      let asked = PinRequest(
        cid("x"), name: "Größe", origins: ["/ip4/127.0.0.1/tcp/1"], meta: ["k": "v"])
      let pin = try await client.add(asked)
      #expect(pin.state == .queued)
      #expect(pin.cid == cid("x"))
      #expect(pin.name == "Größe")
      #expect(pin.meta == ["k": "v"])
      let done = try await client.wait(for: pin, pauses: PinningBench.short)
      #expect(done.state == .pinned)
      #expect(try await client.find(pin.requestID).state == .pinned)
      #expect(try await client.ids() == [pin.requestID])
      #expect(try await client.remove(pin.requestID))
      #expect(try await !client.remove(pin.requestID))
      let failure = try await refusal { try await client.find(pin.requestID) }
      #expect(failure.status == .missingInput)
    }
  }

  @Test func sendsWhatTheSpecificationSays() async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a")
      let first = try await client.add(
        PinRequest(cid("x"), name: "n", origins: ["/p2p/a"], meta: ["k": "v"]))
      let second = try await client.add(PinRequest(cid("y")), replacing: first.requestID)
      #expect(second.cid == cid("y"))
      #expect(second.delegates == ["/dnsaddr/pin.example/p2p/QmDelegate"])
      #expect(try await client.ids() == [second.requestID])
      let asked = try await bench.log("a")
      #expect(
        asked[0]
          == #"POST pins {"cid": "\#(cid("x"))", "name": "n", "origins": ["/p2p/a"], "meta": {"k": "v"}}"#
      )
      #expect(asked[1] == #"POST pins/\#(first.requestID) {"cid": "\#(cid("y"))"}"#)
      let failure = try await refusal {
        try await client.add(PinRequest(cid("z")), replacing: first.requestID)
      }
      #expect(failure.status == .missingInput)
      #expect(failure.code == "no-such-request")
    }
  }

  /// An id is opaque: whatever is in it leads nowhere else.
  @Test(arguments: ["a+odd", ".", "..", "../../admin", "%2e%2e", "a/b?c#d", "Ünde r\n"])
  func idsAreOpaque(_ text: String) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+odd")
      let id = text == "a+odd" ? try await client.add(PinRequest(cid("x"))).requestID : text
      #expect(try await client.remove(id) == (text == "a+odd"))
      let asked = try await bench.log("a+odd")
      let last = try #require(asked.last)
      #expect(last.hasPrefix("DELETE pins/"))
      #expect(last.split(separator: "/").count == 2)
    }
  }

  @Test(arguments: ["a+duplicate", "a+duplicate:400"])
  func findsWhatIsThereAlready(_ name: String) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client(name)
      let first = try await client.add(PinRequest(cid("x"), name: "one"))
      let again = try await client.add(PinRequest(cid("x"), name: "two"))
      #expect(again.requestID == first.requestID)
    }
  }

  /// A lost answer is looked for; only what was not taken is an error, and one that may be tried again.
  @Test(arguments: ["a+loses:1", "a+loses-500:1"])
  func findsWhatWasTaken(_ name: String) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client(name)
      let pin = try await client.add(PinRequest(cid("x")))
      #expect(try await client.ids() == [pin.requestID])
    }
  }

  @Test(arguments: [
    ("a+drops", Failure.Status.temporary), ("a+500", .unavailable), ("a+429", .temporary),
    ("a+503", .unavailable),
  ])
  func mayBeTriedAgain(_ name: String, _ status: Failure.Status) async throws {
    try await PinningBench.run { bench in
      let failure = try await refusal {
        try await bench.client(name, retries: 1).add(PinRequest(cid("x")))
      }
      #expect(failure.status == status)
      #expect(failure.isRetryable)
      #expect(failure.message.hasPrefix("service"))
      #expect(failure.message.utf8.count < 400)
    }
  }

  @Test func comesAgainWhenTold() async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+429:2")
      #expect(try await client.add(PinRequest(cid("x"))).state == .queued)
      #expect(try await bench.log("a+429:2").count == 3)
      // A time beyond patience is the end, and is told.
      let failure = try await refusal {
        try await bench.client("b+429+after:100000").add(PinRequest(cid("x")))
      }
      #expect(failure.message.hasSuffix("asks to wait for 100000 s"))
      #expect(try await bench.log("b+429+after:100000").count == 1)
    }
  }

  @Test(arguments: [
    ("a+other-cid", Failure.Status.protocolViolation, "not for"),
    ("a+garbage", .protocolViolation, "no JSON"), ("a+away", .protocolViolation, "307"),
    ("a+poor", .permission, "INSUFFICIENT_FUNDS: top up"),
    ("a+forbids", .permission, "its command"),
    ("a+html", .configuration, "404"),
  ])
  func isRefused(_ name: String, _ status: Failure.Status, _ words: String) async throws {
    try await PinningBench.run { bench in
      let failure = try await refusal { try await bench.client(name).add(PinRequest(cid("x"))) }
      #expect(failure.status == status)
      #expect(!failure.isRetryable)
      #expect(failure.message.contains(words))
    }
  }

  @Test func tellsOfABadToken() async throws {
    try await PinningBench.run { bench in
      let failure = try await refusal {
        try await bench.client("a", token: "my-secret").add(PinRequest(cid("x")))
      }
      #expect(failure.status == .permission)
      #expect(failure.code == "token-refused")
      #expect(!"\(failure)".contains("my-secret"))
    }
  }

  // MARK: Waiting

  @Test func waitsNoLongerThanItMay() async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+stuck")
      let pin = try await client.add(PinRequest(cid("x")))
      let deadline = ContinuousClock.now + .milliseconds(50)
      let last = try await client.wait(for: pin, until: deadline, pauses: PinningBench.short)
      #expect(last.state == .queued)
    }
  }

  @Test(arguments: [PinningService.Kind.pinningServiceAPI, .pinata])
  func learnsThatItFailed(_ kind: PinningService.Kind) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+fails-later", kind)
      let pin = try await client.add(PinRequest(cid("x")))
      let last = try await client.wait(for: pin, pauses: PinningBench.short)
      #expect(last.state == .failed)
      let details = try #require(last.details)
      #expect(details.contains(kind == .pinata ? "expired" : "nobody has it"))
    }
  }

  @Test func isToldNoMoreThanIsReadable() async throws {
    try await PinningBench.run { bench in
      let pin = try await bench.client("a+fails+long:100000").add(PinRequest(cid("x")))
      #expect(try #require(pin.details).utf8.count < 400)
    }
  }
}
