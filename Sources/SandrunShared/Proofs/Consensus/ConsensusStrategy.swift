public import Marketplace

/// By which rule nodes' votes become one result.
public enum ConsensusStrategy: String, CaseIterable, Sendable {
  /// As many as the quorum says.
  case kOfN = "k-of-n"
  /// More than half of the nodes.
  case majorityRule = "majority-rule"
  /// The first to finish, by its own clock: for nodes that are trusted.
  case fastestWins = "fastest-wins"
  /// 2f+1 of 3f+1 nodes.
  case byzantineFaultTolerant = "byzantine-fault-tolerant"

  /// The least number of nodes for which the rule means something.
  public var leastNodes: Int { self == .byzantineFaultTolerant ? 4 : 1 }

  /// How many votes for one result decide, where so many nodes have voted.
  ///
  /// Never half or fewer of those who voted, so that two results cannot both have enough; one alone where the fastest
  /// wins. Between 3f+1 and the next such number of nodes it takes more than half of nodes and liars together.
  public func needed(of quorum: Quorum, votes: Int) -> Int {
    let nodes = max(quorum.nodes, votes)
    return switch self {
    case .kOfN: max(quorum.agreeing, votes / 2 + 1)
    case .majorityRule: nodes / 2 + 1
    case .fastestWins: 1
    case .byzantineFaultTolerant: (nodes + (nodes - 1) / 3) / 2 + 1
    }
  }
}
