public import Ethereum
public import Records

/// What a node says of itself: where it is, what it has, what it takes for it.
///
/// Its operator signs it (`SignedDescriptor`), and its CID is in NodeRegistry. Memory and storage are in bytes.
public struct NodeDescriptor: Hashable, Sendable {
  /// The version that is written.
  public static let version = 1

  /// GPUs of one kind.
  public struct GPU: Hashable, Sendable {
    /// The kind as jobs ask for it: `cuda`, `a100`.
    public var type: String
    /// The maker's name of the model; nil where it is not told.
    public var name: String?
    /// The memory of each.
    public var memory: Int
    /// How many.
    public var count: Int
    /// The compute capability, as `8.0`; nil where there is none.
    public var compute: String?
    /// The version of the driver; nil where it is not told.
    public var driver: String?

    /// Makes one kind from its parts.
    public init(
      type: String, name: String? = nil, memory: Int, count: Int = 1, compute: String? = nil,
      driver: String? = nil
    ) {
      self.type = type
      self.name = name
      self.memory = memory
      self.count = count
      self.compute = compute
      self.driver = driver
    }
  }

  /// What runs jobs without a GPU.
  public struct CPU: Hashable, Sendable {
    /// How many cores.
    public var cores: Int
    /// The memory of the machine.
    public var memory: Int

    /// Makes it from its parts.
    public init(cores: Int, memory: Int) {
      self.cores = cores
      self.memory = memory
    }
  }

  /// A program that jobs can be run by.
  public struct Program: Hashable, Sendable {
    /// What it is called: `python3`.
    public var name: String
    /// Its own words for its version; nil where it has none.
    public var version: String?

    /// Makes it from its parts.
    public init(name: String, version: String? = nil) {
      self.name = name
      self.version = version
    }
  }

  /// Who signs, and runs the node.
  public var address: Address
  /// Where it is reached: an HTTP URL; empty for a node that serves nobody.
  public var endpoint: String
  /// Where it stands: `us-east-1`.
  public var region: String
  /// Its GPUs, by kind.
  public var gpus: [GPU]
  /// Its cores and memory.
  public var cpu: CPU
  /// What it has free for content.
  public var storage: Int
  /// What runs scripts.
  public var interpreters: [Program]
  /// What it takes.
  public var price: NodePrice
  /// When it was written.
  public var issuedAt: Timestamp

  /// Makes a descriptor; `check()` tells whether it may be signed.
  public init(
    address: Address, endpoint: String, region: String, gpus: [GPU] = [], cpu: CPU, storage: Int,
    interpreters: [Program] = [], price: NodePrice, issuedAt: Timestamp
  ) {
    self.address = address
    self.endpoint = endpoint
    self.region = region
    self.gpus = gpus
    self.cpu = cpu
    self.storage = storage
    self.interpreters = interpreters
    self.price = price
    self.issuedAt = issuedAt
  }

  /// How many GPUs it has in all.
  public var gpuCount: Int { gpus.reduce(0) { $0 + $1.count } }

  /// Whether it stands in a region or a part of it: `us-east-1` is in `us-east`.
  public func isIn(_ region: String) -> Bool {
    self.region == region || self.region.hasPrefix(region + "-")
  }

  /// Whether it has the GPUs that a job asks for.
  public func offers(_ wanted: GPURequirement) -> Bool {
    gpus.filter { $0.fits(wanted) }.reduce(0) { $0 + $1.count } >= wanted.count
  }
}

extension NodeDescriptor.GPU {
  /// Whether each of them is what a job asks for, however many it wants.
  public func fits(_ wanted: GPURequirement) -> Bool {
    isKnown(as: wanted.type) && memory >= wanted.memory ?? 0
      && (wanted.compute.map(hasCompute) ?? true)
  }

  /// Whether their compute capability is at least this one, as `8.0`.
  public func hasCompute(_ least: String) -> Bool {
    guard let least = Self.numbers(least) else { return true }
    guard let compute = compute.flatMap(Self.numbers) else { return false }
    return (compute.0, compute.1) >= (least.0, least.1)
  }

  /// Whether a kind is theirs: `cuda` by type, `a100` or `rtx4090` by the model's name, too.
  public func isKnown(as kind: String) -> Bool {
    type == kind || name.map { GPUNames.means(kind, $0) } ?? false
  }

  private static func numbers(_ version: String) -> (Int, Int)? {
    let parts = version.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
    return (major, minor)
  }
}
