import EthereumRPC
import Hashing
import Records
import Testing

@testable import EventStreams

@Suite("A stream of events") struct EventStreamTests {
  static func options(window: Int = 8) -> EventStream.Options {
    var options = EventStream.Options()
    options.window = window
    return options
  }

  // MARK: History

  @Test("reads a chain to its head", arguments: [1, 2, 5, 39, 40, 41, 64])
  func reads(window: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 39)
      let recorder = Recorder()
      try await chain.stream(Self.options(window: window), to: recorder)
      let all = try await chain.canonical(mining: 0)
      #expect(recorder.keys == all.map(\.key))
      #expect(recorder.complaints == [])
      #expect(recorder.position?.next == 40)
      #expect(recorder.position?.window.count == min(window, 40))
    }
  }

  @Test("reads a part of it") func part() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 59)
      let recorder = Recorder()
      var options = Self.options()
      options.end = 33
      try await chain.stream(options, to: recorder, start: 12)
      let wanted = try await chain.canonical(mining: 0).filter { (12...33).contains($0.number) }
      #expect(recorder.keys == wanted.map(\.key))
      #expect(recorder.position?.next == 34)
      // What is not there yet is none of a failure.
      let none = Recorder()
      try await chain.stream(Self.options(), to: none, start: 1000)
      #expect(none.keys == [])
    }
  }

  @Test("holds back what is not deep enough") func confirmations() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 29)
      let recorder = Recorder()
      var options = Self.options()
      options.confirmations = 4
      try await chain.stream(options, to: recorder)
      let wanted = try await chain.canonical(mining: 0).filter { $0.number <= 26 }
      #expect(recorder.keys == wanted.map(\.key))
      let short = Recorder()
      options.confirmations = 100
      try await chain.stream(options, to: short)
      #expect(short.keys == [])
    }
  }

  @Test("finds out what ranges a node takes", arguments: [1, 2, 7, 100])
  func limits(limit: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 300)
      try await chain.bend("limit", .integer(limit))
      let recorder = Recorder()
      try await chain.stream(Self.options(window: 3), to: recorder)
      #expect(recorder.keys == (try await chain.canonical(mining: 0).map(\.key)))
      // The node's limit is come up to, and seldom passed.
      let sizes = recorder.steps.compactMap { step -> UInt64? in
        if case .range(let range, _) = step { UInt64(range.count) } else { nil }
      }
      let largest = try #require(sizes.max())
      #expect(limit < 10 ? largest == UInt64(limit) : (50...UInt64(limit)).contains(largest))
      let refusals = recorder.teller.text.split(separator: "\n").count { $0.contains("instead of") }
      #expect(refusals < 40)
    }
  }

  @Test("goes on from where it was") func resumes() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 49)
      for stop in [UInt64(3), 20, 45, 49] {
        let recorder = Recorder()
        var options = Self.options()
        options.end = stop
        try await chain.stream(options, to: recorder)
        let position = try EventPosition(try #require(recorder.position).json)
        #expect(position == recorder.position)
        options.end = nil
        try await chain.stream(options, to: recorder, from: position)
        #expect(recorder.keys == (try await chain.canonical(mining: 0).map(\.key)))
        #expect(recorder.complaints == [])
      }
    }
  }

  // MARK: The head

  @Test("takes back what a reorganisation replaces", arguments: 1...8)
  func reorganised(depth: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      let recorder = Recorder()
      try await chain.following(Self.options(), to: recorder) {
        #expect(await recorder.reaches { $0.position?.next == 31 })
        for count in [depth, depth + 1, depth + 3] {
          let before = recorder.removals
          try await chain.bend("reorg", .integer(depth), .integer(count))
          let wanted = try await chain.canonical(mining: 0).map(\.key)
          #expect(await recorder.reaches { $0.keys == wanted })
          #expect(depth < 3 || recorder.removals > before)
        }
      }
      #expect(recorder.complaints == [])
    }
  }

  @Test("takes back what a shorter chain replaces") func shorter() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      let recorder = Recorder()
      try await chain.following(Self.options(), to: recorder) {
        #expect(await recorder.reaches { $0.position?.next == 31 })
        try await chain.bend("reorg", 6, 2)
        #expect(await recorder.reaches { $0.position?.next == 27 })
      }
      let wanted = try await chain.canonical(mining: 0).filter { $0.number <= 26 }.map(\.key)
      #expect(recorder.keys == wanted)
      #expect(recorder.complaints == [])
    }
  }

  @Test("takes nothing back for a head that goes down") func headDown() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      let recorder = Recorder()
      try await chain.following(Self.options(), to: recorder) {
        #expect(await recorder.reaches { $0.position?.next == 31 })
        // A node that lags behind the one before, less than the window and more.
        for lag in [29, 25, 10, 0] {
          try await chain.bend("lag", .integer(lag))
          try await chain.looks()
          #expect(recorder.removals == 0)
          #expect(recorder.position?.next == 31)
        }
        try await chain.bend("lag", .null)
        try await chain.bend("mine", 1)
        #expect(await recorder.reaches { $0.position?.next == 32 })
        #expect(recorder.removals == 0)
        // One that forgot its last blocks: what lies above is held until others stand there.
        try await chain.bend("setHead", 28)
        try await chain.looks()
        #expect(recorder.removals == 0)
        try await chain.bend("mine", 1)
        #expect(await recorder.reaches { $0.position?.next == 30 })
        #expect(recorder.removals > 0)
        let wanted = try await chain.canonical().map(\.key)
        #expect(await recorder.reaches { $0.keys == wanted })
      }
      #expect(recorder.complaints == [])
    }
  }

  @Test("says that a reorganisation is too deep", arguments: [9, 20])
  func tooDeep(depth: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      let recorder = Recorder()
      try await chain.following(Self.options(), to: recorder) {
        #expect(await recorder.reaches { $0.position?.next == 31 })
        try await chain.bend("reorg", .integer(depth), .integer(depth + 1))
        #expect(await recorder.reaches { _ in false } == false)
      }
      #expect(recorder.removals == 0)
      let complaint = try #require(recorder.complaints.first)
      #expect(complaint.contains("was reorganised below block 23, deeper than the 8 blocks"))
    }
  }

  @Test("begins anew where all that it is of is replaced") func allReplaced() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      let recorder = Recorder()
      try await chain.following(Self.options(window: 64), to: recorder, start: 28) {
        #expect(await recorder.reaches { $0.position?.next == 31 })
        try await chain.bend("reorg", 10, 12)
        let wanted = try await chain.canonical(mining: 0).filter { $0.number >= 28 }.map(\.key)
        #expect(await recorder.reaches { $0.keys == wanted })
      }
      #expect(recorder.complaints == [])
    }
  }

  @Test("outlives a node that is away, and fills the gap", arguments: [0, 5, 50])
  func away(blocks: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      let recorder = Recorder()
      try await chain.following(Self.options(), to: recorder) {
        for _ in 0..<3 {
          let wanted = try await chain.canonical().map(\.key)
          #expect(await recorder.reaches { $0.keys == wanted })
          try await chain.bend("fail", 12)
          try await chain.bend("mine", .integer(blocks))
          // What would be asked for the canonical chain now would end the absence before anybody had seen it.
          try await chain.looks()
        }
        let wanted = try await chain.canonical().map(\.key)
        #expect(await recorder.reaches { $0.keys == wanted })
      }
      #expect(recorder.complaints == [])
      #expect(recorder.teller.text.contains("is back"))
    }
  }

  @Test("bears many answers that cannot be, where the history goes on between them")
  func stutter() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 600)
      try await chain.bend("limit", 7)
      try await chain.bend("stutter", 7)
      let recorder = Recorder()
      try await chain.following(Self.options(window: 4), to: recorder) {
        #expect(await recorder.reaches { $0.position?.next == 601 })
        let wanted = try await chain.canonical(mining: 0).map(\.key)
        let isWhole = recorder.keys == wanted
        #expect(isWhole)
        // Each time it is said to people, and said that it is over.
        let told = recorder.teller.text.split(separator: "\n")
        #expect(told.count { $0.contains("trying again") } > 5)
        #expect(told.count { $0.contains("is back") } > 5)
        // Five in a row are too many.
        try await chain.bend("stutter", 1)
        try await chain.bend("mine", 1)
        #expect(await recorder.reaches { _ in false } == false)
      }
      #expect(recorder.complaints.count == 1)
      #expect(recorder.complaints.first?.contains("not an array") == true)
    }
  }

  @Test("ends at once where it does not follow a node that is away") func gone() async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      _ = try await chain.client.identity()
      try await chain.bend("fail", 100)
      let failure = try await #require(throws: Failure.self) {
        try await chain.stream(Self.options(), to: Recorder())
      }
      #expect(failure.status == .temporary)
    }
  }

  // MARK: Chaos

  /// Whatever happens to the chain and to the node: in the end exactly its logs, and never a removal without its log.
  @Test("ends with exactly the chain's logs", arguments: 0..<12, [0, 7])
  func chaos(seed: Int, limit: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 40)
      try await chain.bend("limit", .integer(limit))
      let recorder = Recorder()
      try await chain.following(Self.options(window: 12), to: recorder) {
        try await chain.bend("chaos", .integer(seed), 120, 12)
        var left = 1
        while left > 0, recorder.complaints.isEmpty {
          try await Task.sleep(for: .milliseconds(20))
          left = try await chain.bend("changes").integer ?? 0
        }
        let wanted = try await chain.canonical().map(\.key)
        #expect(await recorder.reaches { $0.keys == wanted })
      }
      #expect(recorder.complaints == [])
    }
  }

  @Test("takes nothing back that was deep enough", arguments: 0..<4)
  func confirmedChaos(seed: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 40)
      let recorder = Recorder()
      var options = Self.options(window: 12)
      options.confirmations = 11
      try await chain.following(options, to: recorder) {
        try await chain.bend("chaos", .integer(seed), 100, 10)
        var left = 1
        while left > 0, recorder.complaints.isEmpty {
          try await Task.sleep(for: .milliseconds(20))
          left = try await chain.bend("changes").integer ?? 0
        }
        let all = try await chain.canonical(mining: 12)
        let head = try await chain.client.call("eth_getBlockByNumber", ["latest", false])
        let number = try #require(
          head["number"]?.string.flatMap { UInt64($0.dropFirst(2), radix: 16) })
        let wanted = all.filter { $0.number + 10 <= number }.map(\.key)
        #expect(await recorder.reaches { $0.keys == wanted })
      }
      #expect(recorder.complaints == [])
      #expect(recorder.removals == 0)
    }
  }

  // MARK: Lies

  static let lies = [
    "outside", "wrong-hash", "repeated", "foreign", "topic", "topics", "removed", "pending",
    "no-address", "no-topics", "no-data", "no-blockNumber", "no-blockHash", "no-transactionHash",
    "no-transactionIndex", "no-logIndex", "unlinked", "high",
  ]

  @Test("asks for blocks up to the highest number that there is") func highest() async throws {
    try await BentChain.run { chain in
      let reader = ChainReader(client: chain.client, filter: try BentChain.filter)
      for count in [UInt64(1), 5, 32, 33, 64] {
        let blocks = try await reader.blocks((UInt64.max - count + 1)...UInt64.max)
        #expect(blocks.count == Int(count) && blocks.allSatisfy { $0 == nil })
      }
    }
  }

  @Test("believes no log that cannot be", arguments: lies, [4, 64])
  func disbelieved(lie: String, window: Int) async throws {
    try await BentChain.run { chain in
      try await chain.bend("mine", 30)
      try await chain.bend("lie", .string(lie))
      let recorder = Recorder()
      let failure = try await #require(throws: Failure.self) {
        try await chain.stream(Self.options(window: window), to: recorder)
      }
      #expect(failure.status == .protocolViolation)
      #expect(failure.code == "bad-answer")
      #expect(recorder.keys == [] || lie == "unlinked")
    }
  }
}
