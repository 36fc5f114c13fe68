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
