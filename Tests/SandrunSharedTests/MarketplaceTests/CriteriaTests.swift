import Ethereum
import Records
import Testing
import WideInteger

@testable import Marketplace

@Suite struct CriteriaTests {
  private static func node() throws -> NodeDescriptor {
    NodeDescriptor(
      address: try #require(Address("0x00000000000000000000000000000000000000aa")),
      endpoint: "http://127.0.0.1:1", region: "us-east-1",
      gpus: [
        .init(type: "cuda", name: "NVIDIA A100", memory: 40_000_000_000, count: 2, compute: "8.0"),
        .init(type: "cuda", memory: 8_000_000_000, count: 1, compute: "7.5"),
      ],
      cpu: .init(cores: 8, memory: 1 << 34), storage: 1 << 40,
      price: try NodePrice("gpu=0.5ETH/h,cpu=0.1ETH/h"),
      issuedAt: Timestamp(seconds: 1_700_000_000))
  }

  @Test(
    "a query finds what it asks for, and nothing else",
    arguments: [
      ([:], true), (["min_gpus": "3"], true), (["min_gpus": "4"], false),
      (["gpu_type": "cuda"], true), (["gpu_type": "a100"], true), (["gpu_type": "h100"], false),
      (["gpu_type": "a100", "min_gpus": "3"], false), (["gpu_type": "cuda:9GB:2"], true),
      (["gpu_type": "cuda:9GB:3"], false), (["min_memory": "40GB"], true),
      (["min_memory": "41GB"], false), (["min_memory": "9GB", "min_gpus": "3"], false),
      (["min_gpus": "0", "gpu_type": "cuda,compute>=7.5"], true),
      (["region": "us-east"], true), (["region": "us"], true), (["region": "us-eas"], false),
      (["max_price": "0.1ETH"], true), (["max_price": "99999999999999999"], false),
      (["max_price": "0.6ETH", "min_gpus": "1"], true),
      (["max_price": "0.6ETH", "gpu_type": "cuda"], true),
      (["max_price": "0.6ETH", "gpu_type": "cuda::2"], false),
      (["max_price": "1.1ETH", "gpu_type": "cuda::2"], true),
      (["limit": "nonsense"], true),
    ] as [([String: String], Bool)])
  func found(_ query: [String: String], _ isFound: Bool) throws {
    let criteria = try NodeCriteria(query: query)
    #expect(criteria.isMet(by: try Self.node()) == isFound)
    let fields = Dictionary(uniqueKeysWithValues: criteria.query.map { ($0.name, $0.value) })
    #expect(try NodeCriteria(query: fields) == criteria)
  }

  @Test(
    "a query that means nothing is refused",
    arguments: [
      ["min_gpus": "many"], ["min_gpus": "-1"], ["min_gpus": "1025"], ["gpu_type": "CUDA"],
      ["gpu_type": ""], ["min_memory": "big"], ["region": "US"],
      ["region": ""], ["max_price": "cheap"], ["max_price": "-1"],
    ] as [[String: String]])
  func refused(_ query: [String: String]) {
    #expect(throws: UnitError.self) { try NodeCriteria(query: query) }
  }

  @Test("a price that no number holds is above every bound")
  func dear() throws {
    var node = try Self.node()
    node.price = NodePrice(gpu: .max, cpu: .max)
    var criteria = NodeCriteria()
    criteria.maxPrice = .max
    #expect(!criteria.isMet(by: node))
    criteria.maxPrice = nil
    #expect(criteria.isMet(by: node))
  }
}
