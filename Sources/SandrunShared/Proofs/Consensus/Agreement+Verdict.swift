internal import Ethereum
internal import Hashing
internal import Marketplace
public import Records

extension Agreement {
  /// Why there is no result, or why it is not the record's; nil where all is well.
  public func objection(to record: Record) throws(Failure) -> String? {
    guard let resultHash else {
      let most = parties.first.map { $0.resultHash == nil ? 0 : $0.votes.count } ?? 0
      if strategy == .fastestWins { return "no vote tells when its run ended" }
      return "\(needed) of \(max(quorum.nodes, ballot.votes.count)) must agree, and \(most) do"
    }
    let own = try RunRecord(record).resultHash
    guard own == resultHash else {
      let told = own.map { "is \($0)" } ?? "has no hash"
      return "the nodes agree on \(resultHash), the record's own result \(told)"
    }
    return nil
  }

  /// `verdict` with what was decided; its `checks`, and members of others, stay as they are.
  public func verdict(
    in record: Record, objection: String?, differences: [ResultDifference]
  ) throws(Failure) -> JSON {
    var verdict = try record.object("verdict") ?? [:]
    verdict["ok"] = .bool(objection == nil)
    verdict["resultHash"] = resultHash.map { .string($0.description) }
    verdict["agreed"] = .array(agreed.map { .string($0.node.description) })
    verdict["disagreed"] = .array(disagreed.map { .string($0.node.description) })
    verdict["differences"] = differences.isEmpty ? nil : .array(differences.map(\.json))
    verdict["agreement"] = .object(account(objection))
    return .object(verdict)
  }

  private func account(_ objection: String?) -> JSONObject {
    var account: JSONObject = [
      "quorum": .string(quorum.description), "strategy": .string(strategy.rawValue),
      "needed": .integer(needed), "votes": .integer(ballot.votes.count),
      "results": .array(
        parties.map { party in
          [
            "resultHash": party.resultHash.map { .string($0.description) } ?? .null,
            "nodes": .array(party.votes.map { .string($0.node.description) }),
          ]
        }),
      "rejected": .array(
        ballot.rejected.map { rejected in
          var object: JSONObject = ["proof": .integer(rejected.proof)]
          object["node"] = rejected.node.map { .string($0.description) }
          object["reason"] = .string(rejected.reason)
          return .object(object)
        }),
    ]
    if ballot.isUnverified { account["unverified"] = true }
    account["reason"] = objection.map { .string($0) }
    return account
  }
}
