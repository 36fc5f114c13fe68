public import Records
public import WideInteger

/// What a node must have to be found: of a query of a pool's `GET /nodes`, or of options.
public struct NodeCriteria: Equatable, Sendable {
  /// The fewest GPUs that fit.
  public var minGPUs: Int?
  /// What they must be: a type, or all that a job may ask for.
  public var gpu: GPURequirement?
  /// The least memory of each of them, in bytes.
  public var minMemory: Int?
  /// Where it must stand.
  public var region: String?
  /// The most that an hour may cost, in wei: of the machine with as many GPUs as are asked for.
  public var maxPrice: UInt256?

  /// Makes criteria that every node meets.
  public init() {}

  /// Reads the fields of a query: `min_gpus`, `gpu_type`, `min_memory`, `region`, `max_price`; others are left alone.
  ///
  /// A value is written as in options: `cuda:2GB`, `8GB`, `0.5ETH`.
  public init(query: [String: String]) throws(UnitError) {
    if let text = query["min_gpus"] {
      guard let count = Int(text), (0...1024).contains(count) else {
        throw UnitError(text, expected: "a number of GPUs, 0 to 1024")
      }
      minGPUs = count
    }
    if let text = query["gpu_type"] { gpu = try GPURequirement(text) }
    if let text = query["min_memory"] { minMemory = try ByteSize.parse(text) }
    if let text = query["region"] {
      guard NodeDescriptor.isRegion(text) else {
        throw UnitError(text, expected: "a region such as us-east-1")
      }
      region = text
    }
    if let text = query["max_price"] { maxPrice = try Amount.parse(text) }
  }

  /// The fields of the query that says the same.
  public var query: [(name: String, value: String)] {
    var fields: [(name: String, value: String)] = []
    if let minGPUs { fields.append(("min_gpus", "\(minGPUs)")) }
    if let gpu { fields.append(("gpu_type", "\(gpu)")) }
    if let minMemory { fields.append(("min_memory", "\(minMemory)")) }
    if let region { fields.append(("region", region)) }
    if let maxPrice { fields.append(("max_price", "\(maxPrice)")) }
    return fields
  }

  /// How many GPUs the node must have that fit; 0 where none are asked for.
  public var gpuCount: Int {
    let isAsked = gpu != nil || minMemory ?? 0 > 0
    return max(minGPUs ?? 0, gpu?.count ?? 0, isAsked && minGPUs == nil ? 1 : 0)
  }

  /// Whether a node has all of it, by its own words.
  public func isMet(by node: NodeDescriptor) -> Bool {
    if let region, !node.isIn(region) { return false }
    let fitting = node.gpus.filter { one in
      (gpu.map { one.fits($0) } ?? true) && one.memory >= minMemory ?? 0
    }
    guard fitting.reduce(0, { $0 + $1.count }) >= gpuCount else { return false }
    guard let maxPrice else { return true }
    guard let price = node.price.cost(gpus: gpuCount, seconds: 3600) else { return false }
    return price <= maxPrice
  }
}
