import IPFS
import IPFSClients
import Records
import Testing

/// One request in the place of another, and one taken back: what a service did is looked at, not believed.
@Suite struct PinningReplaceTests {
  @Test func looksAgainWhereTheAnswerIsLost() async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+loses-replace:1")
      let old = try await client.add(PinRequest(cid("x"), name: "n"))
      // The same content under the same name is no proof by itself.
      let other = try await client.add(PinRequest(cid("y"), name: "n"))
      let new = try await client.add(
        PinRequest(cid("y"), name: "n"), replacing: old.requestID)
      #expect(new.requestID == "request-3")
      #expect(try await client.ids() == [new.requestID, other.requestID])
    }
  }

  /// Where nothing was done nothing is claimed, and it may be tried again.
  @Test(arguments: ["x", "y"]) func claimsNothing(_ text: String) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+drops-replace:1")
      let old = try await client.add(PinRequest(cid("x")))
      let asked = PinRequest(cid(text))
      let failure = try await refusal { try await client.add(asked, replacing: old.requestID) }
      #expect(failure.isRetryable)
      #expect(try await client.ids() == [old.requestID])
      let new = try await client.add(asked, replacing: old.requestID)
      #expect(try await client.ids() == [new.requestID])
    }
  }

  /// What is there already is not what was asked for, and asking again could make a second one.
  @Test(arguments: [
    ("a+drops-replace:1", "has it still, and another"), ("a+halves:1", "has it no more"),
    ("a+keeps-replace:1", "has it still, and another"),
  ])
  func saysHowItStands(_ name: String, _ words: String) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client(name)
      let old = try await client.add(PinRequest(cid("x")))
      if name.contains("drops") { _ = try await client.add(PinRequest(cid("y"))) }
      let failure = try await refusal {
        try await client.add(PinRequest(cid("y")), replacing: old.requestID)
      }
      #expect(failure.status == .protocolViolation)
      #expect(!failure.isRetryable)
      #expect(failure.message.contains(words))
      #expect(failure.hint?.contains("sr-ipfs pin") == true)
    }
  }

  @Test func aDuplicateReplacesNothing() async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+duplicate+drops-replace:0")
      let old = try await client.add(PinRequest(cid("x")))
      _ = try await client.add(PinRequest(cid("y")))
      let failure = try await refusal {
        try await client.add(PinRequest(cid("y")), replacing: old.requestID)
      }
      #expect(failure.status == .data)
      #expect(failure.message.contains("DUPLICATE"))
    }
  }

  /// A request is removed only where it is one for the content that is meant.
  @Test(arguments: [PinningService.Kind.pinningServiceAPI, .pinata])
  func removesNoOther(_ kind: PinningService.Kind) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a", kind)
      let pin = try await client.add(PinRequest(cid("x")))
      _ = try await client.wait(for: pin, pauses: PinningBench.short)
      let failure = try await refusal { try await client.remove(pin.requestID, of: cid("y")) }
      #expect(failure.status == .data)
      #expect(failure.code == "other-cid")
      #expect(try await client.ids() == [pin.requestID])
      #expect(try await client.remove(pin.requestID, of: cid("x")))
      #expect(try await !client.remove(pin.requestID, of: cid("x")))
    }
  }
}
