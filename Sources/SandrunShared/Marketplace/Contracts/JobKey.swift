public import Ethereum
public import Hashing
public import WideInteger

/// What makes a job in escrow the one that it is: its chain, its contract, who posted it, and what it is.
///
/// `jobId` is known before the job is posted, and no reorganisation of the chain gives it to another submitter.
public struct JobKey: Hashable, Sendable {
  /// The chain's id.
  public let chainId: UInt256
  /// The contract that holds the payment: JobMarketplace.
  public let marketplace: Address
  /// Who posts the job.
  public let submitter: Address
  /// `job.id` as the contract takes it: 16 bytes.
  public let id: [UInt8]
  /// The SHA-256 of the canonical specification, which is the digest of `code.spec`.
  public let specification: Digest32

  /// Takes a job's `id` as its specification has it; throws for anything but 32 lower-case hex digits.
  public init(
    chainId: UInt256, marketplace: Address, submitter: Address, id: String, specification: Digest32
  ) throws(JobError) {
    guard let bytes = Self.bytes(of: id) else {
      throw JobError("job.id", "is \(quoted(id)), not 32 lower-case hex digits")
    }
    self.chainId = chainId
    self.marketplace = marketplace
    self.submitter = submitter
    self.id = bytes
    self.specification = specification
  }

  /// The job's id in the contract: keccak256 of the ABI encoding of (chain id, contract, submitter, id, specification).
  public var jobId: Digest32 {
    var encoded = chainId.bytes + marketplace.word + submitter.word
    // The ABI pads `bytes16` behind.
    encoded += id + [UInt8](repeating: 0, count: 16)
    return Keccak256.hash(encoded + specification.bytes)
  }

  /// The 16 bytes of a job's id; nil for anything but 32 lower-case hex digits.
  public static func bytes(of id: String) -> [UInt8]? {
    let isLower = id.utf8.allSatisfy { !(UInt8(ascii: "A")...UInt8(ascii: "F")).contains($0) }
    guard id.utf8.count == 32, isLower else { return nil }
    return try? Hex.decode("0x" + id)
  }
}
