internal import Ethereum

extension Verification {
  /// The checks of each of a record's proofs, in their order.
  ///
  /// `result` tells of one node's run. Where the proof of that run is among several, usage and logs are not held
  /// against the others, whose runs had their own; nor are its files against those of another result, which fail
  /// `outputs` or `exit`. A node's second proof fails `signer`: whoever counts must not count one node twice.
  public func checks(of entries: [ProofEntry], at location: ProofLocation) -> [[Check]] {
    var judged = entries.map { checks(of: $0, at: location) }
    if judged.contains(where: Self.isOwn) {
      var others = self
      others.isOfAnotherRun = true
      for index in judged.indices where !Self.isOwn(judged[index]) {
        judged[index] = others.checks(of: entries[index], at: location)
      }
    }
    var nodes: Set<Address> = []
    for (index, entry) in entries.enumerated() {
      guard let node = entry.node, !nodes.insert(node).inserted else { continue }
      judged[index].append(Check(.signer, .failed, "an earlier proof here is by the same node"))
    }
    return judged
  }

  /// Whether a proof is a good one, and of the very run that `result` tells of.
  private static func isOwn(_ checks: [Check]) -> Bool {
    checks.allSatisfy { $0.status == .passed }
  }
}
