internal import Computing

/// What can be measured.
public enum BenchTest: String, CaseIterable, Sendable {
  /// Memory to memory on the device: bytes read and written.
  case memoryCopy = "memory.copy"
  /// Reading alone.
  case memoryRead = "memory.read"
  /// Writing alone.
  case memoryWrite = "memory.write"
  /// Two buffers read, a third written.
  case memoryTriad = "memory.triad"
  /// From memory of the host that stays in its place to the device.
  case upPinned = "pcie.h2d.pinned"
  /// From ordinary memory of the host to the device.
  case upPageable = "pcie.h2d.pageable"
  /// From the device to memory of the host that stays in its place.
  case downPinned = "pcie.d2h.pinned"
  /// From the device to ordinary memory of the host.
  case downPageable = "pcie.d2h.pageable"
  /// Both ways at once, with memory that stays in its place.
  case bothPinned = "pcie.both.pinned"
  /// Both ways at once, with ordinary memory.
  case bothPageable = "pcie.both.pageable"
  /// From the memory of one GPU to that of another.
  case peerCopy = "p2p.copy"
  /// Both ways at once.
  case peerBoth = "p2p.both"
  /// Multiply and add in 64 bits.
  case fp64 = "fp64.fma"
  /// Multiply and add in 32 bits.
  case fp32 = "fp32.fma"
  /// Multiply and add in 16 bits, two numbers at a time.
  case fp16 = "fp16.fma"
  /// Multiply and add in bfloat16, two numbers at a time.
  case bf16 = "bf16.fma"
  /// Multiply and add in 8 bits, four numbers at a time.
  case int8 = "int8.fma"
  /// Products of matrices in 16 bits, by `mma.sync`.
  case fp16Tensor = "fp16.mma"
  /// Products of matrices in bfloat16, by `mma.sync`.
  case bf16Tensor = "bf16.mma"
  /// Products of matrices in TensorFloat-32, by `mma.sync`.
  case tf32Tensor = "tf32.mma"
  /// Products of matrices in 8-bit integers, by `mma.sync`.
  case int8Tensor = "int8.mma"
  /// Products of matrices in 8-bit floating point (E4M3), by `mma.sync`.
  case fp8Tensor = "fp8.mma"
  /// Products of large matrices in 16 bits, by cuBLASLt.
  case fp16Library = "fp16.cublaslt"
  /// Products of large matrices in bfloat16, by cuBLASLt.
  case bf16Library = "bf16.cublaslt"
  /// Products of large matrices in TensorFloat-32, by cuBLASLt.
  case tf32Library = "tf32.cublaslt"
  /// Products of large matrices in 8-bit integers, by cuBLASLt.
  case int8Library = "int8.cublaslt"
  /// Products of large matrices in 8-bit floating point (E4M3), by cuBLASLt.
  case fp8Library = "fp8.cublaslt"
  /// An empty kernel, from its start to its end.
  case launchLatency = "latency.launch"
  /// A read that depends on the one before, beyond the caches.
  case memoryLatency = "latency.memory"
  /// Products of matrices that must be the same, bit by bit.
  case health

  /// The group of which it is one, by which it may be named: `memory`.
  public var group: String { String(rawValue.prefix { $0 != "." }) }

  /// Whether it takes two GPUs.
  public var isBetweenGPUs: Bool { group == "p2p" }

  /// What is multiplied by cuBLASLt; nil for all other tests.
  var libraryNumber: NumberKind? {
    rawValue.hasSuffix(".cublaslt") ? NumberKind(rawValue: group) : nil
  }

  /// What its samples count.
  public var unit: String {
    switch group {
    case "memory", "pcie", "p2p": "B/s"
    case "latency": "s"
    case "int8": "OP/s"
    default: "FLOP/s"
    }
  }

  /// The tests that a list names, each by itself or by its group, in the order of `allCases`; throws the first name that is none.
  public static func list(_ text: String) throws(UnknownTest) -> [BenchTest] {
    var wanted: Set<BenchTest> = []
    for name in text.split(separator: ",", omittingEmptySubsequences: false) {
      let found = allCases.filter {
        $0.rawValue == name || $0.rawValue.hasPrefix(name + ".")
      }
      guard !found.isEmpty, !name.isEmpty else { throw UnknownTest(name: String(name)) }
      wanted.formUnion(found)
    }
    return allCases.filter(wanted.contains)
  }
}

/// A name that no test has.
public struct UnknownTest: Error, Equatable, Sendable, CustomStringConvertible {
  /// The name.
  public var name: String

  /// What a person reads.
  public var description: String {
    var groups: [String] = []
    for test in BenchTest.allCases where !groups.contains(test.group) { groups.append(test.group) }
    return "no test '\(name)'; there are \(groups.joined(separator: ", "))"
  }
}
