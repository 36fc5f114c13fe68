public import Hashing
public import Marketplace
public import Records

/// What came of a ballot: the result that enough nodes vouch for, or none.
public struct Agreement: Sendable {
  /// A result and who voted for it.
  public struct Party: Equatable, Sendable {
    /// The result; nil for nodes whose run was ended.
    public var resultHash: Digest32?
    /// Their votes, in the order of the proofs.
    public var votes: [Vote]
  }

  /// Who voted.
  public let ballot: Ballot
  /// How many had to agree, of how many.
  public let quorum: Quorum
  /// By which rule.
  public let strategy: ConsensusStrategy
  /// How many votes for one result were enough.
  public let needed: Int
  /// The results, that with the most votes first; where the fastest wins, his.
  public let parties: [Party]
  /// The result that was agreed on; nil where there is none.
  public let resultHash: Digest32?

  /// Decides; `finished` says when a vote's run ended, and is asked only where the fastest wins.
  ///
  /// Throws where the rule needs more nodes than the quorum has.
  public init(
    _ ballot: Ballot, _ quorum: Quorum, by strategy: ConsensusStrategy,
    finished: (Vote) -> Timestamp? = { _ in nil }
  ) throws(Failure) {
    guard quorum.nodes >= strategy.leastNodes else {
      throw Failure(
        .data,
        "\(strategy.rawValue) needs \(strategy.leastNodes) nodes or more, the quorum is \(quorum)",
        hint: "give another with --quorum, such as 3-of-4")
    }
    self.ballot = ballot
    self.quorum = quorum
    self.strategy = strategy
    needed = strategy.needed(of: quorum, votes: ballot.votes.count)
    var parties: [Party] = []
    for vote in ballot.votes {
      if let index = parties.firstIndex(where: { $0.resultHash == vote.resultHash }) {
        parties[index].votes.append(vote)
      } else {
        parties.append(Party(resultHash: vote.resultHash, votes: [vote]))
      }
    }
    if strategy == .fastestWins {
      let times = ballot.votes.compactMap { vote in
        vote.resultHash.flatMap { hash in finished(vote).map { (time: $0, hash: hash) } }
      }
      // The first in the record where two finished at once.
      let winner = times.min { $0.time < $1.time }?.hash
      resultHash = winner
      self.parties = Self.sorted(parties) { $0.resultHash == winner && winner != nil ? 1 : 0 }
    } else {
      self.parties = Self.sorted(parties) { $0.resultHash == nil ? -1 : $0.votes.count }
      let first = self.parties.first
      resultHash = (first?.votes.count ?? 0) >= needed ? first?.resultHash : nil
    }
  }

  /// Those who vouch for the result.
  public var agreed: [Vote] { resultHash == nil ? [] : parties.first?.votes ?? [] }

  /// All others who voted, in the order of the proofs.
  public var disagreed: [Vote] {
    ballot.votes.filter { vote in !agreed.contains(vote) }
  }

  /// Larger first, and what is equal in its order.
  private static func sorted(_ parties: [Party], by size: (Party) -> Int) -> [Party] {
    parties.enumerated().sorted {
      let (left, right) = (size($0.element), size($1.element))
      return left == right ? $0.offset < $1.offset : left > right
    }.map(\.element)
  }
}
