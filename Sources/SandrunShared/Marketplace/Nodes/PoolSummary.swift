internal import Ethereum
public import Records
internal import WideInteger

/// What the nodes of a pool have together.
public struct PoolSummary: Sendable {
  /// Each node once, as the first of its records tells of it.
  private var seen: Set<Address> = []
  private var nodes = 0
  private var gpuCounts: [String: Int] = [:]
  private var regions: [String: Int] = [:]
  private var (gpuMemory, memory, cores, storage) = (0, 0, 0, 0)
  private var cheapestGPU: NodeDescriptor?
  private var cheapestCPU: NodeDescriptor?

  /// A summary of no node.
  public init() {}

  /// Adds the node of a record, as `sr-node discover` writes it; one that was added before is not added again.
  public mutating func add(_ node: JSONObject) throws(DescriptorError) {
    guard let text = node["address"]?.string, let address = Address(text) else {
      throw DescriptorError("node.address", "is missing or no address")
    }
    guard !seen.contains(address) else { return }
    // Nothing is signed here, and nobody asks when it was written.
    let told = try NodeDescriptor(node: node, of: address, now: Timestamp(seconds: 0))
    seen.insert(address)
    nodes += 1
    for gpu in told.gpus {
      gpuCounts[gpu.type] = Self.sum(gpuCounts[gpu.type] ?? 0, gpu.count)
      let (memory, isOver) = gpu.memory.multipliedReportingOverflow(by: gpu.count)
      gpuMemory = Self.sum(gpuMemory, isOver ? .max : memory)
    }
    regions[told.region, default: 0] += 1
    memory = Self.sum(memory, told.cpu.memory)
    cores = Self.sum(cores, told.cpu.cores)
    storage = Self.sum(storage, told.storage)
    if told.gpuCount > 0, told.price.gpu < cheapestGPU?.price.gpu ?? .max { cheapestGPU = told }
    if told.price.cpu < cheapestCPU?.price.cpu ?? .max { cheapestCPU = told }
  }

  /// The member `pool` of a record: bytes, counts, and the lowest prices in wei an hour; null where nobody has one.
  public var json: JSON {
    [
      "nodes": .integer(nodes),
      "gpus": .object(Self.object(gpuCounts)),
      "gpuMemory": .integer(gpuMemory), "cores": .integer(cores), "memory": .integer(memory),
      "storage": .integer(storage),
      "price": [
        "gpu": cheapestGPU.map { .string("\($0.price.gpu)") } ?? .null,
        "cpu": cheapestCPU.map { .string("\($0.price.cpu)") } ?? .null,
      ],
      "regions": .object(Self.object(regions)),
    ]
  }

  private static func object(_ counts: [String: Int]) -> JSONObject {
    JSONObject(
      counts.sorted { $0.key < $1.key }.map { .init(name: $0.key, value: .integer($0.value)) })
  }

  /// A sum of what strangers say stays a number.
  private static func sum(_ left: Int, _ right: Int) -> Int {
    let (sum, isOver) = left.addingReportingOverflow(right)
    return isOver ? .max : sum
  }
}
