internal import Ethereum
internal import Hashing
internal import IPFS
internal import WideInteger

/// What the record carries for contracts to check: the node's EIP-712 signature over its result.
struct Claim {
  /// What is signed of it.
  let digest: Digest32

  /// The claim of a statement; nil where its specification has no SHA-256 digest.
  ///
  /// In escrow the contract that verifies claims is the domain's. Without escrow the specification's digest is the
  /// domain's salt and the job's id is zero: no contract accepts that, and no other job's claim is the same.
  init?(
    _ statement: Statement, resultHash: Digest32, escrow: (job: EscrowedJob, verifier: Address)?
  ) {
    guard let specification = statement.specification.sha256 else { return nil }
    let result = ResultStatement(
      jobId: escrow?.job.jobID ?? .zero, node: statement.node, resultHash: resultHash,
      traceRoot: statement.traceRoot)
    let domain =
      escrow.map {
        ResultStatement.domain(chainId: UInt256($0.job.chainID), verifier: $0.verifier)
      } ?? ResultStatement.domain(specification: specification)
    digest = result.digest(in: domain)
  }

  /// Who made this signature of the claim; nil where it is none.
  func signer(of signature: [UInt8]) -> Address? {
    (try? Signature(bytes: signature))?.signer(of: digest)?.address
  }
}
