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
  /// Multiply and add in 64 bits.
  case fp64
  /// Multiply and add in 32 bits.
  case fp32
  /// Multiply and add in 16 bits.
  case fp16
  /// An empty kernel, from its start to its end.
  case launchLatency = "latency.launch"
  /// A read that depends on the one before, beyond the caches.
  case memoryLatency = "latency.memory"

  /// The group of which it is one, by which it may be named: `memory`.
  public var group: String { String(rawValue.prefix { $0 != "." }) }

  /// What its samples count.
  public var unit: String {
    switch self {
    case .memoryCopy, .memoryRead, .memoryWrite, .memoryTriad: "B/s"
    case .fp64, .fp32, .fp16: "FLOP/s"
    case .launchLatency, .memoryLatency: "s"
    }
  }
}
