import IPFS
import IPFSClients
import Records
import Testing

/// Lists of requests: each once, none lost, whatever pages a service makes of them.
@Suite struct PinningListTests {
  /// How services page: their own limit, coarse times, equal times, counts that say something else.
  @Test(arguments: [
    "a", "a+cap:1", "a+cap:2", "a+cap:7", "a+cap:24", "a+cap:25", "a+cap:3+zone", "a+cap:10+coarse",
    "a+cap:5+group:2", "a+cap:5+group:4", "a+cap:5+group:5+total", "a+cap:4+total",
    "a+cap:4+countless", "a+cap:3+inclusive", "a+cap:6+group:3+inclusive", "a+odd+cap:2", "a+same",
    // A count that is the page's says nothing of its end.
    "a+page-count", "a+cap:1+page-count", "a+cap:2+page-count", "a+cap:7+page-count",
    "a+cap:25+page-count", "a+cap:5+group:3+page-count", "a+cap:5+group:2+page-count+zone",
    "a+cap:5+group:3+countless", "a+cap:3+inclusive+page-count", "a+same+page-count",
    "a+cap:4+generous",
  ])
  func listsEachOnce(_ name: String) async throws {
    try await PinningBench.run { bench in
      try await bench.seed(name, 25)
      let ids = try await bench.client(name).ids()
      let made = (1...25).reversed().map {
        name.contains("odd") ? "Ünde r/../%2e?#&=+\($0)" : "request-\($0)"
      }
      #expect(ids == made)
    }
  }

  /// More of one moment than a page holds cannot be listed: that is said, not passed over, and comes to an end.
  @Test(arguments: [
    "a+cap:5+same", "a+cap:5+group:6", "a+cap:1+group:2", "a+cap:3+coarse",
    "a+cap:5+group:6+page-count", "a+cap:5+group:6+countless", "a+cap:2+group:2+page-count",
  ])
  func saysWhatCannotBeListed(_ name: String) async throws {
    try await PinningBench.run { bench in
      try await bench.seed(name, 25)
      let failure = try await refusal { try await bench.client(name).ids() }
      #expect(failure.status == .protocolViolation)
      #expect(failure.message.contains("cannot all be listed"))
    }
  }

  /// A service that gives the same again and again, or what was not asked for.
  @Test(arguments: [
    ("a+cap:5+repeats", "where older than"), ("a+cap:5+repeats+page-count", "where older than"),
    ("a+cap:5+repeats+countless", "where older than"),
    ("a+cap:3+group:3+inclusive", "the same page again"),
    ("a+cap:5+backwards", "not newest first"),
    ("a+cap:5+backwards+page-count", "not newest first"),
    ("a+garbage", "no JSON"), ("a+huge", "larger than"), ("a+strange-state", "a known \"status\""),
  ])
  func refusesNonsense(_ name: String, _ words: String) async throws {
    try await PinningBench.run { bench in
      try await bench.seed(name, 25)
      let failure = try await refusal { try await bench.client(name).ids() }
      #expect(failure.status == .protocolViolation)
      #expect(failure.message.contains(words))
    }
  }

  @Test func filters() async throws {
    try await PinningBench.run { bench in
      try await bench.seed("a+cap:3", 10)
      let client = try bench.client("a+cap:3")
      var filter = PinFilter()
      filter.name = "seed 4"
      #expect(try await client.ids(filter) == [])
      filter.match = .iexact
      #expect(try await client.ids(filter) == ["request-5"])
      filter.match = .ipartial
      filter.name = "SEED"
      filter.meta = ["app": "1"]
      #expect(try await client.ids(filter).count == 5)
      filter = PinFilter(cid("seed 7"))
      #expect(try await client.ids(filter) == ["request-8"])
      filter.states = [.failed, .queued]
      #expect(try await client.ids(filter) == [])
      // More CIDs than a service takes at once.
      filter = PinFilter()
      filter.cids = (0..<30).map { cid("seed \($0)") }
      #expect(try await Set(client.ids(filter)).count == 10)
      let asked = try await bench.log("a+cap:3")
      #expect(asked.allSatisfy { $0.split(separator: "%2C").count <= 10 + 3 })
    }
  }

