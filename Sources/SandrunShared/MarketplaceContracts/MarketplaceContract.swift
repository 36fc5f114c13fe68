/// One of the four contracts that are the marketplace, in the order in which they are put on a chain.
public enum MarketplaceContract: String, CaseIterable, Sendable {
  /// The nodes and their stake.
  case nodeRegistry = "NodeRegistry"
  /// The jobs, the claims, the money.
  case jobMarketplace = "JobMarketplace"
  /// The commitments to results.
  case proofVerification = "ProofVerification"
  /// The openings, the verdict, the bonds.
  case consensusManager = "ConsensusManager"

  /// What it is called, on disk and in the registry of contracts.
  public var name: String { rawValue }
}
