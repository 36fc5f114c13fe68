public import Hashing
public import WideInteger

/// What a node signs about a result: the structure `Result` that the contracts check.
public struct ResultStatement: Hashable, Sendable {
  /// The type as EIP-712 writes it.
  public static let type =
    "Result(bytes32 jobId,address node,bytes32 resultHash,bytes32 traceRoot)"
  private static let typeHash = Keccak256.hash(Array(type.utf8))

  /// The job in the marketplace contract.
  public var jobId: Digest32
  /// Who ran it and signs.
  public var node: Address
  /// What came out, the same for every honest node.
  public var resultHash: Digest32
  /// The Merkle root of the node's trace.
  public var traceRoot: Digest32

  /// Makes a statement.
  public init(jobId: Digest32, node: Address, resultHash: Digest32, traceRoot: Digest32) {
    self.jobId = jobId
    self.node = node
    self.resultHash = resultHash
    self.traceRoot = traceRoot
  }

  /// The structure's own hash.
  public var structureHash: Digest32 {
    Keccak256.hash(
      Self.typeHash.bytes + jobId.bytes + node.word + resultHash.bytes + traceRoot.bytes)
  }

  /// The hash that is signed.
  public func digest(in domain: TypedDomain) -> Digest32 {
    domain.digest(ofStructure: structureHash)
  }

  /// The domain for a job in escrow: contracts on that chain accept the signature.
  public static func domain(chainId: UInt256, verifier: Address) -> TypedDomain {
    TypedDomain(name: "Sandrun", version: "1", chainId: chainId, verifyingContract: verifier)
  }

  /// The domain for a job without escrow, bound to its specification: no contract accepts the signature.
  public static func domain(specification: Digest32) -> TypedDomain {
    TypedDomain(name: "Sandrun", version: "1", salt: specification)
  }
}
