public import HTTP
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

  /// `bad answer to eth_chainId: "0x01" is no quantity: superfluous zero`.
  public var description: String {
    switch self {
    case .http(let error): error.description
    case .malformed(let url, let reason): "bad answer from \(url): \(reason)"
    case .badAnswer(let method, let reason): "bad answer to \(method): \(reason)"
    case .refused(let failure): failure.description
    case .wrongChain(let url, let expected, let found):
      "\(url) is on chain \(found), not on chain \(expected)"
    }
  }
}
