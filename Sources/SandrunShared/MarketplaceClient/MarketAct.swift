public import ABI
public import Ethereum
internal import EthereumRPC
public import Marketplace
public import WideInteger

/// One transaction of a marketplace verb: which call it makes, and what makes it happen once.
public struct MarketAct: Sendable {
  /// The verb, as in the ID of the journal: `claim`.
  public var verb: String
  /// The contract's name, for people.
  public var contract: String
  /// The contract.
  public var address: Address
  /// What is called.
  public var function: ABIFunction
  /// With what.
  public var arguments: [ABIValue]
  /// The wei that go with it.
  public var value: UInt256 = 0
  /// The gas that it gets; nil for what the node estimates.
  public var gas: UInt64?
  /// What explains a revert.
  public var abi: ContractABI
  /// What the act is about, for people: `job 0x…`.
  public var subject: String
  /// The ID in the account's journal; nil for what may happen again and again.
  public var once: String?
  /// The first of the ID's attempts that is taken: what earlier runs have made of those before it is over.
  public var attempt = 1
  /// Whether it is what the verb is for: a step on the way, such as an approval, is not named by `--once`.
  public var isMain = true
  /// The block at which it was decided that the act is still to be done: a transaction of the ID that failed by then
  /// stands in nobody's way.
  public var seen: UInt64?

  /// A call of one of the four contracts.
  ///
  /// `id` is what the act happens once for, such as a job's id: then its ID in the journal is
  /// `VERB/CHAINID/JobMarketplace/ID`, in lower-case hex digits.
  public init(
    _ verb: String, _ contract: MarketplaceContract, _ function: ABIFunction,
    _ arguments: [ABIValue], value: UInt256 = 0, in market: Market, onceFor id: String? = nil,
    subject: String, seen: UInt64? = nil
  ) {
    self.verb = verb
    self.contract = contract.name
    address = market.address(of: contract)
    self.function = function
    self.arguments = arguments
    self.value = value
    abi = contract.abi
    self.subject = subject
    once = id.map { market.once(verb, for: $0) }
    self.seen = seen
  }

  /// A call of another contract: a token's `approve`.
  public init(
    _ verb: String, at address: Address, named contract: String, _ function: ABIFunction,
    _ arguments: [ABIValue], in market: Market, onceFor id: String? = nil, subject: String,
    seen: UInt64? = nil
  ) {
    self.verb = verb
    self.contract = contract
    self.address = address
    self.function = function
    self.arguments = arguments
    abi = ContractABI(functions: [function], events: [])
    self.subject = subject
    once = id.map { market.once(verb, for: $0) }
    self.seen = seen
  }

  /// `JobMarketplace.claimJob of job 0x…`.
  public var name: String { "\(contract).\(function.name) of \(subject)" }
}

extension Market {
  /// The ID in a journal of what a verb does once for something: `claim/31337/0x…/0x…`.
  public func once(_ verb: String, for id: String) -> String {
    let contract = "\(jobMarketplace)".lowercased()
    return "\(verb)/\(chain.chainId)/\(contract)/\(id.lowercased())"
  }
}
