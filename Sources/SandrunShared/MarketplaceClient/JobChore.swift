public import ABI
public import Ethereum
public import Hashing
public import Marketplace

/// What anyone can do to move a job on: it comes to the same whoever does it, and nothing moves unless somebody does.
public enum JobChore: Hashable, Sendable {
  /// Decides the current round.
  case settle
  /// Drops a claim that committed nothing in time, so that its slot opens again.
  case expire(Address)
  /// Pays out the escrow.
  case distribute

  /// The verb by which it is known in journals and messages.
  public var verb: String {
    switch self {
    case .settle: "settle"
    case .expire(let node): "expire/\(node)"
    case .distribute: "distribute"
    }
  }

  /// The contract that is called.
  public var contract: MarketplaceContract {
    if case .distribute = self { .jobMarketplace } else { .consensusManager }
  }

  /// The function that is called.
  public var function: ABIFunction {
    switch self {
    case .settle: ConsensusManager.settle
    case .expire: ConsensusManager.expireClaim
    case .distribute: JobMarketplace.distributeRewards
    }
  }

  /// What it is given.
  public func arguments(_ jobId: Digest32) -> [ABIValue] {
    switch self {
    case .settle, .distribute: [.bytes(jobId.bytes)]
    case .expire(let node): [.bytes(jobId.bytes), .address(node)]
    }
  }
}

extension MarketJob {
  /// What anyone can do now; nothing where it is up to others, or where all is done.
  ///
  /// A claim that expired is dropped only as long as another node can take its slot; later `settle` burns its bond.
  public var chores: [JobChore] {
    switch phase.step {
    case .settleable: [.settle]
    case .payable: [.distribute]
    case .claiming, .committing, .opening:
      current.state.expired(at: time).map { .expire(current.entries[$0].node) }
    case .challengeable, .paid, .refunded: []
    }
  }
}