  /// A filter that a service does not know is ours to hold; but of CIDs nobody may tell us others.
  @Test func holdsToWhatWasAsked() async throws {
    try await PinningBench.run { bench in
      try await bench.seed("a+deaf", 10)
      let client = try bench.client("a+deaf")
      var filter = PinFilter()
      filter.name = "Seed 3"
      #expect(try await client.ids(filter) == ["request-4"])
      let failure = try await refusal { try await client.ids(PinFilter(cid("seed 3"))) }
      #expect(failure.status == .protocolViolation)
      #expect(failure.message.contains("was not asked for"))
    }
  }

  /// A service that never ends is left: of one CID there are only so many requests.
  @Test(arguments: [PinningService.Kind.pinningServiceAPI, .pinata])
  func leavesWhatNeverEnds(_ kind: PinningService.Kind) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+endless", kind)
      let failure = try await refusal { try await client.ids(PinFilter(cid("x"))) }
      #expect(failure.status == .protocolViolation)
      #expect(failure.message.contains("more than 10000 requests"))
      #expect(try await bench.log("a+endless").count == (kind == .pinata ? 41 : 11))
    }
  }

  /// One that trickles is never silent, and gets no more time for it.
  @Test(.timeLimit(.minutes(5))) func waitsForNoTrickle() async throws {
    try await PinningBench.run { bench in
      let client = try bench.client("a+drip")
      let failure = try await refusal {
        try await client.list(PinFilter(), until: .now + .seconds(2)) { _ in }
      }
      #expect(failure.status == .temporary)
    }
  }

  /// Version 0 and version 1 of a CID are one content, whichever a service keeps.
  @Test(arguments: ["a", "a+v1"])
  func findsEitherVersion(_ name: String) async throws {
    try await PinningBench.run { bench in
      let client = try bench.client(name)
      let old = CID(hashing: Array("x".utf8), codec: .dagPB)
      let first = try await client.add(PinRequest(try #require(old.v0)))
      let second = try await client.add(PinRequest(old.v1))
      for cid in [try #require(old.v0), old.v1] {
        #expect(try await client.ids(PinFilter(cid)) == [second.requestID, first.requestID])
        #expect(try await client.remove("request-9", of: cid) == false)
      }
      #expect(try await client.remove(first.requestID, of: old.v1))
    }
  }

  @Test func asksByTheServicesOwnTimes() async throws {
    try await PinningBench.run { bench in
      try await bench.seed("a+cap:2+zone", 3)
      _ = try await bench.client("a+cap:2+zone").ids()
      let asked = try await bench.log("a+cap:2+zone")
      #expect(asked.count == 2)
      // The newest of three, so that the second comes again and the third with it.
      #expect(asked[1].contains("before=2026-01-01T05%3A30%3A00.750000000003%2B05%3A30"))
    }
  }

  @Test(arguments: [
    "p", "p+cap:1", "p+cap:7", "p+cap:7+countless", "p+countless", "p+page-count",
    "p+cap:7+page-count", "p+cap:1+page-count", "p+cap:20+removes:1",
  ])
  func listsPinata(_ name: String) async throws {
    try await PinningBench.run { bench in
      try await bench.seed(name, 40)
      try await bench.seed(name, 5, status: "failed")
      let client = try bench.client(name, .pinata)
      var filter = PinFilter()
      filter.states = [.pinned]
      let ids = try await client.ids(filter)
      #expect(Set(ids).count == ids.count)
      // Those that were taken away meanwhile may be told or not; all others are.
      let kept = (0..<(name.contains("removes") ? 34 : 40)).map { cid("seed \($0)").description }
      #expect(Set(ids).isSuperset(of: kept))
      filter.states = [.failed]
      #expect(try await client.ids(filter).count == (name.contains("removes") ? 0 : 5))
    }
  }

  @Test func endsWherePinataRepeatsItself() async throws {
    try await PinningBench.run { bench in
      try await bench.seed("p+cap:7+repeats", 40)
      let failure = try await refusal { try await bench.client("p+cap:7+repeats", .pinata).ids() }
      #expect(failure.status == .protocolViolation)
      #expect(failure.message.contains("repeats itself"))
    }
  }
}
