public import Hashing
public import WideInteger

/// For which contract, on which chain, a structure is signed (EIP-712).
public struct TypedDomain: Hashable, Sendable {
  /// The name of the application; left out of the type where nil, as every member.
  public var name: String?
  /// Its version.
  public var version: String?
  /// The chain.
  public var chainId: UInt256?
  /// The contract that checks the signature.
  public var verifyingContract: Address?
  /// What else tells this domain from others.
  public var salt: Digest32?

  /// Makes a domain of the members that it has.
  public init(
    name: String? = nil, version: String? = nil, chainId: UInt256? = nil,
    verifyingContract: Address? = nil, salt: Digest32? = nil
  ) {
    self.name = name
    self.version = version
    self.chainId = chainId
    self.verifyingContract = verifyingContract
    self.salt = salt
  }

  /// The hash that stands for the domain in every digest.
  public var separator: Digest32 {
    var types: [String] = []
    var words: [UInt8] = []
    func add(_ type: String, _ word: [UInt8]?) {
      guard let word else { return }
      types.append(type)
      words += word
    }
    add("string name", name.map { Keccak256.hash(Array($0.utf8)).bytes })
    add("string version", version.map { Keccak256.hash(Array($0.utf8)).bytes })
    add("uint256 chainId", chainId?.bytes)
    add("address verifyingContract", verifyingContract?.word)
    add("bytes32 salt", salt?.bytes)
    let type = Keccak256.hash(Array("EIP712Domain(\(types.joined(separator: ",")))".utf8))
    return Keccak256.hash(type.bytes + words)
  }

  /// The hash that is signed for a structure in this domain.
  public func digest(ofStructure hash: Digest32) -> Digest32 {
    Keccak256.hash([0x19, 0x01] + separator.bytes + hash.bytes)
  }
}

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
