public import HTTP
public import Hashing
public import WideInteger

/// Why a node gave no good answer.
public enum RPCError: Error, Sendable, CustomStringConvertible {
  /// The exchange over HTTP failed.
  case http(HTTPError)
  /// What came is no answer of JSON-RPC 2.0 to what was asked.
  case malformed(url: String, reason: String)
  /// The answer to a method holds something else than it must.
  case badAnswer(method: String, reason: String)
  /// The node refuses the call.
  case refused(RPCFailure)
  /// The node is on another chain than it must be.
  case wrongChain(url: String, expected: UInt256, found: UInt256)
  /// The node has another block 0 than it must have, though the chain's id is right.
  case otherGenesis(url: String, expected: Digest32, found: Digest32)
  /// None of several endpoints gave an answer: why, of each.
  case unanswered([RPCError])
  /// Fewer endpoints gave an answer than must give the same: how many did, why the others did not.
  case noQuorum(found: Int, needed: Int, of: Int, errors: [RPCError])
  /// Endpoints gave answers that exclude each other: who says what, shortly.
  case disagreement(method: String, answers: [String])

  /// `bad answer to eth_chainId: "0x01" is no quantity: superfluous zero`.
  public var description: String {
    switch self {
    case .http(let error): error.description
    case .malformed(let url, let reason): "bad answer from \(url): \(reason)"
    case .badAnswer(let method, let reason): "bad answer to \(method): \(reason)"
    case .refused(let failure): failure.description
    case .wrongChain(let url, let expected, let found):
      "\(url) is on chain \(found), not on chain \(expected)"
    case .otherGenesis(let url, let expected, let found):
      "block 0 of \(url) is \(found), not \(expected)"
    case .unanswered(let errors): "no endpoint answers: \(Self.list(errors))"
    case .noQuorum(let found, let needed, let all, let errors):
      "\(found) of \(all) endpoints answer, where \(needed) must say the same: \(Self.list(errors))"
    case .disagreement(let method, let answers):
      "the endpoints disagree about \(method): \(answers.joined(separator: ", "))"
    }
  }

  private static func list(_ errors: [RPCError]) -> String {
    errors.map { "\($0)" }.joined(separator: "; ")
  }
}

extension RPCError {
  /// How long the node's server asks to wait.
  package var retryAfter: Duration? {
    guard case .http(let error) = self, case .status(let answer) = error.cause else { return nil }
    return answer.retryAfter
  }

  /// Whether the same call may be answered better.
  package var isPassing: Bool {
    guard case .http(let error) = self else { return false }
    return error.category == .temporary || error.category == .unreachable
  }
}
