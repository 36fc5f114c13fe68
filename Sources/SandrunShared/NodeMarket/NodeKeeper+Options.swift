public import Commands
public import Ethereum
public import Hashing
public import MarketplaceClient
public import NodeContent
public import NodeEngine
public import Records

extension NodeKeeper {
  /// How a node takes part in a marketplace.
  public struct Options: Sendable {
    /// How many claims may lack a commitment at a time.
    public var maxOpen = 1
    /// How many blocks must hold a post before it is claimed, or openings before a result is shown.
    public var confirmations = Claiming.Limits.usualConfirmations
    /// How many seconds before its deadline a run that is not over is ended, so that a commitment gets in; a quarter of the
    /// commit window where that is shorter.
    public var reserve: UInt64 = 120
    /// The first block that is looked at for jobs; nil for so many before the head as `lookback`.
    public var fromBlock: UInt64?
    /// How many blocks before the head a first start looks at.
    public static let lookback: UInt64 = 50_000
    /// How often the chain's head is asked for.
    public var interval = Duration.seconds(1)

    /// The defaults.
    public init() {}
  }

  /// What a keeper works with.
  public struct Parts: Sendable {
    /// Runs the jobs.
    public var engine: Engine
    /// What finds the marketplace.
    public var finder: MarketFinder
    /// Sends the transactions.
    public var sender: MarketSender
    /// The node's key.
    public var signer: Signer
    /// The salt of the node's commitment to a job.
    public var salt: @Sendable (Market, Digest32) throws(Failure) -> Digest32
    /// Looks at a job before it is claimed, and brings its content under a lease.
    public var consider: @Sendable (Market, Digest32, ContentLease) async throws(Failure) -> Verdict
    /// What the stream of posts touches outside.
    public var world: World

    /// Puts the parts together.
    public init(
      engine: Engine, finder: MarketFinder, sender: MarketSender, signer: Signer,
      salt: @escaping @Sendable (Market, Digest32) throws(Failure) -> Digest32,
      consider:
        @escaping @Sendable (Market, Digest32, ContentLease) async throws(Failure) -> Verdict,
      in world: World
    ) {
      self.engine = engine
      self.finder = finder
      self.sender = sender
      self.signer = signer
      self.salt = salt
      self.consider = consider
      self.world = world
    }

    /// Tells people.
    func note(_ text: String) { world.note(text) }
    /// Tells those who want to know more.
    func detail(_ text: String) { world.detail(text) }
  }

  /// What came of looking at a job.
  public enum Verdict: Sendable {
    /// The node takes it: what is to be run.
    case taken(Submission)
    /// It does not: why, and whether that may change soon.
    case refused(String, mayPass: Bool)
  }
}
