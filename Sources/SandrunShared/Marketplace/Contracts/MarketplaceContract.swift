public import ABI

/// The four contracts of the marketplace, in the order in which they are deployed.
public enum MarketplaceContract: String, CaseIterable, Sendable {
  /// See `NodeRegistry`.
  case nodeRegistry = "NodeRegistry"
  /// See `JobMarketplace`.
  case jobMarketplace = "JobMarketplace"
  /// See `ProofVerification`.
  case proofVerification = "ProofVerification"
  /// See `ConsensusManager`.
  case consensusManager = "ConsensusManager"

  /// What it is called.
  public var name: String { rawValue }

  /// What a client calls and reads of it.
  public var abi: ContractABI {
    switch self {
    case .nodeRegistry: NodeRegistry.abi
    case .jobMarketplace: JobMarketplace.abi
    case .proofVerification: ProofVerification.abi
    case .consensusManager: ConsensusManager.abi
    }
  }
}

// The texts are constants of this module, and a test reads every one of them.

extension ABIFunction {
  init(written text: String) {
    do {
      try self.init(parsing: text)
    } catch {
      preconditionFailure("\(text): \(error)")
    }
  }
}

extension ABIEvent {
  init(written text: String) {
    do {
      try self.init(parsing: text)
    } catch {
      preconditionFailure("\(text): \(error)")
    }
  }
}

extension ABIConstructor {
  init(written text: String) {
    do {
      try self.init(parsing: text)
    } catch {
      preconditionFailure("\(text): \(error)")
    }
  }
}
