public import GPUs
public import Records

/// What is written of one test on one GPU.
public struct BenchReport: Sendable {
  /// On which.
  public var gpu: GPU
  /// The other one, of a test between two.
  public var peer: GPU?
  /// What was measured.
  public var test: BenchTest
  /// The number in the middle; nil where there is none.
  public private(set) var median: Double?
  /// What it is of the peak; nil where there is no peak.
  public private(set) var fraction: Double?
  private let samples: [Double]
  private var facts = Facts()

  /// Puts together what was found, what the GPU did meanwhile, and what it could do.
  public init(
    _ gpu: GPU, _ test: BenchTest, _ result: Result<BenchOutcome, BenchError>, meanwhile: Facts,
    _ figures: DeviceFigures, to other: (gpu: GPU, figures: DeviceFigures)? = nil
  ) {
    self.gpu = gpu
    peer = other?.gpu
    self.test = test
    let outcome = try? result.get()
    samples = outcome?.samples ?? []
    let statistics = Statistics(samples)
    median = statistics?.median
    var reason = "the device's clock tells nonsense"
    if case .failure(let error) = result { reason = error.description }
    facts.set("unit", to: .string(test.unit))
    func set(_ name: String, _ value: Double?) {
      if let value, value.isFinite, let number = JSONNumber("\(value)") {
        facts.set(name, to: .number(number))
      } else {
        facts.lack(name, because: reason)
      }
    }
    set("median", statistics?.median)
    set("min", statistics?.min)
    set("max", statistics?.max)
    if statistics != nil { reason = "a single sample has no spread" }
    set("cov", statistics?.variation)
    facts.set("n", to: .integer(statistics?.count ?? 0))
    if let outcome {
      facts.set("steady", to: .bool(outcome.isSteady))
      facts.set("kernel", to: .string(outcome.kernelName))
      let notes = outcome.notes + (outcome.shortfall.map { [$0] } ?? [])
      facts.set("notes", to: .array(notes.map { .string($0) }))
    } else {
      facts.lack("steady", because: reason)
      facts.lack("kernel", because: reason)
      facts.set("notes", to: [])
    }
    for member in meanwhile.members.members {
      if member.value == .null {
        facts.lack(member.name, because: meanwhile.reasons[member.name]?.string ?? "")
      } else {
        facts.set(member.name, to: member.value)
      }
    }
    do throws(BenchPeak.Unknown) {
      let peak =
        if let other { try BenchPeak(test, from: figures, to: other.figures) } else {
          try BenchPeak(test, of: figures)
        }
      // Another path than PCI Express, or a clock or a rate that was told wrong.
      if let median, median > peak.value {
        throw BenchPeak.Unknown(description: "it is faster than \(peak.name)")
      }
      set("peak", peak.value)
      facts.set("peakName", to: .string(peak.name))
      fraction = outcome?.shortfall == nil ? median.map { $0 / peak.value } : nil
      reason = outcome?.shortfall ?? "there is no number"
      set("fraction", fraction)
    } catch {
      for name in ["peak", "peakName", "fraction"] {
        facts.lack(name, because: error.description)
      }
    }
  }

  /// The record of the whole: what was measured, with the GPU that it was measured on.
  public var summary: Record {
    var object = identity
    for member in facts.members.members { object[member.name] = member.value }
    object["reasons"] = .object(facts.reasons)
    return Record(["bench": .object(object)])
  }

  /// A record for each sample; the whole where there is no number, with the reason.
  public var records: [Record] {
    guard median != nil else { return [summary] }
    return samples.enumerated().compactMap { index, sample in
      guard let number = JSONNumber("\(sample)") else { return nil }
      var object = identity
      object["unit"] = .string(test.unit)
      object["sample"] = .integer(index)
      object["value"] = .number(number)
      object["kernel"] = facts["kernel"] ?? .null
      return Record(["bench": .object(object)])
    }
  }

  private var identity: JSONObject {
    var object: JSONObject = ["index": .integer(gpu.index)]
    for name in ["uuid", "name", "backend"] { object[name] = gpu.facts[name] ?? .null }
    if let peer {
      object["to"] = .integer(peer.index)
      object["toUUID"] = peer.facts["uuid"] ?? .null
    }
    object["test"] = .string(test.rawValue)
    return object
  }
}
