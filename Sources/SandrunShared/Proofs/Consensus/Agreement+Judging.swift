public import Marketplace
public import Records

extension Agreement {
  /// Counts the votes of a record's proofs.
  ///
  /// With `isUnverified` a node's word counts whether its proof was judged or not.
  public init(
    of record: Record, _ quorum: Quorum, by strategy: ConsensusStrategy = .kOfN,
    takingTheirWord isUnverified: Bool = false, at location: ProofLocation
  ) throws(Failure) {
    let ballot = try Ballot(record, takingTheirWord: isUnverified)
    let entries = try record.proofs()
    try self.init(ballot, quorum, by: strategy) { vote in
      location.finish(of: entries[vote.proof])
    }
  }

  /// The record with its `verdict` completed, and whether nodes agree on its result; what they differ in is told.
  public func judged(
    _ record: Record, at location: ProofLocation, telling note: (String) -> Void
  ) throws(Failure) -> (record: Record, isAgreed: Bool) {
    var differences: [ResultDifference] = []
    if let leading = parties.first(where: { $0.resultHash != nil })?.votes.first {
      for vote in parties.flatMap(\.votes) where vote.resultHash != leading.resultHash {
        let difference = try ResultDifference(of: vote, from: leading, in: record, at: location)
        note("\(vote.node) has another result: \(difference)")
        differences.append(difference)
      }
    }
    for rejected in ballot.rejected {
      note("proof \(rejected.proof) counts for nothing: \(rejected.reason)")
    }
    let objection = try objection(to: record)
    if let objection { note("no agreement: \(objection)") }
    let verdict = try verdict(in: record, objection: objection, differences: differences)
    return (record.setting("verdict", to: verdict), objection == nil)
  }
}

extension Record {
  /// The job's own quorum.
  public func quorum() throws(Failure) -> Quorum {
    guard let told = try object("job")?["consensus"]?.string else {
      throw Failure(.data, "the record has no \"job.consensus\"", hint: "give --quorum")
    }
    guard let quorum = Quorum(told) else {
      throw Failure(.data, "malformed \"job.consensus\": \(JSON.string(told).text)")
    }
    return quorum
  }
}
