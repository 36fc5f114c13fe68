import Ethereum
import Hashing
import Marketplace
import Records
import Testing
import WideInteger

@testable import MarketplaceClient

/// A job as its contracts tell it, and as somebody tells it in their place.
@Suite("The reading of a job") struct JobReadingTests {
  @Test("puts together what real contracts answered, at each recorded second") func recorded()
    throws
  {
    var rounds = [0, 0]
    var steps: Set<String> = []
    for recorded in try RecordedJob.all() {
      for moment in recorded.moments {
        let job = try #require(try recorded.read(at: moment.time))
        #expect(job.phase.step.rawValue == moment.step)
        #expect(job.current.entries.map(\.node) == recorded.claimants[job.current.index])
        steps.insert(moment.step)
      }
      rounds[try #require(try recorded.read()).current.index] += 1
    }
    #expect(rounds[0] > 10 && rounds[1] > 10)
    #expect(steps == ["claiming", "committing", "settleable", "refunded", "payable"])
  }

  @Test("finds no job where nobody posted one") func nothing() throws {
    var recorded = try #require(try RecordedJob.all().first)
    recorded.job(0, 0)
    #expect(try recorded.read() == nil)
  }

  @Test("tells what a node did that has no claim, and one whose claim was dropped") func asked()
    throws
  {
    var recorded = try RecordedJob.first { $0.current.entries.count == 1 }
    let (ann, bob) = (try RecordedJob.node(0x51), try RecordedJob.node(0x52))
    recorded.entries[bob] = RecordedJob.entry(number: 9, deadline: 5)
    let job = try #require(try recorded.read(asking: [ann, bob]))
    #expect(job.entry(of: ann)?.claim.number == nil)
    #expect(job.entry(of: bob)?.claim.number == 9)
    #expect(job.entry(of: bob)?.claim.isLive == false)
    #expect(job.entry(of: try RecordedJob.node(0x53)) == nil)
    // Who claimed is known without being asked for.
    #expect(job.entry(of: try RecordedJob.node(1))?.claim.isLive == true)
  }

  @Test("counts blocks on a post without a fall below it") func confirmations() throws {
    var recorded = try #require(try RecordedJob.all().first)
    recorded.round(0, 2, 900)
    #expect(try recorded.read(block: 899)?.confirmations == 0)
    #expect(try recorded.read(block: 900)?.confirmations == 1)
    #expect(try recorded.read(block: 1 << 63)?.confirmations == (1 << 63) - 899)
  }

  // MARK: Lies

  /// Why an answer that was bent is refused; nil where it is believed.
  private func refusal(
    _ recorded: RecordedJob, asking nodes: [Address] = [],
    _ bend: (inout RecordedJob) throws -> Void
  ) throws -> String? {
    var bent = recorded
    try bend(&bent)
    do throws(Failure) {
      _ = try read(bent, nodes)
      return nil
    } catch {
      #expect(error.status == .protocolViolation && error.code == "bad-answer")
      return error.message
    }
  }

  private func read(_ bent: RecordedJob, _ nodes: [Address]) throws(Failure) {
    do { _ = try bent.read(asking: nodes) } catch let failure as Failure { throw failure } catch {
      throw Failure(.internalError, "\(error)")
    }
  }

  @Test("refuses each number that no contract gives") func numbers() throws {
    let recorded = try RecordedJob.first { $0.verdict.stage == .refunded }
    let beyond: UInt256 = UInt256(low: 1 << 64)
    let bends: [(String, (inout RecordedJob) throws -> Void)] = [
      ("nodes above 15", { $0.job(1, 16) }),
      ("quorum above 4", { $0.job(2, 5) }),
      ("a window above", { $0.job(4, UInt256(low: UInt128(JobWindows.limit + 1))) }),
      ("a window above", { $0.job(7, .max) }),
      ("status above 5", { $0.verdict(0, 6) }),
      ("2^64 or more", { $0.verdict(2, beyond) }),
      ("votes above", { $0.verdict(6, 47) }),
      ("5 slots in round 0 of a job for 4 nodes", { $0.round(0, 0, 5) }),
      (
        "0 slots in round 0",
        {
          $0.round(0, 0, 0); $0.round(0, 4, 0)
        }
      ),
      ("startedAt 2^64 or more", { $0.round(0, 1, beyond) }),
      ("startedIn 2^64 or more", { $0.round(0, 2, beyond) }),
      ("claimed above 4", { $0.round(0, 4, 5) }),
      ("8 slots in round 1", { $0.round(1, 0, 8) }),
      ("count above", { RecordedJob.put(32, at: 0, in: &$0.tallies[0]) }),
      ("last 2^64 or more", { RecordedJob.put(beyond, at: 1, in: &$0.tallies[0]) }),
      ("round above 1", { try $0.claim(1, 1, 2) }),
      ("deadline 2^64 or more", { try $0.claim(1, 2, beyond) }),
    ]
    #expect(try refusal(recorded) { _ in } == nil)
    for (words, bend) in bends {
      let found = try refusal(recorded, bend)
      #expect(found?.contains(words) == true, "\(words): \(found ?? "believed")")
    }
  }

  @Test("refuses answers that are too short, too long, or none") func lengths() throws {
    let recorded = try RecordedJob.first { $0.verdict.stage == .refunded }
    let parts: [WritableKeyPath<RecordedJob, [UInt8]>] = [
      \.jobs, \.verdicts, \.rounds[0], \.rounds[1], \.tallies[0],
    ]
    for part in parts {
      #expect(try refusal(recorded) { $0[keyPath: part] = [] } != nil)
      #expect(try refusal(recorded) { $0[keyPath: part].removeLast() } != nil)
      #expect(try refusal(recorded) { $0[keyPath: part] += RecordedJob.word(0) } != nil)
    }
    let node = try RecordedJob.node(1)
    for part in [\RecordedJob.Entry.claim, \.commitment, \.opening] {
      #expect(try refusal(recorded) { $0.entries[node]?[keyPath: part] = [] } != nil)
      #expect(try refusal(recorded) { $0.entries[node]?[keyPath: part].removeLast() } != nil)
    }
  }

  @Test("refuses answers that do not go together") func contradictions() throws {
    let recorded = try RecordedJob.first { $0.verdict.stage == .refunded }
    let (first, stranger) = (try RecordedJob.node(1), try RecordedJob.node(0x77))
    let bends: [(String, (inout RecordedJob) throws -> Void)] = [
      ("twice", { $0.claimants[0].append(first) }),
      ("no claim of", { $0.claimants[0].append(stranger) }),
      ("3 claims of 4", { $0.claimants[0].removeLast() }),
      ("3 claims of 4: the answers are of different blocks", { $0.claimants[0].removeFirst() }),
      ("in round 0, where claimants has one", { try $0.claim(1, 1, 1) }),
      ("a commitment of", { try $0.claim(1, 3, 0) }),
      ("a commitment of", { try $0.claim(1, 0, 0) }),
      (
        "which committed to nothing",
        { $0.entries[first]?.commitment = RecordedJob.word(0) }
      ),
      (
        "4 commitments, not 3",
        { $0.entries[try RecordedJob.node(2)]?.commitment = RecordedJob.word(0) }
      ),
      ("commitments, not 4", { RecordedJob.put(3, at: 0, in: &$0.tallies[0]) }),
      ("a challenge that the job has not", { $0.job(11, 5) }),
      ("a challenge that the job has not", { $0.verdict(0, 2) }),
      ("a challenge that the job has not", { $0.round(1, 0, 9) }),
    ]
    for (words, bend) in bends {
      let found = try refusal(recorded, bend)
      #expect(found?.contains(words) == true, "\(words): \(found ?? "believed")")
    }
  }

  @Test("refuses contradictions about a node that was asked for") func askedLies() throws {
    let recorded = try RecordedJob.first { $0.current.entries.count == 1 }
    let stranger = try RecordedJob.node(0x77)
    let word = RecordedJob.word(1)
    func refused(_ entry: RecordedJob.Entry) throws -> Bool {
      try refusal(recorded, asking: [stranger]) { $0.entries[stranger] = entry } != nil
    }
    var entry = RecordedJob.entry()
    #expect(try !refused(entry))
    entry.commitment = word
    #expect(try refused(entry))
    entry = RecordedJob.entry()
    entry.opening = word + word
    #expect(try refused(entry))
  }

  @Test("of a challenged job has both rounds, and refuses a lie about one") func challenged() throws
  {
    let recorded = try RecordedJob.first(1) { $0.current.entries.count > 1 }
    let job = try #require(try recorded.read())
    #expect(job.rounds.count == 2 && job.rounds[0].entries.isEmpty)
    #expect(job.current.terms.slots == 2 * job.posted.nodes + 1)
    let node = try RecordedJob.node(1)
    let bends: [(String, (inout RecordedJob) throws -> Void)] = [
      ("a challenge that the job has not", { $0.job(11, 0) }),
      (
        "or none that it has",
        {
          $0.round(1, 0, 0)
          $0.round(1, 4, 0)
        }
      ),
      ("slots in round 1", { $0.round(1, 0, 3) }),
      ("in round 0, where claimants has one", { $0.claimants[0] = [node] }),
      ("in round 1, where claimants has one", { try $0.claim(1, 1, 0) }),
    ]
    for (words, bend) in bends {
      let found = try refusal(recorded, bend)
      #expect(found?.contains(words) == true, "\(words): \(found ?? "believed")")
    }
  }

  @Test("neither traps nor believes at the ends of all numbers") func edges() throws {
    let recorded = try RecordedJob.first { $0.current.entries.count == 2 }
    let edges: [UInt256] = [0, 1, UInt256(low: UInt128(UInt64.max)), .max]
    for value in edges {
      for place in 0..<14 {
        var bent = recorded
        bent.job(place, value)
        for time in [0, UInt64.max] {
          let job = try? bent.read(at: time, block: 1 << 63)
          _ = job.map { ($0.phase, $0.chores, $0.confirmations, $0.words) }
        }
      }
      for place in 0..<6 {
        for index in 0..<2 {
          var bent = recorded
          bent.round(index, place, value)
          let job = try? bent.read(at: .max, block: 1 << 63)
          _ = job.map { ($0.phase, $0.chores, $0.confirmations, $0.words) }
        }
      }
    }
    #expect(try recorded.read() != nil)
  }
}
