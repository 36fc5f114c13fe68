public import Ethereum
public import Hashing

/// What a node commits itself to before anyone may see a result, and opens afterwards.
public struct Commitment: Hashable, Sendable {
  /// The longest CID that the contracts take, in bytes.
  public static let cidLimit = 128

  /// The job in the marketplace contract.
  public let jobId: Digest32
  /// Who commits, and alone can open it.
  public let node: Address
  /// The hash of its result; zero for "could not run".
  public let resultHash: Digest32
  /// The CID of its proof; of the reason where it could not run.
  public let proofCID: String
  /// What keeps others from trying out results: see `CommitmentSecret`.
  public let salt: Digest32

  /// Makes a commitment; throws for a CID that the contracts would not take.
  public init(
    jobId: Digest32, node: Address, resultHash: Digest32, proofCID: String, salt: Digest32
  ) throws(CommitmentError) {
    guard proofCID.utf8.count <= Self.cidLimit else {
      throw .longCID(proofCID.utf8.count)
    }
    self.jobId = jobId
    self.node = node
    self.resultHash = resultHash
    self.proofCID = proofCID
    self.salt = salt
  }

  /// Whether it is to a result, and not to "could not run".
  public var isOfResult: Bool { resultHash != .zero }

  /// What goes on the chain: keccak256 of the ABI encoding of (job id, node, result hash, proof CID, salt).
  public var hash: Digest32 {
    let text = Array(proofCID.utf8)
    var encoded = jobId.bytes + node.word + resultHash.bytes
    // Where the string begins: behind the five words of the head.
    encoded += Self.word(5 * 32) + salt.bytes
    encoded += Self.word(text.count) + text
    encoded += [UInt8](repeating: 0, count: (32 - text.count % 32) % 32)
    return Keccak256.hash(encoded)
  }

  private static func word(_ number: Int) -> [UInt8] {
    [UInt8](repeating: 0, count: 24) + (0..<8).map { UInt8(number >> (56 - 8 * $0) & 0xff) }
  }
}

/// Why there is no such commitment.
public enum CommitmentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The CID has so many bytes.
  case longCID(Int)

  /// What is wrong, in a few words.
  public var description: String {
    switch self {
    case .longCID(let count):
      "a CID of \(count) bytes, more than the \(Commitment.cidLimit) that contracts take"
    }
  }
}
