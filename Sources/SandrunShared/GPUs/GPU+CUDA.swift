internal import CUDA
internal import NVML
internal import Records

extension GPU {
  /// Asks all that CUDA and NVML tell of one GPU; either may be missing.
  static func facts(
    _ cuda: CUDADevice?, _ nvml: Result<NVMLDevice, Unanswered>, versions: Facts
  ) -> Facts {
    var facts = Facts()
    facts.ask("uuid") { () throws(Unanswered) in
      if let cuda {
        return .string(
          try Unanswered.from { () throws(CUDAError) in
            GPU.text(ofUUID: try cuda.uuid())
          })
      }
      return .string(try Unanswered.of(nvml) { (device) throws(NVMLError) in try device.uuid() })
    }
    facts.ask("name") { () throws(Unanswered) in
      if let cuda {
        return .string(try Unanswered.from { () throws(CUDAError) in try cuda.name() })
      }
      return .string(try Unanswered.of(nvml) { (device) throws(NVMLError) in try device.name() })
    }
    facts.set("type", to: "cuda")
    facts.set("vendor", to: "NVIDIA Corporation")
    facts.set("backend", to: "cuda")
    facts.set("kind", to: "gpu")
    if cuda != nil {
      facts.set("usable", to: true)
    } else {
      facts.deny("usable", because: "CUDA does not show this GPU")
    }
    facts.ask("memory") { () throws(Unanswered) in
      if let cuda {
        return .integer(try Unanswered.from { () throws(CUDAError) in try cuda.totalMemory() })
      }
      return .integer(
        try Unanswered.of(nvml) { (device) throws(NVMLError) in try device.memory().total })
    }
    facts.ask("memoryFree") { () throws(Unanswered) in
      .integer(try Unanswered.of(nvml) { (device) throws(NVMLError) in try device.memory().free })
    }
    askCUDA(cuda, into: &facts)
    askNVML(nvml, of: cuda, into: &facts)
    for member in versions.members.members {
      if member.value == .null {
        facts.lack(member.name, because: versions.reasons[member.name]?.string ?? "")
      } else {
        facts.set(member.name, to: member.value)
      }
    }
    return facts
  }

  private static func askCUDA(_ cuda: CUDADevice?, into facts: inout Facts) {
    func ask(
      _ name: String, _ answer: (CUDADevice) throws(CUDAError) -> JSON
    ) {
      facts.ask(name) { () throws(Unanswered) in
        guard let cuda else { throw Unanswered("CUDA does not show this GPU") }
        do throws(CUDAError) { return try answer(cuda) } catch {
          throw Unanswered(error.description)
        }
      }
    }
    ask("compute") { (cuda) throws(CUDAError) in
      .string("\(try cuda.attribute(.computeMajor)).\(try cuda.attribute(.computeMinor))")
    }
    ask("multiprocessors") { (cuda) throws(CUDAError) in
      .integer(try cuda.attribute(.multiprocessors))
    }
    ask("cache") { (cuda) throws(CUDAError) in .integer(try cuda.attribute(.l2Cache)) }
    ask("bus") { (cuda) throws(CUDAError) in .string(try cuda.busID().lowercased()) }
  }

  /// Why what NVML tells is nothing of an instance of a GPU that is cut up.
  static let wholeGPU = "NVML tells of the whole GPU, and this is an instance of it"

