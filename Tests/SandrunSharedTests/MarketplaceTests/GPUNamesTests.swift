import Marketplace
import Testing

/// Which models a type of GPU means.
@Suite struct GPUNamesTests {
  @Test(arguments: [
    ("a100", "NVIDIA A100-SXM4-40GB", true),
    ("a100", "NVIDIA A100 80GB PCIe", true),
    ("a10", "NVIDIA A100-SXM4-40GB", false),
    ("a10", "NVIDIA A10G", false),
    ("h100", "NVIDIA H100 80GB HBM3", true),
    ("rtx4090", "NVIDIA GeForce RTX 4090", true),
    ("rtx-4090", "NVIDIA GeForce RTX 4090", true),
    ("rtx4090", "NVIDIA GeForce RTX 4090 D", false),
    ("rtx4090", "NVIDIA GeForce RTX 4090 Laptop GPU", false),
    ("rtx4080", "NVIDIA GeForce RTX 4080 SUPER", false),
    ("rtx4080super", "NVIDIA GeForce RTX 4080 SUPER", true),
    ("gtx1080", "NVIDIA GeForce GTX 1080 Ti", false),
    ("gtx1080ti", "NVIDIA GeForce GTX 1080 Ti", true),
    ("gtx1070", "NVIDIA GeForce GTX 1070 with Max-Q Design", false),
    ("rtx6000", "NVIDIA RTX 6000 Ada Generation", false),
    ("rtx6000ada", "NVIDIA RTX 6000 Ada Generation", true),
    ("v100", "Tesla V100-SXM2-16GB", true),
    ("teslav100", "Tesla V100-SXM2-16GB", true),
    ("mi300x", "gfx942:sramecc+:xnack-", true),
    ("mi300x", "AMD Instinct MI300X", true),
    ("mi300x", "gfx90a", false),
    ("arca770", "Intel(R) Arc(TM) A770 Graphics", true),
    ("arca770", "Intel(R) Arc(TM) A750 Graphics", false),
    ("100", "NVIDIA A100-SXM4-40GB", false),
  ])
  func means(_ type: String, _ name: String, _ isMeant: Bool) {
    let gpu = NodeDescriptor.GPU(type: "cuda", name: name, memory: 1)
    #expect(gpu.isKnown(as: type) == isMeant)
  }

  @Test func aModelOfNoNameIsOfNoType() {
    let gpu = NodeDescriptor.GPU(type: "cuda", memory: 1)
    #expect(gpu.isKnown(as: "cuda"))
    #expect(!gpu.isKnown(as: "a100"))
  }
}
