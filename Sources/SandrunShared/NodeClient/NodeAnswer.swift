internal import Ethereum
internal import Hashing
internal import NodeAPI
internal import Records

/// How a job ended on one of its nodes, as the node signed it.
struct NodeAnswer: Sendable {
  let place: Int
  let reference: JobReference
  let status: JobStatus
  let job: FinishedJob

  /// The node for people.
  var name: String { reference.address.map { "\($0)" } ?? "\(reference.endpoint)" }

  /// What it says, for people.
  var told: String {
    if let hash = job.resultHash { return "its result is \(hash)" }
    let reason = job.result["reason"]?.string.map { " (\($0))" } ?? ""
    return "it has no result: \(status.state.rawValue)\(reason)"
  }
}

/// What the nodes of one job say, and whether they agree.
struct NodeAnswers: Sendable {
  /// In the order of `run.nodes`.
  private(set) var finished: [NodeAnswer] = []
  /// What kept others from an answer.
  var failures: [Failure] = []
  var isInterrupted = false

  mutating func add(_ answer: NodeAnswer) {
    let place = finished.firstIndex { $0.place > answer.place } ?? finished.endIndex
    finished.insert(answer, at: place)
  }

  /// The answers by what they say, each group in the nodes' order; nodes of one address count once.
  var groups: [Digest32: [NodeAnswer]] {
    var groups: [Digest32: [NodeAnswer]] = [:]
    for answer in finished {
      guard let hash = answer.job.resultHash else { continue }
      let group = groups[hash] ?? []
      if let address = answer.reference.address,
        group.contains(where: { $0.reference.address == address })
      {
        continue
      }
      groups[hash] = group + [answer]
    }
    return groups
  }

  /// The group that has so many nodes, which are more than half of all.
  func agreeing(_ needed: Int) -> [NodeAnswer]? { groups.values.first { $0.count >= needed } }

  /// Why there is none.
  func disagreement(_ needed: Int) -> Failure {
    let told =
      groups.sorted { ($1.value.count, $0.key.description) < ($0.value.count, $1.key.description) }
      .map { "\($0.value.count) of \($0.key)" }
    let none = finished.filter { $0.job.resultHash == nil }.map { "\($0.name): \($0.told)" }
    let parts = told + none + failures.map(\.message)
    return Failure(
      .answerNo,
      "no consensus, where \(needed) results must be the same: "
        + parts.joined(separator: "; "),
      code: "no-consensus",
      hint: failures.isEmpty
        ? "the job may not come out the same everywhere; submit it anew to other nodes"
        : "feed the record again, where a node may come back",
      isRetryable: failures.contains(where: \.isRetryable))
  }
}