  private static func askNVML(
    _ nvml: Result<NVMLDevice, Unanswered>, of cuda: CUDADevice?, into facts: inout Facts
  ) {
    func ask(_ name: String, _ answer: (NVMLDevice) throws(NVMLError) -> JSON) {
      facts.ask(name) { () throws(Unanswered) in try Unanswered.of(nvml, answer) }
    }
    // Megahertz, watts, degrees Celsius.
    ask("clock") { (gpu) throws(NVMLError) in .integer(try gpu.clock(.sm)) }
    ask("clockMax") { (gpu) throws(NVMLError) in .integer(try gpu.maximumClock(.sm)) }
    ask("memoryClock") { (gpu) throws(NVMLError) in .integer(try gpu.clock(.memory)) }
    ask("memoryClockMax") { (gpu) throws(NVMLError) in .integer(try gpu.maximumClock(.memory)) }
    ask("pcie") { (gpu) throws(NVMLError) in
      [
        "generation": .integer(try gpu.linkGeneration()), "width": .integer(try gpu.linkWidth()),
        "generationMax": .integer(try gpu.maximumLinkGeneration()),
        "widthMax": .integer(try gpu.maximumLinkWidth()),
      ]
    }
    ask("nvlinks") { (gpu) throws(NVMLError) in .integer(try gpu.activeLinks()) }
    ask("mig") { (gpu) throws(NVMLError) in .bool(try gpu.instances().now) }
    ask("ecc") { (gpu) throws(NVMLError) in .bool(try gpu.errorCorrection().now) }
    ask("temperature") { (gpu) throws(NVMLError) in .integer(try gpu.temperature()) }
    ask("power") { (gpu) throws(NVMLError) in Self.watts(try gpu.power()) }
    ask("powerLimit") { (gpu) throws(NVMLError) in Self.watts(try gpu.powerLimit()) }
    ask("powerLimits") { (gpu) throws(NVMLError) in
      let limits = try gpu.powerLimits()
      return ["min": Self.watts(limits.least), "max": Self.watts(limits.most)]
    }
    // The instance's own processes and memory nobody tells of: NVML asks the whole GPU.
    let isInstance = cuda != nil && facts["mig"] == true
    if isInstance { facts.lack("memoryFree", because: GPU.wholeGPU) }
    guard !isInstance else { return facts.lack("processes", because: GPU.wholeGPU) }
    ask("processes") { (gpu) throws(NVMLError) in
      .array(
        try gpu.processes().map {
          ["pid": .integer($0.pid), "memory": $0.memory.map { .integer($0) } ?? .null]
        })
    }
  }

  /// Milliwatts as watts, without a rounding: `70.125`.
  static func watts(_ milliwatts: Int) -> JSON {
    let digits = String(1000 + milliwatts % 1000).dropFirst()
    return JSONNumber("\(milliwatts / 1000).\(digits)").map { .number($0) } ?? .null
  }

  /// `GPU-` and five groups of digits, as NVML writes it.
  static func text(ofUUID bytes: [UInt8]) -> String {
    let digits = bytes.map { byte in
      (byte < 16 ? "0" : "") + String(byte, radix: 16)
    }
    let groups = [0..<4, 4..<6, 6..<8, 8..<10, 10..<16].map { digits[$0].joined() }
    return "GPU-" + groups.joined(separator: "-")
  }
}

/// Why a question about an NVIDIA GPU has no answer, in words.
public struct Unanswered: Error, Equatable, Sendable, CustomStringConvertible {
  /// What a person reads.
  public let description: String
  /// Whether it is because the GPU is gone.
  let isLoss: Bool

  /// Takes the words.
  public init(_ description: String) { self.init(description, isLoss: false) }

  /// Takes what was said when it was found that the GPU is gone.
  init(loss: String) { self.init(loss, isLoss: true) }

  init(_ error: NVMLError) { self.init(error.description, isLoss: error.isLoss) }

  private init(_ description: String, isLoss: Bool) {
    (self.description, self.isLoss) = (description, isLoss)
  }

  /// What CUDA answers.
  static func from<T>(_ answer: () throws(CUDAError) -> T) throws(Unanswered) -> T {
    do throws(CUDAError) { return try answer() } catch { throw Unanswered(error.description) }
  }

  /// What NVML answers, where it can be asked.
  static func of<T>(
    _ device: Result<NVMLDevice, Unanswered>, _ answer: (NVMLDevice) throws(NVMLError) -> T
  ) throws(Unanswered) -> T {
    let device = try device.get()
    do throws(NVMLError) { return try answer(device) } catch { throw Unanswered(error) }
  }
}
