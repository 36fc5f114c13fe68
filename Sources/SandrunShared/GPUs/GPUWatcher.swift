internal import NVML
public import Records

/// Watches the GPUs of a survey: what changes from moment to moment, by NVML.
public struct GPUWatcher: Sendable {
  private let watched: [(gpu: GPU, device: Result<NVMLDevice, Unanswered>)]

  /// Begins to watch; a GPU that NVML does not show is sampled all the same, with the reason why nothing is known.
  public init(_ survey: GPUSurvey) {
    var devices: [Int: NVMLDevice] = [:]
    var absence = Unanswered("NVML does not show this GPU")
    if survey.gpus.contains(where: { $0.backend == .cuda }) {
      do {
        for case .success(let device) in try NVML().devices() {
          devices[device.index] = device
        }
      } catch {
        absence = Unanswered("\(error)")
      }
    }
    let silence = Unanswered("OpenCL does not tell")
    watched = survey.gpus.map { gpu in
      guard gpu.backend == .cuda else { return (gpu, .failure(silence)) }
      if let device = gpu.watchIndex.flatMap({ devices[$0] }) { return (gpu, .success(device)) }
      return (gpu, .failure(gpu.facts.loss.map { Unanswered(loss: $0) } ?? absence))
    }
  }

  /// What holds of one GPU at one moment.
  public struct Sample: Sendable {
    /// Which one.
    public var gpu: GPU
    /// When, and what is known.
    public var facts: Facts

    /// The member `sample` of a record.
    public var json: JSON {
      var object: JSONObject = ["time": facts["time"] ?? .null, "index": .integer(gpu.index)]
      for name in ["uuid", "name"] { object[name] = gpu.facts[name] ?? .null }
      for member in facts.members.members where member.name != "time" {
        object[member.name] = member.value
      }
      object["reasons"] = .object(facts.reasons)
      return .object(object)
    }
  }

  /// Looks at each GPU once.
  public func samples(at time: Timestamp) -> [Sample] {
    watched.map { Sample(gpu: $0.gpu, facts: Self.facts(of: $0.gpu, $0.device, at: time)) }
  }

  /// Looks at one GPU, by its index.
  public func facts(of index: Int, at time: Timestamp) -> Facts? {
    watched.first { $0.gpu.index == index }.map { Self.facts(of: $0.gpu, $0.device, at: time) }
  }

  /// The energy that one GPU drew since its driver was loaded, in millijoules, by its index.
  public func energy(of index: Int) throws(Unanswered) -> Int {
    guard let device = watched.first(where: { $0.gpu.index == index })?.device else {
      throw Unanswered("there is no such GPU")
    }
    return try Unanswered.of(device) { (gpu) throws(NVMLError) in try gpu.energy() }
  }

  private static func facts(
    of gpu: GPU, _ device: Result<NVMLDevice, Unanswered>, at time: Timestamp
  ) -> Facts {
    var facts = Facts()
    func ask(_ name: String, _ answer: (NVMLDevice) throws(NVMLError) -> JSON) {
      facts.ask(name) { () throws(Unanswered) in try Unanswered.of(device, answer) }
    }
    facts.set("time", to: .string("\(time)"))
    ask("clock") { (gpu) throws(NVMLError) in .integer(try gpu.clock(.sm)) }
    ask("memoryClock") { (gpu) throws(NVMLError) in .integer(try gpu.clock(.memory)) }
    ask("memoryUsed") { (gpu) throws(NVMLError) in .integer(try gpu.memory().used) }
    ask("memoryFree") { (gpu) throws(NVMLError) in .integer(try gpu.memory().free) }
    ask("utilization") { (gpu) throws(NVMLError) in .integer(try gpu.utilization().gpu) }
    ask("memoryUtilization") { (gpu) throws(NVMLError) in
      .integer(try gpu.utilization().memory)
    }
    ask("temperature") { (gpu) throws(NVMLError) in .integer(try gpu.temperature()) }
    ask("power") { (gpu) throws(NVMLError) in GPU.watts(try gpu.power()) }
    ask("throttle") { (gpu) throws(NVMLError) in
      .array(ThrottleReason.names(of: try gpu.throttleReasons()).map { .string($0) })
    }
    if gpu.backendIndex != nil, gpu.facts["mig"] == true {
      for name in ["memoryUsed", "memoryFree", "utilization", "memoryUtilization"] {
        facts.lack(name, because: GPU.wholeGPU)
      }
    }
    return facts
  }
}
