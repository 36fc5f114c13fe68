public import ArgumentParser
import Commands
import Hashing
import Marketplace
public import Proofs
import Records
import Synchronization

extension ConsensusStrategy: ExpressibleByArgument {}

struct Consensus: StreamingCommand {
  static let configuration = CommandConfiguration(
    abstract: "Judge whether enough nodes agree on a result, and complete 'verdict'.",
    discussion: """
      $ sr-job wait <jobs.jsonl | sr-proof verify | sr-proof consensus
      Counts the proofs that 'sr-proof verify' found good, one vote a node. Ends with 1 where \
      too few agree.
      """)

  @Option(
    help: "How many must agree: <k>-of-<n>, or none, low, medium, high; else job.consensus.",
    transform: { text in
      guard let quorum = Quorum(text) else {
        throw ValidationError(
          "'\(text)' is no level and no K-of-N with more than half of at most 15")
      }
      return quorum
    })
  var quorum: Quorum?

  @Option(help: "The rule by which votes become a result.")
  var strategy: ConsensusStrategy = .kOfN

  @Flag(help: "Judge the records of each specification together; one comes out for each.")
  var group = false

  @Flag(help: "Take each node's word, whether its proof was judged or not.")
  var unverified = false

  @OptionGroup var stream: StreamOptions

  func validate() throws {
    if let quorum, quorum.nodes < strategy.leastNodes {
      throw ValidationError("\(strategy.rawValue) needs \(strategy.leastNodes) nodes or more")
    }
  }

  func run(in world: World) async throws(Failure) -> Failure.Status {
    let location = try ProofLocation(try world.folders)
    let groups = Groups()
    return try await pipeline(in: world).run(
      atEnd: { emitter throws(Failure) in
        for group in groups.all {
          let agreement = try agreement(try group.record(of: nil), location)
          let record = try group.record(of: agreement.resultHash)
          try judge(record, agreement, location, in: world, emitter)
        }
      }
    ) { input, emitter throws(Failure) in
      // What cannot be judged is refused at once, and rides along by itself.
      let agreement = try agreement(input, location)
      if group {
        try groups.add(input)
      } else {
        try judge(input, agreement, location, in: world, emitter)
      }
    }
  }

  private func agreement(
    _ record: Record, _ location: ProofLocation
  ) throws(Failure) -> Agreement {
    let asked: Quorum
    if let quorum { asked = quorum } else { asked = try record.quorum() }
    return try Agreement(
      of: record, asked, by: strategy, takingTheirWord: unverified, at: location)
  }

  private func judge(
    _ record: Record, _ agreement: Agreement, _ location: ProofLocation, in world: World,
    _ emitter: Emitter
  ) throws(Failure) {
    let (judged, isAgreed) = try agreement.judged(record, at: location) { world.note($0) }
    try emitter.emit(judged, status: isAgreed ? .done : .answerNo)
  }
}

/// The groups in the order of their first records.
private final class Groups: Sendable {
  private let state = Mutex<(order: [RecordGroup.Key], groups: [RecordGroup.Key: RecordGroup])>(
    ([], [:]))

  func add(_ record: Record) throws(Failure) {
    let key = try RecordGroup.Key(record)
    try state.withLock { state throws(Failure) in
      var group = state.groups[key] ?? RecordGroup()
      try group.add(record)
      if state.groups.updateValue(group, forKey: key) == nil { state.order.append(key) }
    }
  }

  var all: [RecordGroup] {
    state.withLock { state in state.order.compactMap { state.groups[$0] } }
  }
}
