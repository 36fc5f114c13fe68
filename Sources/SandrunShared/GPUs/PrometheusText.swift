internal import Records

/// Samples as the text that Prometheus's node exporter collects from files (exposition format 0.0.4).
public struct PrometheusText {
  /// The whole file.
  public let text: String

  private struct Gauge {
    var name: String
    var member: String
    var help: String
    /// What the member's unit is multiplied by, as zeros to the right: megahertz to hertz.
    var scale = ""
  }

  private static let gauges = [
    Gauge(
      name: "sandrun_gpu_clock_hertz", member: "clock", help: "Clock of the multiprocessors.",
      scale: "e6"),
    Gauge(
      name: "sandrun_gpu_memory_clock_hertz", member: "memoryClock", help: "Clock of the memory.",
      scale: "e6"),
    Gauge(
      name: "sandrun_gpu_memory_used_bytes", member: "memoryUsed", help: "Memory in use."),
    Gauge(name: "sandrun_gpu_memory_free_bytes", member: "memoryFree", help: "Memory free."),
    Gauge(
      name: "sandrun_gpu_utilization_ratio", member: "utilization",
      help: "Part of the time that something ran.", scale: "e-2"),
    Gauge(
      name: "sandrun_gpu_memory_utilization_ratio", member: "memoryUtilization",
      help: "Part of the time that memory was read or written.", scale: "e-2"),
    Gauge(name: "sandrun_gpu_temperature_celsius", member: "temperature", help: "Temperature."),
    Gauge(name: "sandrun_gpu_power_watts", member: "power", help: "Power drawn."),
  ]

  /// Writes the samples of one moment; what is not known has no line.
  public init(_ samples: [GPUWatcher.Sample]) {
    var text = ""
    for gauge in Self.gauges {
      let lines = samples.compactMap { sample -> String? in
        guard case .number(let value)? = sample.facts[gauge.member] else { return nil }
        return "\(gauge.name){\(Self.labels(sample))} \(value)\(gauge.scale)\n"
      }
      if lines.isEmpty { continue }
      text += "# HELP \(gauge.name) \(gauge.help)\n# TYPE \(gauge.name) gauge\n" + lines.joined()
    }
    var throttled = ""
    for sample in samples {
      for reason in sample.facts["throttle"]?.elements ?? [] {
        throttled +=
          "sandrun_gpu_throttled{\(Self.labels(sample)),reason=\"\(reason.string ?? "")\"} 1\n"
      }
    }
    if !throttled.isEmpty {
      text +=
        "# HELP sandrun_gpu_throttled Why the clocks are lower than they could be.\n"
        + "# TYPE sandrun_gpu_throttled gauge\n" + throttled
    }
    self.text = text
  }

  private static func labels(_ sample: GPUWatcher.Sample) -> String {
    let labels = [
      ("gpu", "\(sample.gpu.index)"), ("uuid", sample.gpu.uuid ?? ""),
      ("name", sample.gpu.name ?? ""),
    ]
    return labels.map { "\($0.0)=\"\(escaped($0.1))\"" }.joined(separator: ",")
  }

  /// A driver's word may hold anything.
  private static func escaped(_ text: String) -> String {
    text.reduce(into: "") { escaped, character in
      switch character {
      case "\\": escaped += "\\\\"
      case "\"": escaped += "\\\""
      case "\n", "\r\n": escaped += "\\n"
      default: escaped.append(character)
      }
    }
  }
}
