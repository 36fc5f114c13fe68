public import Records

/// A job's specification: what is run, on what, within which limits, and for how much.
public struct Job: Equatable, Sendable {
  /// Content that the job reads, by CID, bound under a name beside its files.
  public struct Input: Equatable, Sendable {
    /// The CID, as text.
    public var cid: String
    /// A relative path in the working directory.
    public var name: String

    /// Makes an input.
    public init(cid: String, name: String) {
      self.cid = cid
      self.name = name
    }
  }

  /// What the submitter pays.
  public struct Payment: Equatable, Sendable {
    /// The amount in the token's smallest unit, a decimal string below 2^256.
    public var amount: String
    /// `ETH`, or an ERC-20's address.
    public var token: String

    /// Makes a payment.
    public init(amount: String, token: String) {
      self.amount = amount
      self.token = token
    }
  }

  /// Where the sources were cloned from.
  public struct Repository: Equatable, Sendable {
    /// The URL as given.
    public var url: String
    /// The ref as given; nil for the default branch.
    public var ref: String?
    /// The commit that was checked out, in full.
    public var commit: String

    /// Makes a repository.
    public init(url: String, ref: String?, commit: String) {
      self.url = url
      self.ref = ref
      self.commit = commit
    }
  }

  /// 128 random bits, 32 hex digits.
  public var id: String
  /// Where the sources lie on the submitter's machine; no part of the specification.
  public var source: String?
  /// The file that is run, relative to the sources.
  public var entrypoint: String
  /// The program that runs it, by name or absolute path; nil where it runs by itself.
  public var interpreter: String?
  /// Arguments.
  public var args: [String] = []
  /// Environment variables, in their order.
  public var env = JSONObject()
  /// Content bound beside the job's files.
  public var inputs: [Input] = []
  /// The GPUs it asks for.
  public var gpu: GPURequirement?
  /// The memory limit in bytes.
  public var memory: Int
  /// The wall-clock limit in seconds.
  public var timeout: Int
  /// Globs of the files that are its result; none means every file it made or changed.
  public var outputs: [String] = []
  /// What is paid for it.
  public var payment: Payment?
  /// How many nodes must agree.
  public var consensus: Quorum
  /// Whether it may use the network.
  public var network = false
  /// Where the sources were cloned from.
  public var repository: Repository?

  /// Makes a job with its limits; everything else is set afterwards.
  public init(id: String, entrypoint: String, memory: Int, timeout: Int, consensus: Quorum) {
    self.id = id
    self.entrypoint = entrypoint
    self.memory = memory
    self.timeout = timeout
    self.consensus = consensus
  }

  /// A new id: 128 bits from the system's generator.
  public static func mintID() -> String {
    let random = UInt128.random(in: .min ... .max)
    let digits = String(random, radix: 16)
    return String(repeating: "0", count: 32 - digits.count) + digits
  }
}
