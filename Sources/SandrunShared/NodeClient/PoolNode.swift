public import Ethereum
public import Marketplace
public import Records

/// A node that one may choose to run a job: who it is, where, and what it says that it has and asks for.
public struct PoolNode: Equatable, Sendable {
  /// GPUs of one kind.
  public struct GPU: Equatable, Sendable {
    /// Their kind, lower case: `a100`.
    public var type: String
    /// The memory of each, in bytes.
    public var memory: Int?
    /// How many.
    public var count: Int
    /// Their compute capability.
    public var compute: String?
  }

  /// Who signs its results.
  public var address: Address
  /// Where it is reached.
  public var endpoint: Endpoint
  /// What it asks for; nil where it does not say.
  public var price: HourlyPrice?
  /// Its GPUs; nil where it does not say.
  public var gpus: [GPU]?
  /// Its memory in bytes; nil where it does not say.
  public var memory: Int?
  /// The programs that it runs jobs by; nil where it does not say.
  public var interpreters: [String]?

  /// Reads the member `node` of a record, as `sr-node discover` writes it; throws naming what is wrong.
  ///
  /// What the node has and asks for is in its `descriptor`, or beside its address where there is none.
  public init(_ node: JSONObject) throws(Failure) {
    let descriptor = node["descriptor"]?.object ?? node
    guard let address = (node["address"] ?? descriptor["address"])?.string.flatMap({ Address($0) })
    else { throw Failure(.data, "malformed \"node\": no valid \"address\"") }
    guard
      let endpoint = (node["endpoint"] ?? descriptor["endpoint"])?.string
        .flatMap({ Endpoint($0) })
    else { throw Failure(.data, "malformed \"node\": no valid \"endpoint\"") }
    self.address = address
    self.endpoint = endpoint
    price = descriptor["price"].flatMap { HourlyPrice($0) }
    gpus = descriptor["gpus"]?.elements.map { $0.compactMap(Self.gpu) }
    memory = descriptor["cpu"]?["memory"]?.integer
    interpreters = descriptor["interpreters"]?.elements.map { $0.compactMap(\.string) }
  }

  private static func gpu(_ json: JSON) -> GPU? {
    guard let type = json["type"]?.string else { return nil }
    let count = json["count"] == nil ? 1 : json["count"]?.integer
    guard let count, (1...1024).contains(count) else { return nil }
    return GPU(
      type: type.lowercased(), memory: json["memory"]?.integer, count: count,
      compute: json["compute"]?.string)
  }

  /// Why the node cannot run a job, by what it says itself; nil where nothing speaks against it.
  public func obstacle(to job: Job) -> String? {
    if let memory, memory < job.memory {
      return "it has \(memory) bytes of memory, and the job may use \(job.memory)"
    }
    // A path is a matter of the machine, which tells none.
    if let interpreters, let program = job.interpreter, !program.hasPrefix("/"),
      !interpreters.contains(program)
    {
      return "it has no \(program)"
    }
    guard let wanted = job.gpu else { return nil }
    // A job's GPUs are alike.
    guard let gpus, gpus.contains(where: { $0.meets(wanted) }) else {
      return "it has no GPU such as \(wanted)"
    }
    return nil
  }
}

extension PoolNode.GPU {
  func meets(_ wanted: GPURequirement) -> Bool {
    // Only those of CUDA have a compute capability.
    guard type == wanted.type || wanted.type == "cuda" && compute != nil else { return false }
    guard count >= wanted.count, (memory ?? 0) >= wanted.memory ?? 0 else { return false }
    guard let least = wanted.compute.flatMap(Self.version) else { return true }
    guard let own = compute.flatMap(Self.version) else { return false }
    return own >= least
  }

  private static func version(_ text: String) -> (Int, Int)? {
    let parts = text.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard parts.count == 2, let major = parts[0], let minor = parts[1] else { return nil }
    return (major, minor)
  }
}
